package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.function.TimeTemplate.Field;
import dev.frazil.function.TimeTemplate.Node;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Reads a text as {@code to_timestamp} of PostgreSQL does: blanks before and behind fields do not
 * count unless FX is given, a separator of the pattern stands for any one or none, any other
 * character of it for any one character, and what stands behind the last field is passed over.
 * 22007 where it does not fit. One text, one thread.
 */
final class TimeTemplateReader {
  private static final int MAX_DIGITS = 9;

  private final TimeTemplate template;
  private final String text;
  private final Map<Field, Long> values = new EnumMap<>(Field.class);
  private int at;

  /** Blanks passed over behind the last field that no piece of the pattern has claimed yet. */
  private int unclaimed;

  private TimeTemplateReader(TimeTemplate template, String text) {
    this.template = template;
    this.text = text;
  }

  static ParsedTime parse(TimeTemplate template, String text) {
    return new TimeTemplateReader(template, text).parse();
  }

  private ParsedTime parse() {
    for (int i = 0; i < template.nodes().size() && at < text.length(); i++) {
      Node node = template.nodes().get(i);
      boolean isPlain = node.field() == null && (node.isQuoted() || isLetter(node.character()));
      if (!template.isExact() && (!isPlain || i == 0)) {
        unclaimed += skipBlanks();
      }
      if (node.field() == null) {
        character(isPlain);
        continue;
      }
      read(node, i);
      at = node.ordinal().isEmpty() ? at : Math.min(text.length(), at + 2);
      unclaimed = template.isExact() ? 0 : skipBlanks();
    }
    return new TimeTemplateValues(values, text).time();
  }

  private static boolean isLetter(char character) {
    return Character.isLetterOrDigit(character);
  }

  private int skipBlanks() {
    int from = at;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at - from;
  }

  private void character(boolean isPlain) {
    if (template.isExact()) {
      at++;
    } else if (isPlain) {
      if (unclaimed > 0) {
        unclaimed--;
      } else {
        at++;
      }
    } else {
      unclaimed--;
      if (at < text.length()
          && !isLetter(text.charAt(at))
          && (text.charAt(at) < 128 || Character.isWhitespace(text.charAt(at)))) {
        at++;
        unclaimed++;
      }
    }
  }

  private void read(Node node, int index) {
    Field field = Objects.requireNonNull(node.field());
    switch (field) {
      case ERA -> put(Field.ERA, name(2, era -> era == 1 ? "AD" : "BC"));
      case ERA_DOTS -> put(Field.ERA, name(2, era -> era == 1 ? "A.D." : "B.C."));
      case HALF -> put(Field.HALF, name(2, half -> half == 1 ? "AM" : "PM"));
      case HALF_DOTS -> put(Field.HALF, name(2, half -> half == 1 ? "A.M." : "P.M."));
      case DAY_NAME -> name(7, TimeNames::day);
      case DAY_ABBREVIATION -> name(7, day -> TimeNames.day(day).substring(0, 3));
      case MONTH_NAME -> put(Field.MONTH, name(12, TimeNames::month));
      case MONTH_ABBREVIATION ->
          put(Field.MONTH, name(12, month -> TimeNames.month(month).substring(0, 3)));
      // the longest first: VIII before VII before VI
      case ROMAN_MONTH -> put(Field.MONTH, 13 - name(12, back -> RomanNumerals.of(13 - back)));
      case FRACTION_1 -> fraction(index, 1);
      case FRACTION_2 -> fraction(index, 2);
      case FRACTION_3 -> fraction(index, 3);
      case MILLISECOND -> put(Field.MILLISECOND, micros(index, 3));
      case FRACTION_4 -> fraction(index, 4);
      case FRACTION_5 -> fraction(index, 5);
      case FRACTION_6, MICROSECOND -> fraction(index, 6);
      case YEAR_COMMA -> {
        long thousands = digits(MAX_DIGITS, false);
        if (!text.startsWith(",", at)) {
          throw misfit();
        }
        at++;
        put(Field.YEAR, thousands * 1000 + digits(3, false));
      }
      case YEAR -> put(Field.YEAR, year(index, 4));
      case YEAR_3 -> put(Field.YEAR, year(index, 3));
      case YEAR_2, YEAR_1 -> {
        put(Field.YEAR, year(index, field == Field.YEAR_2 ? 2 : 1));
        values.put(Field.YEAR_2, 1L);
      }
      case ISO_YEAR -> put(Field.ISO_YEAR, year(index, 4));
      case ISO_YEAR_3 -> put(Field.ISO_YEAR, year(index, 3));
      case ISO_YEAR_2 -> put(Field.ISO_YEAR, year(index, 2));
      case ISO_YEAR_1 -> put(Field.ISO_YEAR, year(index, 1));
      case DAY_OF_YEAR, ISO_DAY_OF_YEAR -> put(field, number(index, 3));
      case DAY_OF_WEEK, ISO_DAY_OF_WEEK, WEEK_OF_MONTH, QUARTER -> put(field, number(index, 1));
      case SECOND_OF_DAY -> put(field, number(index, 5));
      case JULIAN_DAY -> put(field, digits(MAX_DIGITS, false));
      case CENTURY, DAY, HOUR, HOUR_OF_HALF, MINUTE, SECOND, ISO_WEEK, WEEK_OF_YEAR, MONTH ->
          put(field, number(index, 2));
      case ZONE -> zone();
      case ZONE_HOUR -> put(Field.ZONE_OFFSET, offsetHour(index) * 60);
      case ZONE_MINUTE -> put(Field.ZONE_MINUTE, number(index, 2));
      case ZONE_OFFSET -> {
        put(Field.ZONE_OFFSET, offsetHour(index) * 60);
        if (text.startsWith(":", at)) {
          at++;
          put(Field.ZONE_MINUTE, digits(2, false));
        }
      }
    }
  }

