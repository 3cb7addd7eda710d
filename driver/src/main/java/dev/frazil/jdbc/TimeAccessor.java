package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Times of the day in microseconds. */
record TimeAccessor() implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.TIME;
  }

  @Override
  public Object toObject(ColumnVector vector, int row) {
    return LegacyDates.time(time(vector, row), null);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return TextForms.time(time(vector, row));
  }

  @Override
  public LocalTime toLocalTime(ColumnVector vector, int row, ZoneId zone) {
    return time(vector, row);
  }

  /** On 1970-01-01, as {@code java.sql.Time} has it. */
  @Override
  public LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone) {
    return LocalDateTime.of(LocalDate.EPOCH, time(vector, row));
  }

  private static LocalTime time(ColumnVector vector, int row) {
    return LocalTime.ofNanoOfDay(((LongVector) vector).values()[row] * 1000);
  }
}
