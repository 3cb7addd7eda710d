package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class LongVectorBuilder extends VectorBuilder {
  private long[] values = new long[FIRST_CAPACITY];

  LongVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendLong(long value) {
    ensureRoom();
    values[rowCount()] = value;
    rowAppended();
  }

  @Override
  public void appendDecimal(BigDecimal value) {
    if (!(type() instanceof SqlType.DecimalType decimal)) {
      throw mismatch("a decimal");
    }
    appendLong(Int128VectorBuilder.unscaled(value, decimal).longValueExact());
  }

  @Override
  void appendNullRow() {
    ensureRoom();
  }

  @Override
  void appendObject(Object value) {
    if (value instanceof Long boxed) {
      appendLong(boxed);
    } else if (value instanceof BigDecimal decimal) {
      appendDecimal(decimal);
    } else {
      throw mismatch(value.getClass().getSimpleName());
    }
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof LongVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendLong(vector.values()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    LongVector built = new LongVector(type(), rows, values, mask);
    values = new long[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == values.length) {
      values = Arrays.copyOf(values, grown(values.length, rowCount() + 1));
    }
  }
}
