package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Timestamps with time zone: an instant in microseconds, shown in UTC.
 *
 * @param asTimestamp whether it is shown as a timestamp, in the time zone of the JVM
 */
record InstantAccessor(boolean asTimestamp) implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.TIMESTAMP_WITH_TIME_ZONE;
  }

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

  private static Instant instant(ColumnVector vector, int row) {
    return ofMicros(((LongVector) vector).values()[row]);
  }

  static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
