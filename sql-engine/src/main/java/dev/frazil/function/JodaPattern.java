package dev.frazil.function;

import dev.frazil.function.TimeFormat.Field;
import dev.frazil.function.TimeFormat.Letters;
import dev.frazil.function.TimeFormat.Piece;
import java.util.ArrayList;
import java.util.List;

/** Patterns of Joda-Time, as Trino takes them: {@code yyyy-MM-dd'T'HH:mm:ss.SSS}. */
final class JodaPattern {
  private final String pattern;
  private final List<Piece> pieces = new ArrayList<>();

  JodaPattern(String pattern) {
    this.pattern = pattern;
  }

  List<Piece> pieces() {
    int at = 0;
    while (at < pattern.length()) {
      char letter = pattern.charAt(at);
      if (letter == '\'') {
        at = quoted(at);
      } else if (!isLetter(letter)) {
        literal(pattern.substring(at, at + 1));
        at++;
      } else {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == letter) {
          end++;
        }
        field(letter, end - at);
        at = end;
      }
    }
    return List.copyOf(pieces);
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  /** Two quotes are one, inside of quotes too. */
  private int quoted(int start) {
    if (pattern.startsWith("''", start)) {
      literal("'");
      return start + 2;
    }
    StringBuilder text = new StringBuilder();
    int at = start + 1;
    while (at < pattern.length()) {
      if (pattern.charAt(at) != '\'') {
        text.append(pattern.charAt(at++));
      } else if (pattern.startsWith("''", at)) {
        text.append('\'');
        at += 2;
      } else {
        literal(text.toString());
        return at + 1;
      }
    }
    throw FunctionErrors.argument("the pattern '" + pattern + "' has a quote not closed");
  }

  private void field(char letter, int count) {
    switch (letter) {
      case 'y', 'Y' -> number(count == 2 ? Field.YEAR_OF_CENTURY : Field.YEAR, count);
      case 'x' -> number(Field.ISO_YEAR, count);
      case 'w' -> number(Field.ISO_WEEK, count);
      case 'e' -> number(Field.ISO_DAY_OF_WEEK, count);
      case 'E' -> name(count > 3 ? Field.DAY_NAME : Field.DAY_ABBREVIATION);
      case 'D' -> number(Field.DAY_OF_YEAR, count);
      case 'M' -> {
        if (count > 2) {
          name(count > 3 ? Field.MONTH_NAME : Field.MONTH_ABBREVIATION);
        } else {
          number(Field.MONTH, count);
        }
      }
      case 'd' -> number(Field.DAY, count);
      case 'a' -> pieces.add(new Piece(Field.HALF, 1, Letters.CAPITALS, ""));
      case 'h' -> number(Field.HOUR_OF_HALF, count);
      case 'H' -> number(Field.HOUR, count);
      case 'm' -> number(Field.MINUTE, count);
      case 's' -> number(Field.SECOND, count);
      case 'S' -> {
        if (count != 3 && count != 6) {
          throw unknown(letter, count);
        }
        number(count == 3 ? Field.MILLISECOND : Field.MICROSECOND, count);
      }
      case 'Z' -> {
        if (count > 2) {
          throw unknown(letter, count);
        }
        name(Field.OFFSET_HOUR);
        if (count == 2) {
          literal(":");
        }
        name(Field.OFFSET_MINUTE);
      }
      default -> throw unknown(letter, count);
    }
  }

  private void number(Field field, int width) {
    pieces.add(new Piece(field, width, Letters.MIXED, ""));
  }

  private void name(Field field) {
    pieces.add(new Piece(field, 1, Letters.MIXED, ""));
  }

  private void literal(String text) {
    pieces.add(new Piece(Field.LITERAL, 1, Letters.MIXED, text));
  }

  private RuntimeException unknown(char letter, int count) {
    return FunctionErrors.argument(
        "the pattern '"
            + FunctionErrors.shown(pattern)
            + "' has '"
            + String.valueOf(letter).repeat(Math.min(count, 10))
            + "', which is no field; put letters into single quotes");
  }
}
