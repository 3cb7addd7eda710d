package dev.frazil.plan.parser;

import org.jspecify.annotations.Nullable;

/**
 * Strings other than {@code 'text'}: {@code E'a\n'} and {@code $$text$$} of PostgreSQL, and {@code
 * U&'\0061' UESCAPE '\'} of ISO 9075-2, 5.3. One for each string.
 */
final class StringForms {
  /**
   * @param end where the statement goes on
   * @param value the text
   */
  record Form(int end, String value) {}

  private final SqlText source;
  private final String text;
  private final int start;
  private final StringBuilder value = new StringBuilder();
  private int at;

  private StringForms(SqlText source, int start) {
    this.source = source;
    this.text = source.text();
    this.start = start;
  }

  /** The string of such a form that begins here, or null. */
  static @Nullable Form read(SqlText source, int start) {
    StringForms forms = new StringForms(source, start);
    String text = source.text();
    if (text.regionMatches(true, start, "e'", 0, 2)) {
      return forms.escaped();
    } else if (text.regionMatches(true, start, "u&'", 0, 3)) {
      return forms.unicode();
    } else if (text.startsWith("$", start)) {
      return forms.dollars();
    }
    return null;
  }

  private char next() {
    if (at >= text.length()) {
      throw source.syntaxError(start, "this string is not closed");
    }
    return text.charAt(at++);
  }

  private boolean closes() {
    if (text.startsWith("'", at)) {
      at++;
      return false;
    }
    return true;
  }

  private Form escaped() {
    at = start + 2;
    while (true) {
      char character = next();
      if (character == '\'' && closes()) {
        return new Form(at, value.toString());
      } else if (character != '\\') {
        value.append(character);
        continue;
      }
      char escape = next();
      switch (escape) {
        case 'b' -> value.append('\b');
        case 'f' -> value.append('\f');
        case 'n' -> value.append('\n');
        case 'r' -> value.append('\r');
        case 't' -> value.append('\t');
        case 'u' -> value.appendCodePoint(digits(4, 4, 16));
        case 'U' -> value.appendCodePoint(digits(8, 8, 16));
        case 'x' -> value.appendCodePoint(digits(1, 2, 16));
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          at--;
          value.appendCodePoint(digits(1, 3, 8) & 0xff);
        }
        default -> value.append(escape);
      }
    }
  }

  private int digits(int min, int max, int radix) {
    int code = 0;
    int count = 0;
    while (count < max && at < text.length() && Character.digit(text.charAt(at), radix) >= 0) {
      code = code * radix + Character.digit(text.charAt(at++), radix);
      count++;
    }
    if (count < min || !Character.isValidCodePoint(code)) {
      throw source.syntaxError(at, "this escape is no character");
    }
    return code;
  }

  private Form unicode() {
    int begin = start + 3;
    at = begin;
    boolean closed = false;
    while (!closed) {
      closed = next() == '\'' && closes();
    }
    int end = at;
    char escape = '\\';
    int word = blanks(end);
    if (text.regionMatches(true, word, "uescape", 0, 7)) {
      int quote = blanks(word + 7);
      boolean isOne = text.startsWith("'", quote) && text.startsWith("'", quote + 2);
      if (!isOne || "+'\"0123456789abcdefABCDEF \t\n".indexOf(text.charAt(quote + 1)) >= 0) {
        throw source.syntaxError(
            quote, "UESCAPE wants one character in quotes that is no digit, letter a-f or quote");
      }
      escape = text.charAt(quote + 1);
      end = quote + 3;
    }
    int close = at - 1;
    at = begin;
    while (at < close) {
      char character = text.charAt(at++);
      if (character == '\'') {
        at++;
        value.append('\'');
      } else if (character != escape) {
        value.append(character);
      } else if (text.charAt(at) == escape) {
        at++;
        value.append(escape);
      } else if (text.charAt(at) == '+') {
        at++;
        value.appendCodePoint(digits(6, 6, 16));
      } else {
        value.appendCodePoint(digits(4, 4, 16));
      }
    }
    return new Form(end, value.toString());
  }

  private int blanks(int from) {
    int index = from;
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  /** {@code $$text$$}, {@code $tag$text$tag$}. */
  private @Nullable Form dollars() {
    int end = start + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    boolean isTag = end == start + 1 || !Character.isDigit(text.charAt(start + 1));
    if (!isTag || !text.startsWith("$", end)) {
      return null;
    }
    String mark = text.substring(start, end + 1);
    int close = text.indexOf(mark, end + 1);
    if (close < 0) {
      throw source.syntaxError(start, "this string is not closed by " + mark);
    }
    return new Form(close + mark.length(), text.substring(end + 1, close));
  }
}
