package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import java.math.BigDecimal;

/** Booleans; as numbers 1 and 0. Also columns of unknown type, whose cells are all null. */
record BooleanAccessor(SqlType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toBoolean(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return Boolean.toString(toBoolean(vector, row));
  }

  @Override
  public boolean toBoolean(ColumnVector vector, int row) {
    return ((BooleanVector) vector).values()[row];
  }

  @Override
  public long toLong(ColumnVector vector, int row) {
    return toBoolean(vector, row) ? 1 : 0;
  }

  @Override
  public double toDouble(ColumnVector vector, int row) {
    return toLong(vector, row);
  }

  @Override
  public BigDecimal toDecimal(ColumnVector vector, int row) {
    return BigDecimal.valueOf(toLong(vector, row));
  }
}
