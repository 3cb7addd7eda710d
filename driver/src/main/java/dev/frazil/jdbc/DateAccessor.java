package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Dates: days since 1970-01-01 in the proleptic Gregorian calendar. */
record DateAccessor() implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.DATE;
  }

  @Override
  public Object toObject(ColumnVector vector, int row) {
    return LegacyDates.date(date(vector, row), null);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return date(vector, row).toString();
  }

  @Override
  public LocalDate toLocalDate(ColumnVector vector, int row, ZoneId zone) {
    return date(vector, row);
  }

  @Override
  public LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone) {
    return date(vector, row).atStartOfDay();
  }

  @Override
  public Instant toInstant(ColumnVector vector, int row, ZoneId zone) {
    return date(vector, row).atStartOfDay(zone).toInstant();
  }

  private static LocalDate date(ColumnVector vector, int row) {
    return LocalDate.ofEpochDay(((IntVector) vector).values()[row]);
  }
}
