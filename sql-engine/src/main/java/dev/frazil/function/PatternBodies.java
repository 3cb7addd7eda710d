package dev.frazil.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;

/** The functions of regular expressions. */
final class PatternBodies {
  private static final int MAX_PATTERN_CHARACTERS = 10_000;

  /** Characters once repetitions are written out. */
  private static final int MAX_PATTERN_SIZE = 100_000;

  private PatternBodies() {}

  static void like(Arguments in, VectorBuilder out) {
    out.appendBoolean(matcher(in, 2).find());
  }

  static void fullMatch(Arguments in, VectorBuilder out) {
    out.appendBoolean(matcher(in, 2).matches());
  }

  static void similar(Arguments in, VectorBuilder out) {
    String pattern = in.text(1);
    String escape = in.count() > 2 ? in.text(2) : "\\";
    Pattern compiled =
        in.remember(
            escape + '\0' + pattern,
            key -> compile(SimilarPattern.toRegex(pattern, escape), Pattern.DOTALL));
    out.appendBoolean(compiled.matches(in.text(0)));
  }

  static void replace(Arguments in, VectorBuilder out) {
    boolean isNumbered = in.count() > 3 && in.vector(3).type() != Primitive.VARCHAR;
    int flags = isNumbered ? 5 : 3;
    Matcher matcher = matcher(in, flags);
    String text = in.text(0);
    String replacement = in.count() > 2 ? in.text(2) : "";
    StringBuilder replaced = new StringBuilder();
    boolean isAll =
        in.count() <= 3
            || ((in.count() > 4 && isNumbered)
                ? in.integer(4, 0, Integer.MAX_VALUE, "the number of a match") == 0
                : in.count() > flags && in.text(flags).indexOf('g') >= 0);
    long skipped = in.count() > 4 && !isAll ? in.integer(4) - 1 : 0;
    int from = 0;
    boolean found = matcher.find(isNumbered ? start(in, 3) : 0);
    for (; found; found = matcher.find()) {
      if (skipped-- > 0) {
        continue;
      }
      replaced.append(text, from, matcher.start());
      appendReplacement(matcher, replacement, replaced);
      FunctionErrors.checkLength(replaced.length(), "regexp_replace");
      from = matcher.end();
      if (!isAll) {
        break;
      }
    }
    out.appendText(replaced.append(text, from, text.length()).toString());
  }

  private static void appendReplacement(Matcher matcher, String template, StringBuilder text) {
    for (int i = 0; i < template.length(); i++) {
      char character = template.charAt(i);
      char next = i + 1 < template.length() ? template.charAt(i + 1) : '\0';
      boolean isMark = character == '$' || character == '\\';
      if (isMark && next >= '0' && next <= '9') {
        appendGroup(matcher, next - '0', text);
        i++;
      } else if (character == '\\' && next == '&') {
        text.append(matcher.group());
        i++;
      } else if (character == '\\' && (next == '\\' || next == '$')) {
        text.append(next);
        i++;
      } else if (character == '$' && next == '{' && template.indexOf('}', i) > 0) {
        int end = template.indexOf('}', i);
        appendNamed(matcher, template.substring(i + 2, end), text);
        i = end;
      } else {
        text.append(character);
      }
    }
  }

  private static void appendGroup(Matcher matcher, int group, StringBuilder text) {
    checkGroup(matcher, group);
    String found = matcher.group(group);
    text.append(found == null ? "" : found);
  }

  private static void appendNamed(Matcher matcher, String name, StringBuilder text) {
    try {
      String found = matcher.group(name);
      text.append(found == null ? "" : found);
    } catch (IllegalArgumentException absent) {
      throw FunctionErrors.argument("the pattern has no group named '" + name + "'");
    }
  }

