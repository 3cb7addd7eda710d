package dev.frazil.function;

import dev.frazil.error.EngineException;
import java.math.BigDecimal;

/** The text of a path of SQL/JSON, read from the left. */
class JsonPathText {
  final String text;
  int at;

  JsonPathText(String text) {
    this.text = text;
  }

  String literalText() {
    skip();
    if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\'')) {
      throw invalid();
    }
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      boolean isEscape = text.charAt(at) == '\\' && at + 1 < text.length();
      at += isEscape ? 1 : 0;
      char character = text.charAt(at++);
      value.appendCodePoint(isEscape ? escape(character) : character);
    }
    if (at >= text.length()) {
      throw invalid();
    }
    at++;
    return value.toString();
  }

  /** What the character behind a backslash stands for, as in JavaScript. */
  private int escape(char character) {
    return switch (character) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> code(2);
      case 'u' -> {
        int close = text.indexOf('}', at);
        if (!text.startsWith("{", at)) {
          yield code(4);
        }
        at++;
        int code = code(Math.min(Math.max(close - at, 1), 6));
        expect("}");
        yield code;
      }
      default -> character;
    };
  }

  /** A character by so many hexadecimal digits. */
  private int code(int digits) {
    int end = at + digits;
    int code = 0;
    for (; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw invalid();
      }
      code = code * 16 + digit;
    }
    if (!Character.isValidCodePoint(code)) {
      throw invalid();
    }
    return code;
  }

  BigDecimal literalNumber() {
    int start = at;
    while (at < text.length() && isNumberPart(start)) {
      at++;
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException notANumber) {
      throw invalid();
    }
  }

  private boolean isNumberPart(int start) {
    char character = text.charAt(at);
    boolean isSign =
        (character == '+' || character == '-')
            && at > start
            && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return isSign || "0123456789.eE".indexOf(character) >= 0;
  }

  void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  boolean accept(String symbol) {
    skip();
    if (!text.startsWith(symbol, at)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  boolean acceptWord(String word) {
    skip();
    int end = at + word.length();
    if (!text.startsWith(word, at)
        || (end < text.length()
            && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_'))) {
      return false;
    }
    at = end;
    return true;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw invalid();
    }
  }

  EngineException invalid() {
    return FunctionErrors.argument(
        "'"
            + FunctionErrors.shown(text)
            + "' is no path of JSON that is supported: at character "
            + (at + 1));
  }
}
