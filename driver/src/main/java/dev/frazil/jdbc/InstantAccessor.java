package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Timestamps with time zone: an instant in microseconds or nanoseconds, shown in UTC.
 *
 * @param asTimestamp whether it is shown as a timestamp, in the time zone of the JVM
 */
record InstantAccessor(SqlType type, boolean asTimestamp) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    Instant instant = instant(vector, row);
    return asTimestamp ? Timestamp.from(instant) : TextForms.inUtc(instant);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return asTimestamp
        ? TextForms.timestamp(toLocalDateTime(vector, row, ZoneId.systemDefault()))
        : TextForms.instant(instant(vector, row));
  }

  @Override
  public LocalDate toLocalDate(ColumnVector vector, int row, ZoneId zone) {
    return instant(vector, row).atZone(zone).toLocalDate();
  }

  @Override
  public LocalTime toLocalTime(ColumnVector vector, int row, ZoneId zone) {
    return instant(vector, row).atZone(zone).toLocalTime();
  }

  @Override
  public LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone) {
    return instant(vector, row).atZone(zone).toLocalDateTime();
  }

  @Override
  public Instant toInstant(ColumnVector vector, int row, ZoneId zone) {
    return instant(vector, row);
  }

  private Instant instant(ColumnVector vector, int row) {
    return of(((LongVector) vector).values()[row], type);
  }

  /** The value of a type of timestamps. */
  static Instant of(long value, SqlType type) {
    long units = Timestamps.isNano(type) ? 1_000_000_000L : 1_000_000L;
    return Instant.ofEpochSecond(
        Math.floorDiv(value, units), Math.floorMod(value, units) * (1_000_000_000L / units));
  }
}
