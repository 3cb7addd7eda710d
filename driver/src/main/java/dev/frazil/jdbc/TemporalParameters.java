package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Dates and times as parameters. Where only one side knows a zone, the JVM's default zone at the
 * call is meant, as in the getters.
 */
final class TemporalParameters {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private TemporalParameters() {}

  static int epochDay(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof LocalTime || value instanceof Time || value instanceof OffsetTime) {
      throw ParameterConversion.misfit(value, type, index);
    }
    long day = local(value, type, index).toLocalDate().toEpochDay();
    if (day != (int) day) {
      throw outOfRange(value, type, index);
    }
    return (int) day;
  }

  static long microsOfDay(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1000;
    }
    if (value instanceof OffsetTime time) {
      return atDefaultOffset(time).toNanoOfDay() / 1000;
    }
    if (value instanceof Time time) {
      return LegacyDates.toLocalTime(time, null).toNanoOfDay() / 1000;
    }
    if (value instanceof String text) {
      return TextForms.parseTime(text).toNanoOfDay() / 1000;
    }
    if (value instanceof LocalDate || value instanceof Date) {
      throw ParameterConversion.misfit(value, type, index);
    }
    return local(value, type, index).toLocalTime().toNanoOfDay() / 1000;
  }

  /** As the JVM's zone shows it on 1970-01-01, the day of {@code java.sql.Time}. */
  private static LocalTime atDefaultOffset(OffsetTime time) {
    return time.atDate(LocalDate.EPOCH).atZoneSameInstant(ZoneId.systemDefault()).toLocalTime();
  }

  /** Microseconds since 1970-01-01T00:00, without a zone. */
  static long localMicros(Object value, SqlType type, int index) throws SQLException {
    Instant asUtc = local(value, type, index).toInstant(ZoneOffset.UTC);
    return micros(asUtc.getEpochSecond(), asUtc.getNano(), value, type, index);
  }

  /** Microseconds since the epoch in UTC. */
  static long instantMicros(Object value, SqlType type, int index) throws SQLException {
    Instant instant = instant(value, type, index);
    return micros(instant.getEpochSecond(), instant.getNano(), value, type, index);
  }

  /** Nanoseconds since 1970-01-01T00:00, without a zone. */
  static long localNanos(Object value, SqlType type, int index) throws SQLException {
    return nanos(local(value, type, index).toInstant(ZoneOffset.UTC), value, type, index);
  }

  /** Nanoseconds since the epoch in UTC. */
  static long instantNanos(Object value, SqlType type, int index) throws SQLException {
    return nanos(instant(value, type, index), value, type, index);
  }

  private static long nanos(Instant instant, Object value, SqlType type, int index)
      throws SQLException {
    long second = instant.getEpochSecond();
    int nanoOfSecond = instant.getNano();
    long micros = micros(second, nanoOfSecond, value, type, index);
    try {
      return Timestamps.nanos(micros, nanoOfSecond % 1000);
    } catch (ArithmeticException e) {
      throw outOfRange(value, type, index);
    }
  }

  /** The text of a date or time, as the getters give it. */
  static String text(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof LocalDate || value instanceof Date) {
      return local(value, type, index).toLocalDate().toString();
    }
    if (value instanceof OffsetTime time) {
      return TextForms.time(time.toLocalTime()) + time.getOffset();
    }
    if (value instanceof LocalTime || value instanceof Time) {
      return TextForms.time(LocalTime.ofNanoOfDay(microsOfDay(value, type, index) * 1000));
    }
    if (value instanceof LocalDateTime || value instanceof Timestamp) {
      return TextForms.timestamp(local(value, type, index));
    }
    try {
      return TextForms.instant(instant(value, type, index));
    } catch (DateTimeException e) {
      throw outOfRange(value, type, index);
    }
  }

  private static LocalDateTime local(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof LocalDateTime local) {
      return local;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof Timestamp timestamp) {
      return LegacyDates.toLocalDateTime(timestamp, null);
    }
    if (value instanceof Date date) {
      return LegacyDates.toLocalDate(date, null).atStartOfDay();
    }
    if (value instanceof String text) {
      return TextForms.parseTimestamp(text);
    }
    try {
      return LocalDateTime.ofInstant(instant(value, type, index), ZoneId.systemDefault());
    } catch (DateTimeException e) {
      throw outOfRange(value, type, index); // Instant.MAX is in no year that LocalDate knows
    }
  }

  private static Instant instant(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant();
    }
    if (value instanceof LocalDateTime || value instanceof LocalDate || value instanceof Date) {
      return local(value, type, index).atZone(ZoneId.systemDefault()).toInstant();
    }
    if (value instanceof String text) {
      return TextForms.parseInstant(text, ZoneId.systemDefault());
    }
    throw ParameterConversion.misfit(value, type, index);
  }

  private static long micros(long seconds, int nanos, Object value, SqlType type, int index)
      throws SQLException {
    try {
      return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / 1000);
    } catch (ArithmeticException e) {
      throw outOfRange(value, type, index);
    }
  }

  private static SQLException outOfRange(Object value, SqlType type, int index) {
    return SqlExceptions.of(
        SqlState.DATETIME_OVERFLOW,
        ParameterConversion.marker(index)
            + " has the value "
            + value
            + ", which lies outside of the range of "
            + type.sqlName());
  }
}
