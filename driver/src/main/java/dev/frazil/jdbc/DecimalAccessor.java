package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;

/** Decimals. Whole numbers are read with the fraction cut off. */
record DecimalAccessor(SqlType.DecimalType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toDecimal(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return toDecimal(vector, row).toPlainString();
  }

  @Override
  public boolean toBoolean(ColumnVector vector, int row) {
    return toDecimal(vector, row).signum() != 0;
  }

  @Override
  public long toLong(ColumnVector vector, int row) throws SQLException {
    BigDecimal value = toDecimal(vector, row);
    try {
      return value.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE, "the value " + value + " does not fit a long", e);
    }
  }

  @Override
  public double toDouble(ColumnVector vector, int row) {
    return toDecimal(vector, row).doubleValue();
  }

  @Override
  public BigDecimal toDecimal(ColumnVector vector, int row) {
    if (vector instanceof LongVector longs) {
      return BigDecimal.valueOf(longs.values()[row], type.scale());
    }
    Int128Vector wide = (Int128Vector) vector;
    return new BigDecimal(
        Int128Values.toBigInteger(wide.high()[row], wide.low()[row]), type.scale());
  }
}
