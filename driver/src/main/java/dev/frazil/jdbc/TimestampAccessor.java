package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Timestamps without a zone: a {@code LocalDateTime} of microseconds or nanoseconds. */
record TimestampAccessor(SqlType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    return LegacyDates.timestamp(value(vector, row), null);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return TextForms.timestamp(value(vector, row));
  }

  @Override
  public LocalDate toLocalDate(ColumnVector vector, int row, ZoneId zone) {
    return value(vector, row).toLocalDate();
  }

  @Override
  public LocalTime toLocalTime(ColumnVector vector, int row, ZoneId zone) {
    return value(vector, row).toLocalTime();
  }

  @Override
  public LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone) {
    return value(vector, row);
  }

  @Override
  public Instant toInstant(ColumnVector vector, int row, ZoneId zone) {
    return value(vector, row).atZone(zone).toInstant();
  }

  private LocalDateTime value(ColumnVector vector, int row) {
    return of(((LongVector) vector).values()[row], type);
  }

  /** The value of a type of timestamps. */
  static LocalDateTime of(long value, SqlType type) {
    Instant asUtc = InstantAccessor.of(value, type);
    return LocalDateTime.ofEpochSecond(asUtc.getEpochSecond(), asUtc.getNano(), ZoneOffset.UTC);
  }
}
