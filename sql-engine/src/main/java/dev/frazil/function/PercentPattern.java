package dev.frazil.function;

import dev.frazil.function.TimeFormat.Field;
import dev.frazil.function.TimeFormat.Letters;
import dev.frazil.function.TimeFormat.Piece;
import dev.frazil.function.TimeFormat.Style;
import java.util.ArrayList;
import java.util.List;

/** Patterns whose fields are a percent sign and a letter, of MySQL and of C. */
final class PercentPattern {
  private final String pattern;
  private final Style style;
  private final List<Piece> pieces = new ArrayList<>();

  PercentPattern(String pattern, Style style) {
    this.pattern = pattern;
    this.style = style;
  }

  List<Piece> pieces() {
    add(pattern);
    return List.copyOf(pieces);
  }

  private void add(String text) {
    int position = 0;
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (character != '%') {
        literal(String.valueOf(character));
        continue;
      }
      boolean plain = style == Style.C && text.startsWith("-", position);
      position += plain ? 1 : 0;
      if (position >= text.length()) {
        throw FunctionErrors.argument("the pattern '" + pattern + "' ends with a percent sign");
      }
      field(text.charAt(position++), plain);
    }
  }

  private void field(char letter, boolean plain) {
    int two = plain ? 1 : 2;
    boolean known =
        switch (letter) {
          case '%' -> literal("%");
          case 'Y' -> number(Field.YEAR, 4);
          case 'y' -> number(Field.YEAR_OF_CENTURY, two);
          case 'm' -> number(Field.MONTH, two);
          case 'd' -> number(Field.DAY, two);
          case 'H' -> number(Field.HOUR, two);
          case 'I' -> number(Field.HOUR_OF_HALF, two);
          case 'S' -> number(Field.SECOND, two);
          case 'f' -> number(Field.MICROSECOND, 6);
          case 'j' -> number(Field.DAY_OF_YEAR, plain ? 1 : 3);
          case 'w' -> number(Field.DAY_OF_WEEK, 1);
          case 'p' -> name(Field.HALF);
          case 'a' -> name(Field.DAY_ABBREVIATION);
          case 'b' -> name(Field.MONTH_ABBREVIATION);
          default -> style == Style.MYSQL ? mysql(letter) : c(letter, two);
        };
    if (!known) {
      throw FunctionErrors.argument(
          "the pattern '" + pattern + "' has %" + letter + ", which is not known here");
    }
  }

  private boolean mysql(char letter) {
    return switch (letter) {
      case 'c' -> number(Field.MONTH, 1);
      case 'e' -> number(Field.DAY, 1);
      case 'k' -> number(Field.HOUR, 1);
      case 'h' -> number(Field.HOUR_OF_HALF, 2);
      case 'l' -> number(Field.HOUR_OF_HALF, 1);
      case 'i' -> number(Field.MINUTE, 2);
      case 's' -> number(Field.SECOND, 2);
      case 'M' -> name(Field.MONTH_NAME);
      case 'W' -> name(Field.DAY_NAME);
      case 'v' -> number(Field.ISO_WEEK, 2);
      case 'x' -> number(Field.ISO_YEAR, 4);
      case 'T' -> several("%H:%i:%s");
      case 'r' -> several("%h:%i:%s %p");
      default -> false;
    };
  }

  private boolean c(char letter, int two) {
    return switch (letter) {
      case 'M' -> number(Field.MINUTE, two);
      case 'B' -> name(Field.MONTH_NAME);
      case 'A' -> name(Field.DAY_NAME);
      case 'u' -> number(Field.ISO_DAY_OF_WEEK, 1);
      case 'V' -> number(Field.ISO_WEEK, two);
      case 'G' -> number(Field.ISO_YEAR, 4);
      case 'g' -> number(Field.MILLISECOND, 3);
      case 'z' -> number(Field.OFFSET, 1);
      case 'F' -> several("%Y-%m-%d");
      case 'T' -> several("%H:%M:%S");
      default -> false;
    };
  }

  private boolean several(String text) {
    add(text);
    return true;
  }

  private boolean literal(String text) {
    pieces.add(new Piece(Field.LITERAL, 1, Letters.MIXED, text));
    return true;
  }

  private boolean number(Field field, int width) {
    pieces.add(new Piece(field, width, Letters.MIXED, ""));
    return true;
  }

  private boolean name(Field field) {
    pieces.add(new Piece(field, 1, Letters.MIXED, ""));
    return true;
  }
}
