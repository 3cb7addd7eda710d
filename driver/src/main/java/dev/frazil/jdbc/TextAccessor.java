package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Text, read as whatever it spells. */
record TextAccessor() implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.VARCHAR;
  }

  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toText(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return ByteCells.text(vector, row);
  }

  @Override
  public boolean toBoolean(ColumnVector vector, int row) throws SQLException {
    return TextForms.parseBoolean(toText(vector, row));
  }

  @Override
  public long toLong(ColumnVector vector, int row) throws SQLException {
    BigDecimal value = toDecimal(vector, row);
    // Bounds first: expanding 1e999999999 would not end.
    if (value.precision() - value.scale() > 20) {
      throw tooLarge(value);
    }
    try {
      return value.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw tooLarge(value);
    }
  }

  private static SQLException tooLarge(BigDecimal value) {
    return SqlExceptions.of(
        SqlState.NUMERIC_OUT_OF_RANGE, "the value " + value + " does not fit a long");
  }

  @Override
  public double toDouble(ColumnVector vector, int row) throws SQLException {
    return TextForms.parseDouble(toText(vector, row));
  }

  @Override
  public BigDecimal toDecimal(ColumnVector vector, int row) throws SQLException {
    return TextForms.parseDecimal(toText(vector, row));
  }

  @Override
  public byte[] toBytes(ColumnVector vector, int row) {
    return ByteCells.bytes(vector, row);
  }

  @Override
  public LocalDate toLocalDate(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    return TextForms.parseTimestamp(toText(vector, row)).toLocalDate();
  }

  @Override
  public LocalTime toLocalTime(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    String text = toText(vector, row).trim();
    return text.indexOf('-') > 0
        ? TextForms.parseTimestamp(text).toLocalTime()
        : TextForms.parseTime(text);
  }

  @Override
  public LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone)
      throws SQLException {
    return TextForms.parseTimestamp(toText(vector, row));
  }

  @Override
  public Instant toInstant(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    return TextForms.parseInstant(toText(vector, row), zone);
  }
}
