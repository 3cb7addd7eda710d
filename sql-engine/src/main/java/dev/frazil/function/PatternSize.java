package dev.frazil.function;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Estimates how large a regular expression becomes when its counted repetitions are written out, as
 * RE2 compiles it: {@code ((a{1000}){1000}){1000}} would take the whole heap. What is no expression
 * at all is left to the compiler. One expression, one thread.
 */
final class PatternSize {
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,9})(,(\\d{1,9})?)?\\}");
  private static final long MOST = 1L << 40;

  private final String expression;
  private final Deque<Long> around = new ArrayDeque<>();
  private int at;

  /** Of what was read of the innermost group. */
  private long size;

  /** Of what a repetition would repeat. */
  private long last;

  private PatternSize(String expression) {
    this.expression = expression;
  }

  /** Roughly the instructions of the compiled expression. */
  static long of(String expression) {
    return new PatternSize(expression).read();
  }

  private long read() {
    Matcher repetition = REPETITION.matcher(expression);
    while (at < expression.length()) {
      char character = expression.charAt(at++);
      switch (character) {
        case '\\' -> escape();
        case '[' -> bracket();
        case '(' -> {
          around.push(size);
          size = 1;
        }
        case ')' -> {
          long group = size + 1;
          size = around.isEmpty() ? 0 : around.pop();
          atom(group);
        }
        case '{' -> {
          if (repetition.region(at - 1, expression.length()).lookingAt()) {
            repeat(repetition);
          } else {
            atom(1);
          }
        }
        default -> atom(1);
      }
    }
    while (!around.isEmpty()) {
      size = Math.min(MOST, size + around.pop());
    }
    return size;
  }

  private void atom(long length) {
    last = length;
    size = Math.min(MOST, size + length);
  }

  private void repeat(Matcher repetition) {
    String most = repetition.group(3);
    long times = Long.parseLong(most == null ? repetition.group(1) : most);
    long before = size - last;
    atom(Math.min(MOST, last * Math.max(1, Math.min(times, 1 << 20))) - last);
    last = size - before;
    at = repetition.end();
  }

  private void escape() {
    if (at >= expression.length()) {
      return;
    }
    char kind = expression.charAt(at++);
    if (kind == 'Q') {
      int end = expression.indexOf("\\E", at);
      int quoted = (end < 0 ? expression.length() : end) - at;
      at = end < 0 ? expression.length() : end + 2;
      size = Math.min(MOST, size + quoted);
      last = 1;
      return;
    }
    boolean hasBraces = kind == 'p' || kind == 'P' || kind == 'x';
    if (hasBraces && expression.startsWith("{", at)) {
      int end = expression.indexOf('}', at);
      at = end < 0 ? expression.length() : end + 1;
    }
    atom(1);
  }

  private void bracket() {
    if (expression.startsWith("^", at)) {
      at++;
    }
    // the first bracket inside is a character
    boolean first = true;
    while (at < expression.length() && (first || expression.charAt(at) != ']')) {
      int named = expression.startsWith("[:", at) ? expression.indexOf(":]", at) : -1;
      if (named >= 0) {
        at = named + 2;
      } else {
        at += expression.charAt(at) == '\\' ? 2 : 1;
      }
      first = false;
    }
    at++;
    atom(1);
  }
}
