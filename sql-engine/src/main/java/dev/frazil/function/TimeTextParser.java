package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.function.TimeFormat.Field;
import dev.frazil.function.TimeFormat.Piece;
import dev.frazil.kernel.CivilTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads a text by a pattern; 22007 where it does not fit. One text, one thread. */
final class TimeTextParser {
  private final String text;
  private final List<Piece> pieces;
  private final Map<Field, Long> values = new EnumMap<>(Field.class);
  private int at;

  TimeTextParser(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  ParsedTime parse() {
    for (int i = 0; i < pieces.size(); i++) {
      boolean numberFollows = i + 1 < pieces.size() && isNumber(pieces.get(i + 1).field());
      read(pieces.get(i), numberFollows);
    }
    if (!text.substring(at).isBlank()) {
      throw misfit();
    }
    long day = day();
    Long hours = values.get(Field.OFFSET_HOUR);
    Long offset = values.get(Field.OFFSET);
    if (hours != null) {
      long minutes = values.getOrDefault(Field.OFFSET_MINUTE, 0L);
      offset =
          hours * CivilTime.MICROS_PER_HOUR
              + (hours < 0 ? -minutes : minutes) * CivilTime.MICROS_PER_MINUTE;
    }
    return new ParsedTime(TimeValues.midnight(day) + microsOfDay(), offset);
  }

  private static boolean isNumber(Field field) {
    return switch (field) {
      case LITERAL,
          MONTH_NAME,
          MONTH_ABBREVIATION,
          DAY_NAME,
          DAY_ABBREVIATION,
          HALF,
          OFFSET,
          OFFSET_HOUR ->
          false;
      case YEAR,
          YEAR_OF_CENTURY,
          ISO_YEAR,
          QUARTER,
          MONTH,
          ISO_WEEK,
          DAY,
          DAY_OF_YEAR,
          ISO_DAY_OF_WEEK,
          DAY_OF_WEEK,
          HOUR,
          HOUR_OF_HALF,
          MINUTE,
          SECOND,
          MILLISECOND,
          MICROSECOND,
          OFFSET_MINUTE ->
          true;
    };
  }

  private void read(Piece piece, boolean numberFollows) {
    switch (piece.field()) {
      case LITERAL -> {
        if (!text.startsWith(piece.text(), at)) {
          throw misfit();
        }
        at += piece.text().length();
      }
      case MONTH_NAME -> name(Field.MONTH, 12, TimeNames::month);
      case MONTH_ABBREVIATION ->
          name(Field.MONTH, 12, month -> TimeNames.month(month).substring(0, 3));
      case DAY_NAME -> name(Field.DAY_NAME, 7, TimeNames::day);
      case DAY_ABBREVIATION -> name(Field.DAY_NAME, 7, day -> TimeNames.day(day).substring(0, 3));
      case HALF -> name(Field.HALF, 2, half -> half == 1 ? "AM" : "PM");
      case MILLISECOND, MICROSECOND ->
          values.put(Field.MICROSECOND, fraction(piece.field() == Field.MILLISECOND ? 3 : 6));
      case OFFSET -> values.put(Field.OFFSET, offset());
      case OFFSET_HOUR -> values.put(Field.OFFSET_HOUR, sign() * number(2));
      case YEAR, ISO_YEAR -> {
        int sign = at < text.length() && text.charAt(at) == '-' ? sign() : 1;
        values.put(piece.field(), sign * number(numberFollows ? 4 : 7));
      }
      case DAY_OF_YEAR -> values.put(piece.field(), number(3));
      case QUARTER, ISO_DAY_OF_WEEK, DAY_OF_WEEK -> values.put(piece.field(), number(1));
      case YEAR_OF_CENTURY,
          MONTH,
          ISO_WEEK,
          DAY,
          HOUR,
          HOUR_OF_HALF,
          MINUTE,
          SECOND,
          OFFSET_MINUTE ->
          values.put(piece.field(), number(2));
    }
  }

  private void name(Field field, int count, IntFunction<String> names) {
    for (int i = 1; i <= count; i++) {
      String name = names.apply(i);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        values.put(field, (long) i);
        return;
      }
    }
    throw misfit();
  }