  /** A year of fewer than four digits, in such a field, is the one nearest to 2020. */
  private long year(int index, int width) {
    int from = at;
    long year = number(index, width);
    return width < 4 && at - from < 4 ? nearest(year) : year;
  }

  private static long nearest(long year) {
    return year < 70 || (year >= 100 && year < 520)
        ? year + 2000
        : year < 100 ? year + 1900 : year < 1000 ? year + 1000 : year;
  }

  private void fraction(int index, int width) {
    put(Field.MICROSECOND, micros(index, width));
  }

  private long micros(int index, int width) {
    int from = at;
    long value = number(index, width);
    for (int digits = at - from; digits < 6; digits++) {
      value *= 10;
    }
    if (at - from > 6) {
      throw misfit();
    }
    return value;
  }

  private long offsetHour(int index) {
    boolean hasSign = text.startsWith("+", at) || text.startsWith("-", at);
    boolean isMinus = text.startsWith("-", hasSign ? at : Math.max(0, at - 1));
    at += hasSign ? 1 : 0;
    long hours = number(index, 2);
    put(Field.ZONE, isMinus ? 1 : 0);
    return isMinus ? -hours : hours;
  }

  /** Only names that mean one offset everywhere. */
  private void zone() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at).toUpperCase(Locale.ROOT);
    if (!name.equals("UTC") && !name.equals("GMT") && !name.equals("Z")) {
      throw FunctionErrors.notATime(text, "a time with the zone UTC, GMT or Z");
    }
    put(Field.ZONE_OFFSET, 0);
  }

  /** Exactly the digits that the field has; all there are if no others can follow. */
  private long number(int index, int width) {
    return isAlone(index) ? digits(MAX_DIGITS, false) : digits(width, true);
  }

  private long digits(int width, boolean isExact) {
    skipBlanks();
    int from = at;
    int limit = Math.min(text.length(), from + width);
    if (at < limit && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int start = at;
    while (at < limit && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || (isExact && at < from + width)) {
      throw misfit();
    }
    return Long.parseLong(text.substring(from, at));
  }

  private boolean isAlone(int index) {
    Node node = template.nodes().get(index);
    if (node.isCompact()) {
      return true;
    } else if (!node.ordinal().isEmpty()) {
      return false;
    } else if (index + 1 == template.nodes().size()) {
      return true;
    }
    Node next = template.nodes().get(index + 1);
    return next.field() == null ? !Character.isDigit(next.character()) : !next.field().isNumber();
  }

  private long name(int count, IntFunction<String> names) {
    for (int i = 1; i <= count; i++) {
      String name = names.apply(i);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return i;
      }
    }
    throw misfit();
  }

  /** One value a field: what says two different ones is wrong. */
  private void put(Field field, long value) {
    Long known = values.put(field, value);
    if (known != null && known != value) {
      throw FunctionErrors.notATime(text, "a time with one value for each field");
    }
  }

  private EngineException misfit() {
    return FunctionErrors.notATime(
        text, "a date or time of the pattern '" + FunctionErrors.shown(template.pattern()) + "'");
  }
}
