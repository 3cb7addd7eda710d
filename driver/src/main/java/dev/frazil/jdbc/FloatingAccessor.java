package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import java.math.BigDecimal;
import java.sql.SQLException;

/** Real and double. Whole numbers are read with the fraction cut off. */
record FloatingAccessor(SqlType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    // Not a conditional expression: it would widen both to Double.
    if (vector instanceof FloatVector floats) {
      return floats.values()[row];
    }
    return ((DoubleVector) vector).values()[row];
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return toObject(vector, row).toString();
  }

  @Override
  public boolean toBoolean(ColumnVector vector, int row) {
    return toDouble(vector, row) != 0;
  }

  @Override
  public long toLong(ColumnVector vector, int row) throws SQLException {
    double value = toDouble(vector, row);
    // 2^63 itself no longer fits; NaN fails both comparisons.
    if (value >= -0x1p63 && value < 0x1p63) {
      return (long) value;
    }
    throw SqlExceptions.of(
        SqlState.NUMERIC_OUT_OF_RANGE, "the value " + value + " does not fit a whole number");
  }

  @Override
  public double toDouble(ColumnVector vector, int row) {
    return vector instanceof FloatVector floats
        ? floats.values()[row]
        : ((DoubleVector) vector).values()[row];
  }

  @Override
  public BigDecimal toDecimal(ColumnVector vector, int row) throws SQLException {
    String text = toText(vector, row);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE, "the value " + text + " is not a decimal number", e);
    }
  }
}
