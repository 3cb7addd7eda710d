package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import java.util.List;
import java.util.Locale;

/** A compiled pattern of dates and times. Immutable. */
record TimeFormat(List<Piece> pieces) {

  /** Whose patterns. */
  enum Style {
    /** {@code %Y-%m-%d}, minutes are {@code %i}. */
    MYSQL,
    /** {@code %Y-%m-%d}, minutes are {@code %M}. */
    C,
    /** {@code yyyy-MM-dd}, of Joda-Time and Trino. */
    JODA
  }

  /** What a piece shows. */
  enum Field {
    LITERAL,
    YEAR,
    YEAR_OF_CENTURY,
    ISO_YEAR,
    QUARTER,
    MONTH,
    MONTH_NAME,
    MONTH_ABBREVIATION,
    ISO_WEEK,
    DAY,
    DAY_OF_YEAR,
    DAY_NAME,
    DAY_ABBREVIATION,
    /** 1 is Monday. */
    ISO_DAY_OF_WEEK,
    /** 0 is Sunday. */
    DAY_OF_WEEK,
    HOUR,
    HOUR_OF_HALF,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND,
    HALF,
    OFFSET,
    OFFSET_HOUR,
    OFFSET_MINUTE
  }

  /** How letters are written. */
  enum Letters {
    CAPITALS,
    SMALL,
    MIXED
  }

  /**
   * One piece of a pattern.
   *
   * @param width digits, zeros in front; for names the characters, blanks behind; 1 for no filling
   * @param text a literal
   */
  record Piece(Field field, int width, Letters letters, String text) {}

  static TimeFormat compile(String pattern, Style style) {
    return new TimeFormat(
        switch (style) {
          case JODA -> new JodaPattern(pattern).pieces();
          case MYSQL, C -> new PercentPattern(pattern, style).pieces();
        });
  }

  /** A wall clock's reading, with the offset from UTC in microseconds. */
  String format(long local, long offset) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      append(piece, local, offset, text);
    }
    return text.toString();
  }

  ParsedTime parse(String text) {
    return new TimeTextParser(text, pieces).parse();
  }

  private static void append(Piece piece, long local, long offset, StringBuilder text) {
    switch (piece.field()) {
      case LITERAL -> text.append(piece.text());
      case MONTH_NAME -> name(piece, TimeNames.month((int) field("month", local)), text);
      case MONTH_ABBREVIATION ->
          name(piece, TimeNames.month((int) field("month", local)).substring(0, 3), text);
      case DAY_NAME -> name(piece, TimeNames.day((int) field("dow", local)), text);
      case DAY_ABBREVIATION ->
          name(piece, TimeNames.day((int) field("dow", local)).substring(0, 3), text);
      case HALF -> name(piece, field("hour", local) < 12 ? "AM" : "PM", text);
      case OFFSET -> {
        offsetHour(offset, text);
        if (offset % CivilTime.MICROS_PER_HOUR != 0) {
          number(minuteOf(offset), 2, text.append(':'));
        }
      }
      case OFFSET_HOUR -> offsetHour(offset, text);
      case OFFSET_MINUTE -> number(minuteOf(offset), 2, text);
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
          MICROSECOND ->
          number(value(piece.field(), local), piece.width(), text);
    }
  }

  private static long value(Field field, long local) {
    return switch (field) {
      case YEAR -> field("year", local);
      case YEAR_OF_CENTURY -> Math.floorMod(field("year", local), 100);
      case ISO_YEAR -> field("isoyear", local);
      case QUARTER -> field("quarter", local);
      case MONTH -> field("month", local);
      case ISO_WEEK -> field("week", local);
      case DAY -> field("day", local);
      case DAY_OF_YEAR -> field("doy", local);
      case ISO_DAY_OF_WEEK -> field("dow", local);
      case DAY_OF_WEEK -> field("dow", local) % 7;
      case HOUR -> field("hour", local);
      case HOUR_OF_HALF -> (field("hour", local) + 11) % 12 + 1;
      case MINUTE -> field("minute", local);
      case SECOND -> field("second", local);
      case MILLISECOND -> field("milliseconds", local) % 1000;
      case MICROSECOND -> field("microseconds", local) % 1_000_000;
      case LITERAL,
          MONTH_NAME,
          MONTH_ABBREVIATION,
          DAY_NAME,
          DAY_ABBREVIATION,
          HALF,
          OFFSET,
          OFFSET_HOUR,
          OFFSET_MINUTE ->
          throw new IllegalStateException("not a number: " + field);
    };
  }

  private static long field(String name, long local) {
    return DateFields.field(name, local);
  }

  private static void offsetHour(long offset, StringBuilder text) {
    number(Math.abs(offset) / CivilTime.MICROS_PER_HOUR, 2, text.append(offset < 0 ? '-' : '+'));
  }

  private static long minuteOf(long offset) {
    return Math.abs(offset) / CivilTime.MICROS_PER_MINUTE % 60;
  }

  private static void name(Piece piece, String name, StringBuilder text) {
    text.append(
        switch (piece.letters()) {
          case CAPITALS -> name.toUpperCase(Locale.ROOT);
          case SMALL -> name.toLowerCase(Locale.ROOT);
          case MIXED -> name;
        });
    text.append(" ".repeat(Math.max(0, piece.width() - name.length())));
  }

  private static void number(long value, int width, StringBuilder text) {
    String digits = Long.toString(Math.abs(value));
    text.append(value < 0 ? "-" : "")
        .append("0".repeat(Math.max(0, width - digits.length())))
        .append(digits);
  }
}