  private int sign() {
    char character = at < text.length() ? text.charAt(at) : '\0';
    if (character != '+' && character != '-') {
      throw misfit();
    }
    at++;
    return character == '-' ? -1 : 1;
  }

  private long offset() {
    if (text.startsWith("Z", at)) {
      at++;
      return 0;
    }
    int sign = sign();
    long micros = number(2) * CivilTime.MICROS_PER_HOUR;
    if (text.startsWith(":", at)) {
      at++;
      micros += number(2) * CivilTime.MICROS_PER_MINUTE;
    } else if (isDigit(at)) {
      micros += number(2) * CivilTime.MICROS_PER_MINUTE;
    }
    return sign * micros;
  }

  private long number(int maxDigits) {
    int start = at;
    while (at < start + maxDigits && isDigit(at)) {
      at++;
    }
    if (at == start) {
      throw misfit();
    }
    return Long.parseLong(text.substring(start, at));
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  /** Digits after the point: 25 is 250 milliseconds. */
  private long fraction(int maxDigits) {
    int start = at;
    long value = number(maxDigits);
    for (int digits = at - start; digits < 6; digits++) {
      value *= 10;
    }
    return value;
  }

  private long day() {
    long year = values.getOrDefault(Field.YEAR, 1970L);
    Long ofCentury = values.get(Field.YEAR_OF_CENTURY);
    if (ofCentury != null) {
      // as POSIX: 69 to 99 are of the last century
      year = ofCentury + (ofCentury < 69 ? 2000 : 1900);
    }
    Long isoYear = values.get(Field.ISO_YEAR);
    if (isoYear != null) {
      return isoDay(isoYear);
    }
    Long ofYear = values.get(Field.DAY_OF_YEAR);
    if (ofYear != null) {
      check(ofYear >= 1 && ofYear <= (CivilTime.isLeapYear(year) ? 366 : 365));
      return CivilTime.epochDay(year, 1, 1) + ofYear - 1;
    }
    long month = values.getOrDefault(Field.MONTH, 1L);
    long day = values.getOrDefault(Field.DAY, 1L);
    check(month >= 1 && month <= 12);
    check(day >= 1 && day <= CivilTime.lengthOfMonth(year, (int) month));
    return CivilTime.epochDay(year, (int) month, (int) day);
  }

  private long isoDay(long isoYear) {
    long week = values.getOrDefault(Field.ISO_WEEK, 1L);
    long dayOfWeek = values.getOrDefault(Field.ISO_DAY_OF_WEEK, 1L);
    check(week >= 1 && week <= 53 && dayOfWeek >= 1 && dayOfWeek <= 7);
    // the 4th of January lies in week 1
    long fourth = CivilTime.epochDay(isoYear, 1, 4);
    return fourth - CivilTime.dayOfWeek(fourth) + (week - 1) * 7 + dayOfWeek;
  }

  private long microsOfDay() {
    long hour = values.getOrDefault(Field.HOUR, 0L);
    Long ofHalf = values.get(Field.HOUR_OF_HALF);
    if (ofHalf != null) {
      check(ofHalf >= 1 && ofHalf <= 12);
      hour = ofHalf % 12 + (values.getOrDefault(Field.HALF, 1L) == 2 ? 12 : 0);
    }
    long minute = values.getOrDefault(Field.MINUTE, 0L);
    long second = values.getOrDefault(Field.SECOND, 0L);
    check(hour <= 23 && minute <= 59 && second <= 59);
    return hour * CivilTime.MICROS_PER_HOUR
        + minute * CivilTime.MICROS_PER_MINUTE
        + second * CivilTime.MICROS_PER_SECOND
        + values.getOrDefault(Field.MICROSECOND, 0L);
  }

  private void check(boolean valid) {
    if (!valid) {
      throw misfit();
    }
  }

  private EngineException misfit() {
    return FunctionErrors.notATime(text, "a date or time of the pattern");
  }
}
