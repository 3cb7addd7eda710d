package dev.frazil.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of PostgreSQL for dates and times: {@code YYYY-MM-DD HH24:MI:SS} (its manual, 9.8).
 * What is no field stands for itself, as there. Immutable.
 *
 * @param pattern as written
 * @param isExact whether FX stands in it: blanks count when a text is read
 */
record TimeTemplate(String pattern, List<Node> nodes, boolean isExact) {

  /** What a field shows or reads. */
  enum Field {
    ERA("AD", "BC"),
    ERA_DOTS("A.D.", "B.C."),
    HALF("AM", "PM"),
    HALF_DOTS("A.M.", "P.M."),
    CENTURY("CC"),
    DAY_NAME("DAY"),
    DAY_ABBREVIATION("DY"),
    DAY_OF_YEAR("DDD"),
    ISO_DAY_OF_YEAR("IDDD"),
    DAY("DD"),
    /** 1 is Sunday. */
    DAY_OF_WEEK("D"),
    /** 1 is Monday. */
    ISO_DAY_OF_WEEK("ID"),
    FRACTION_1("FF1"),
    FRACTION_2("FF2"),
    FRACTION_3("FF3"),
    FRACTION_4("FF4"),
    FRACTION_5("FF5"),
    FRACTION_6("FF6"),
    HOUR("HH24"),
    HOUR_OF_HALF("HH12", "HH"),
    MINUTE("MI"),
    SECOND("SS"),
    MILLISECOND("MS"),
    MICROSECOND("US"),
    SECOND_OF_DAY("SSSSS", "SSSS"),
    ISO_WEEK("IW"),
    /** The first one begins with the year. */
    WEEK_OF_YEAR("WW"),
    WEEK_OF_MONTH("W"),
    ISO_YEAR("IYYY"),
    ISO_YEAR_3("IYY"),
    ISO_YEAR_2("IY"),
    ISO_YEAR_1("I"),
    YEAR_COMMA("Y,YYY"),
    YEAR("YYYY"),
    YEAR_3("YYY"),
    YEAR_2("YY"),
    YEAR_1("Y"),
    JULIAN_DAY("J"),
    MONTH("MM"),
    MONTH_NAME("MONTH"),
    MONTH_ABBREVIATION("MON"),
    ROMAN_MONTH("RM"),
    QUARTER("Q"),
    ZONE("TZ"),
    ZONE_HOUR("TZH"),
    ZONE_MINUTE("TZM"),
    ZONE_OFFSET("OF");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> words;

    Field(String... words) {
      this.words = List.of(words);
    }

    /** Whether digits stand for it. */
    boolean isNumber() {
      return switch (this) {
        case ERA,
            ERA_DOTS,
            HALF,
            HALF_DOTS,
            DAY_NAME,
            DAY_ABBREVIATION,
            MONTH_NAME,
            MONTH_ABBREVIATION,
            ROMAN_MONTH,
            ZONE,
            ZONE_HOUR,
            ZONE_OFFSET ->
            false;
        default -> true;
      };
    }
  }

  /** How names are written, as the word in the pattern is. */
  enum Letters {
    CAPITALS,
    SMALL,
    MIXED
  }

  /**
   * One piece: a field, or a character.
   *
   * @param field null for a character
   * @param isCompact whether FM stands before it: no blanks and zeros to fill up
   * @param ordinal TH or th behind it, else empty
   * @param isQuoted of a character, whether it stands in quotes
   */
  record Node(
      @Nullable Field field,
      Letters letters,
      boolean isCompact,
      String ordinal,
      char character,
      boolean isQuoted) {}

  private record Word(String text, Field field) {}

  /** The longest first. */
  private static final List<Word> WORDS = words();

  private static List<Word> words() {
    List<Word> words = new ArrayList<>();
    for (Field field : Field.values()) {
      for (String text : field.words) {
        words.add(new Word(text, field));
      }
    }
    words.sort(Comparator.comparing(word -> -word.text().length()));
    return List.copyOf(words);
  }

  static TimeTemplate compile(String pattern) {
    List<Node> nodes = new ArrayList<>();
    boolean isExact = false;
    int at = 0;
    while (at < pattern.length()) {
      if (isWord(pattern, at, "FX")) {
        isExact = true;
        at += 2;
        continue;
      }
      boolean isCompact = isWord(pattern, at, "FM");
      at += isCompact || isWord(pattern, at, "TM") ? 2 : 0;
      if (at == pattern.length()) {
        break;
      }
      Word word = wordAt(pattern, at);
      if (word != null) {
        Letters letters = letters(pattern, at, word);
        at += word.text().length();
        String ordinal = isWord(pattern, at, "TH") ? pattern.substring(at, at + 2) : "";
        at += ordinal.isEmpty() && !isWord(pattern, at, "SP") ? 0 : 2;
        nodes.add(new Node(word.field(), letters, isCompact, ordinal, ' ', false));
      } else if (pattern.charAt(at) == '"') {
        at++;
        while (at < pattern.length() && pattern.charAt(at) != '"') {
          at += pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 1 : 0;
          nodes.add(character(pattern.charAt(at++), true));
        }
        at++;
      } else {
        at += pattern.startsWith("\\\"", at) ? 1 : 0;
        nodes.add(character(pattern.charAt(at++), false));
      }
    }
    return new TimeTemplate(pattern, List.copyOf(nodes), isExact);
  }

  private static Node character(char character, boolean isQuoted) {
    return new Node(null, Letters.MIXED, false, "", character, isQuoted);
  }

  /** A word is written in capitals or in small letters. */
  private static boolean isWord(String pattern, int at, String word) {
    return pattern.startsWith(word, at) || pattern.startsWith(word.toLowerCase(Locale.ROOT), at);
  }

  private static @Nullable Word wordAt(String pattern, int at) {
    for (Word word : WORDS) {
      boolean isName =
          switch (word.field()) {
            case DAY_NAME, DAY_ABBREVIATION, MONTH_NAME, MONTH_ABBREVIATION -> true;
            default -> false;
          };
      if (isWord(pattern, at, word.text())
          || (isName && pattern.startsWith(capital(word.text()), at))) {
        return word;
      }
    }
    return null;
  }

  private static String capital(String word) {
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private static Letters letters(String pattern, int at, Word word) {
    if (Character.isLowerCase(pattern.charAt(at))) {
      return Letters.SMALL;
    }
    return pattern.startsWith(word.text(), at) ? Letters.CAPITALS : Letters.MIXED;
  }
}
