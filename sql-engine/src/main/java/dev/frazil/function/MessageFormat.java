package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.IllegalFormatException;
import java.util.Locale;

/** The function {@code format}: one call. */
final class MessageFormat {
  private final Arguments in;
  private final String pattern;
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int next = 1;

  private MessageFormat(Arguments in) {
    this.in = in;
    this.pattern = in.text(0);
  }

  static void append(Arguments in, VectorBuilder out) {
    if (in.isNull(0)) {
      out.appendNull();
    } else {
      out.appendText(new MessageFormat(in).made());
    }
  }

  /** A text as a literal of SQL. */
  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private String made() {
    while (at < pattern.length()) {
      char character = pattern.charAt(at++);
      if (character != '%') {
        text.append(character);
      } else if (pattern.startsWith("%", at)) {
        text.append('%');
        at++;
      } else {
        conversion(at - 1);
      }
    }
    return text.toString();
  }

  /** {@code %[n$][flags][width][.digits]letter}. */
  private void conversion(int start) {
    int numberEnd = at;
    while (numberEnd < pattern.length() && Character.isDigit(pattern.charAt(numberEnd))) {
      numberEnd++;
    }
    int argument = 0;
    if (numberEnd > at && pattern.startsWith("$", numberEnd)) {
      argument = numberEnd - at > 6 ? 0 : Integer.parseInt(pattern.substring(at, numberEnd));
      if (argument == 0) {
        throw wrong(start);
      }
      at = numberEnd + 1;
    }
    int optionsStart = at;
    while (at < pattern.length() && "-+ 0,(#.123456789".indexOf(pattern.charAt(at)) >= 0) {
      at++;
    }
    if (at == pattern.length()) {
      throw wrong(start);
    }
    String options = pattern.substring(optionsStart, at);
    char letter = pattern.charAt(at++);
    int index = argument > 0 ? argument : next;
    next = index + 1;
    if (index >= in.count()) {
      throw FunctionErrors.argument(
          "the pattern '" + FunctionErrors.shown(pattern) + "' has more places than arguments");
    }
    switch (letter) {
      case 's' -> pad(options, in.isNull(index) ? "" : in.text(index), start);
      case 'I' -> pad(options, name(index), start);
      case 'L' -> pad(options, in.isNull(index) ? "NULL" : literal(in.text(index)), start);
      case 'd', 'x', 'X', 'o', 'f', 'e', 'E', 'g', 'G' -> number(options, letter, index, start);
      default -> throw wrong(start);
    }
  }

  private String name(int index) {
    if (in.isNull(index)) {
      throw FunctionErrors.argument("a name in a pattern (%I) must not be null");
    }
    return '"' + in.text(index).replace("\"", "\"\"") + '"';
  }

  private void pad(String options, String value, int start) {
    boolean left = options.startsWith("-");
    String digits = left ? options.substring(1) : options;
    if (!digits.matches("[0-9]{0,8}")) {
      throw wrong(start);
    }
    int missing =
        (digits.isEmpty() ? 0 : Integer.parseInt(digits)) - value.codePointCount(0, value.length());
    FunctionErrors.checkLength((long) text.length() + Math.max(0, missing), "format");
    String blanks = " ".repeat(Math.max(0, missing));
    text.append(left ? value : blanks).append(left ? blanks : value);
  }

  private void number(String options, char letter, int index, int start) {
    if (in.isNull(index)) {
      text.append("");
      return;
    }
    if (options.matches(".*[0-9]{6,}.*")) {
      throw wrong(start);
    }
    boolean whole = "dxXo".indexOf(letter) >= 0;
    Object value;
    try {
      BigDecimal number = new BigDecimal(in.text(index));
      value = whole ? number.toBigIntegerExact() : number;
    } catch (NumberFormatException notANumber) {
      throw FunctionErrors.argument(
          "%" + letter + " takes a number, not '" + FunctionErrors.shown(in.text(index)) + "'");
    } catch (ArithmeticException notWhole) {
      throw FunctionErrors.argument("%" + letter + " takes no fraction: " + in.text(index));
    }
    try {
      text.append(String.format(Locale.ROOT, "%" + options + letter, value));
    } catch (IllegalFormatException noFormat) {
      throw wrong(start);
    }
  }

  private RuntimeException wrong(int start) {
    return FunctionErrors.argument(
        "'"
            + FunctionErrors.shown(pattern.substring(start))
            + "' begins with no conversion of format: %s, %I, %L, %d, %x, %o, %f, %e, %g or %%");
  }
}
