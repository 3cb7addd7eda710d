package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class DoubleVectorBuilder extends VectorBuilder {
  private double[] values = new double[FIRST_CAPACITY];

  DoubleVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendDouble(double value) {
    ensureRoom();
    values[rowCount()] = value;
    rowAppended();
  }

  @Override
  void appendNullRow() {
    ensureRoom();
  }

  @Override
  void appendObject(Object value) {
    if (!(value instanceof Double boxed)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    appendDouble(boxed);
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof DoubleVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendDouble(vector.values()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    DoubleVector built = new DoubleVector(type(), rows, values, mask);
    values = new double[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == values.length) {
      values = Arrays.copyOf(values, grown(values.length, rowCount() + 1));
    }
  }
}
