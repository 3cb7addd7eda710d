package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.math.BigDecimal;

/** Integer and bigint. */
record IntegerAccessor(SqlType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    // Not a conditional expression: it would widen both to Long.
    if (vector instanceof IntVector ints) {
      return ints.values()[row];
    }
    return ((LongVector) vector).values()[row];
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return Long.toString(toLong(vector, row));
  }

  @Override
  public boolean toBoolean(ColumnVector vector, int row) {
    return toLong(vector, row) != 0;
  }

  @Override
  public long toLong(ColumnVector vector, int row) {
    return vector instanceof IntVector ints
        ? ints.values()[row]
        : ((LongVector) vector).values()[row];
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
