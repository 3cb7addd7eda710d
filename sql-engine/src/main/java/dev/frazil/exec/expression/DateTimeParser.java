package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;

/**
 * Reads {@code [-]YYYY-MM-DD}, {@code HH:MM[:SS[.fraction]]}, both with a blank or {@code T}
 * between them, and a zone: {@code Z}, {@code +HH[:MM[:SS]]}. Digits beyond microseconds are cut,
 * beyond nanoseconds where the type counts them. 22007 for anything else.
 */
final class DateTimeParser {
  /** Days that microseconds in a long reach, one less for the time of day and the zone. */
  private static final long MAX_TIMESTAMP_DAY = Long.MAX_VALUE / CivilTime.MICROS_PER_DAY - 2;

  private final String text;
  private final SqlType type;
  private int at;
  private long nanosOfMicro;

  private DateTimeParser(String text, SqlType type) {
    this.text = text.strip();
    this.type = type;
  }

  /** Days since 1970-01-01. */
  static int date(String text) {
    DateTimeParser parser = new DateTimeParser(text, SqlType.Primitive.DATE);
    long day = parser.date();
    parser.end();
    if (day != (int) day) {
      throw NumericErrors.outOfRange("'" + parser.text + "'", parser.type);
    }
    return (int) day;
  }

  /** Microseconds of the day. */
  static long time(String text) {
    DateTimeParser parser = new DateTimeParser(text, SqlType.Primitive.TIME);
    long micros = parser.time();
    parser.end();
    return micros;
  }

  /** Microseconds since 1970-01-01T00:00; a zone is not allowed. */
  static long timestamp(String text) {
    DateTimeParser parser = new DateTimeParser(text, SqlType.Primitive.TIMESTAMP);
    long micros = parser.dateAndTime();
    parser.end();
    return micros;
  }

  /** Microseconds since the epoch in UTC; without a zone it is of {@code zone}. */
  static long timestampWithZone(String text, TimeZoneConversion zone) {
    return new DateTimeParser(text, SqlType.Primitive.TIMESTAMP_WITH_TIME_ZONE).instant(zone);
  }

  private long instant(TimeZoneConversion zone) {
    long local = dateAndTime();
    while (peek() == ' ') {
      at++;
    }
    if (at == text.length()) {
      return zone.toInstant(local);
    }
    long offset = offset();
    end();
    return local - offset;
  }

  /** Nanoseconds since 1970-01-01T00:00; a zone is not allowed. */
  static long timestampNanos(String text) {
    DateTimeParser parser = new DateTimeParser(text, SqlType.Primitive.TIMESTAMP_NANO);
    long micros = parser.dateAndTime();
    parser.end();
    return parser.nanos(micros);
  }

  /** Nanoseconds since the epoch in UTC; without a zone it is of {@code zone}. */
  static long timestampNanosWithZone(String text, TimeZoneConversion zone) {
    DateTimeParser parser =
        new DateTimeParser(text, SqlType.Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE);
    return parser.nanos(parser.instant(zone));
  }

  private long nanos(long micros) {
    try {
      return Timestamps.nanos(micros, nanosOfMicro);
    } catch (ArithmeticException e) {
      throw NumericErrors.outOfRange("'" + text + "'", type);
    }
  }

  private long dateAndTime() {
    long day = date();
    long micros = 0;
    if (peek() == ' ' || peek() == 'T' || peek() == 't') {
      at++;
      micros = time();
    }
    if (Math.abs(day) > MAX_TIMESTAMP_DAY) {
      throw NumericErrors.outOfRange("'" + text + "'", type);
    }
    return day * CivilTime.MICROS_PER_DAY + micros;
  }

  private long date() {
    int sign = 1;
    if (peek() == '-' || peek() == '+') {
      sign = peek() == '-' ? -1 : 1;
      at++;
    }
    long year = sign * number(4, 7);
    expect('-');
    int month = (int) number(1, 2);
    expect('-');
    int day = (int) number(1, 2);
    boolean valid =
        month >= 1 && month <= 12 && day >= 1 && day <= CivilTime.lengthOfMonth(year, month);
    if (!valid) {
      throw invalid();
    }
    return CivilTime.epochDay(year, month, day);
  }

  private long time() {
    long hour = number(1, 2);
    expect(':');
    long minute = number(2, 2);
    long second = 0;
    long micros = 0;
    if (peek() == ':') {
      at++;
      second = number(2, 2);
      if (peek() == '.') {
        at++;
        micros = fraction();
      }
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw invalid();
    }
    return hour * CivilTime.MICROS_PER_HOUR
        + minute * CivilTime.MICROS_PER_MINUTE
        + second * CivilTime.MICROS_PER_SECOND
        + micros;
  }

  private long fraction() {
    long micros = 0;
    int digits = 0;
    while (isDigit(peek())) {
      if (digits < 6) {
        micros = micros * 10 + (peek() - '0');
      } else if (digits < 9) {
        nanosOfMicro += (peek() - '0') * (digits == 6 ? 100L : digits == 7 ? 10L : 1L);
      }
      digits++;
      at++;
    }
    if (digits == 0) {
      throw invalid();
    }
    for (; digits < 6; digits++) {
      micros *= 10;
    }
    return micros;
  }

  private long offset() {
    char first = peek();
    at++;
    if (first == 'Z' || first == 'z') {
      return 0;
    }
    if (first != '+' && first != '-') {
      throw invalid();
    }
    long micros = number(1, 2) * CivilTime.MICROS_PER_HOUR;
    long minute = 0;
    long second = 0;
    if (peek() == ':' || isDigit(peek())) {
      at += peek() == ':' ? 1 : 0;
      minute = number(2, 2);
      if (peek() == ':') {
        at++;
        second = number(2, 2);
      }
    }
    micros += minute * CivilTime.MICROS_PER_MINUTE + second * CivilTime.MICROS_PER_SECOND;
    if (minute > 59 || second > 59 || micros > 18 * CivilTime.MICROS_PER_HOUR) {
      throw invalid();
    }
    return first == '-' ? -micros : micros;
  }

  private long number(int minDigits, int maxDigits) {
    long value = 0;
    int digits = 0;
    while (digits < maxDigits && isDigit(peek())) {
      value = value * 10 + (peek() - '0');
      digits++;
      at++;
    }
    if (digits < minDigits) {
      throw invalid();
    }
    return value;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw invalid();
    }
    at++;
  }

  private void end() {
    if (at != text.length()) {
      throw invalid();
    }
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private EngineException invalid() {
    return ConversionErrors.notA(type, text);
  }
}
