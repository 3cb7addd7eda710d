package dev.frazil.function;

import dev.frazil.function.TimeFormat.Field;
import dev.frazil.function.TimeFormat.Letters;
import dev.frazil.function.TimeFormat.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Patterns of PostgreSQL: {@code YYYY-MM-DD HH24:MI:SS}. */
final class TemplatePattern {
  private static final int NAME_WIDTH = 9;

  /** A word of a pattern; a longer one stands before those that begin it. */
  private record Word(String text, Field field, int width) {}

  private static final List<Word> WORDS =
      List.of(
          new Word("IYYY", Field.ISO_YEAR, 4),
          new Word("YYYY", Field.YEAR, 4),
          new Word("YY", Field.YEAR_OF_CENTURY, 2),
          new Word("MONTH", Field.MONTH_NAME, NAME_WIDTH),
          new Word("MON", Field.MONTH_ABBREVIATION, 1),
          new Word("MM", Field.MONTH, 2),
          new Word("MI", Field.MINUTE, 2),
          new Word("MS", Field.MILLISECOND, 3),
          new Word("DDD", Field.DAY_OF_YEAR, 3),
          new Word("DD", Field.DAY, 2),
          new Word("DAY", Field.DAY_NAME, NAME_WIDTH),
          new Word("DY", Field.DAY_ABBREVIATION, 1),
          new Word("ID", Field.ISO_DAY_OF_WEEK, 1),
          new Word("IW", Field.ISO_WEEK, 2),
          new Word("HH24", Field.HOUR, 2),
          new Word("HH12", Field.HOUR_OF_HALF, 2),
          new Word("HH", Field.HOUR_OF_HALF, 2),
          new Word("SS", Field.SECOND, 2),
          new Word("US", Field.MICROSECOND, 6),
          new Word("AM", Field.HALF, 1),
          new Word("PM", Field.HALF, 1),
          new Word("TZH", Field.OFFSET_HOUR, 1),
          new Word("TZM", Field.OFFSET_MINUTE, 1),
          new Word("OF", Field.OFFSET, 1),
          new Word("Q", Field.QUARTER, 1));

  private final String pattern;

  TemplatePattern(String pattern) {
    this.pattern = pattern;
  }

  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    boolean unfilled = false;
    int i = 0;
    while (i < pattern.length()) {
      if (pattern.regionMatches(true, i, "FM", 0, 2)) {
        unfilled = true;
        i += 2;
        continue;
      }
      Word word = wordAt(i);
      if (word != null) {
        pieces.add(piece(word, pattern.substring(i, i + word.text().length()), unfilled));
        unfilled = false;
        i += word.text().length();
        continue;
      }
      if (pattern.charAt(i) == '"') {
        int end = pattern.indexOf('"', i + 1);
        if (end < 0) {
          throw FunctionErrors.argument("the pattern '" + pattern + "' has a quote not closed");
        }
        pieces.add(literal(pattern.substring(i + 1, end)));
        i = end + 1;
        continue;
      }
      if (Character.isLetter(pattern.charAt(i))) {
        throw FunctionErrors.argument(
            "the pattern '"
                + pattern
                + "' has '"
                + FunctionErrors.shown(pattern.substring(i))
                + "', which is no field; put letters into double quotes");
      }
      pieces.add(literal(pattern.substring(i, i + 1)));
      i++;
    }
    return List.copyOf(pieces);
  }

  private @org.jspecify.annotations.Nullable Word wordAt(int at) {
    for (Word word : WORDS) {
      if (pattern.regionMatches(true, at, word.text(), 0, word.text().length())) {
        return word;
      }
    }
    return null;
  }

  /** Names are written as the word is: MON, Mon or mon. */
  private static Piece piece(Word word, String written, boolean unfilled) {
    Letters letters = Letters.MIXED;
    if (written.equals(written.toUpperCase(Locale.ROOT))) {
      letters = Letters.CAPITALS;
    } else if (written.equals(written.toLowerCase(Locale.ROOT))) {
      letters = Letters.SMALL;
    }
    return new Piece(word.field(), unfilled ? 1 : word.width(), letters, "");
  }

  private static Piece literal(String text) {
    return new Piece(Field.LITERAL, 1, Letters.MIXED, text);
  }
}