  static void extract(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, Integer.MAX_VALUE);
    int group = group(in, matcher);
    String found = matcher.find() ? matcher.group(group) : null;
    if (found == null) {
      out.appendNull();
    } else {
      out.appendText(found);
    }
  }

  static void extractAll(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, Integer.MAX_VALUE);
    int group = group(in, matcher);
    ListVectorBuilder list = (ListVectorBuilder) out;
    while (matcher.find()) {
      list.elements().appendValue(matcher.group(group));
    }
    list.endRow();
  }

  static void groups(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, 2);
    if (!matcher.find()) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    int first = Math.min(1, matcher.groupCount());
    for (int group = first; group <= matcher.groupCount(); group++) {
      list.elements().appendValue(matcher.group(group));
    }
    list.endRow();
  }

  static void count(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, 3);
    long count = 0;
    for (boolean found = matcher.find(start(in)); found; found = matcher.find()) {
      count++;
    }
    out.appendLong(count);
  }

  static void position(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, Integer.MAX_VALUE);
    int wanted = in.count() > 3 ? in.integer(3, 1, Integer.MAX_VALUE, "the number of a match") : 1;
    boolean found = matcher.find(start(in));
    while (found && --wanted > 0) {
      found = matcher.find();
    }
    out.appendLong(found ? 1 + in.text(0).codePointCount(0, matcher.start()) : 0);
  }

  /** Where to look from: argument 2 is a position from 1, in characters. */
  private static int start(Arguments in) {
    return start(in, 2);
  }

  /** Where to look from: an argument is a position from 1, in characters. */
  static int start(Arguments in, int index) {
    if (in.count() <= index) {
      return 0;
    }
    String text = in.text(0);
    int characters = in.integer(index, 1, Integer.MAX_VALUE, "the first position") - 1;
    return characters >= text.codePointCount(0, text.length())
        ? text.length()
        : text.offsetByCodePoints(0, characters);
  }

  static void split(Arguments in, VectorBuilder out) {
    Matcher matcher = matcher(in, Integer.MAX_VALUE);
    String text = in.text(0);
    ListVectorBuilder list = (ListVectorBuilder) out;
    int from = 0;
    while (matcher.find()) {
      if (matcher.end() == matcher.start()
          && (matcher.end() == 0 || matcher.end() == text.length())) {
        continue;
      }
      list.elements().appendText(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    list.elements().appendText(text.substring(from));
    list.endRow();
  }

  private static int group(Arguments in, Matcher matcher) {
    if (in.count() < 3) {
      return 0;
    }
    long group = in.integer(2);
    checkGroup(matcher, group);
    return (int) group;
  }

  private static void checkGroup(Matcher matcher, long group) {
    if (group < 0 || group > matcher.groupCount()) {
      throw FunctionErrors.argument(
          "the pattern has " + matcher.groupCount() + " groups; there is no group " + group);
    }
  }

  /** The pattern (argument 1) over the text (argument 0); flags are argument {@code flags}. */
  static Matcher matcher(Arguments in, int flags) {
    String pattern = in.text(1);
    String letters = flags < in.count() ? in.text(flags) : "";
    Pattern compiled = in.remember(letters + '\0' + pattern, key -> compiled(pattern, letters));
    return compiled.matcher(in.text(0));
  }

  static Pattern compiled(String pattern, String letters) {
    int flags = Pattern.DOTALL;
    String expression = pattern;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      switch (letter) {
        case 'i' -> flags |= Pattern.CASE_INSENSITIVE;
        case 'c' -> flags &= ~Pattern.CASE_INSENSITIVE;
        case 'm', 'n' -> flags = (flags | Pattern.MULTILINE) & ~Pattern.DOTALL;
        case 's' -> flags |= Pattern.DOTALL;
        case 'q' -> expression = Pattern.quote(pattern);
        case 'g' -> {
          // how many matches are replaced is no matter of the pattern
        }
        default ->
            throw FunctionErrors.argument(
                "'" + letter + "' is no flag of a pattern: c, g, i, m, n, q or s");
      }
    }
    return compile(expression, flags);
  }

  private static Pattern compile(String expression, int flags) {
    if (expression.length() > MAX_PATTERN_CHARACTERS) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "a pattern has at most " + MAX_PATTERN_CHARACTERS + " characters");
    }
    if (PatternSize.of(expression) > MAX_PATTERN_SIZE) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the repetitions of the pattern '"
              + FunctionErrors.shown(expression)
              + "' come to more than "
              + MAX_PATTERN_SIZE
              + " characters: repeat less often");
    }
    try {
      return Pattern.compile(expression, flags);
    } catch (PatternSyntaxException notAPattern) {
      throw new EngineException(
          SqlState.INVALID_REGULAR_EXPRESSION,
          "'"
              + FunctionErrors.shown(expression)
              + "' is not a regular expression of RE2: "
              + notAPattern.getDescription(),
          notAPattern);
    }
  }
}
