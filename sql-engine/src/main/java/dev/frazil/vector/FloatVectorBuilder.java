package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class FloatVectorBuilder extends VectorBuilder {
  private float[] values = new float[FIRST_CAPACITY];

  FloatVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendFloat(float value) {
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
    if (!(value instanceof Float boxed)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    appendFloat(boxed);
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof FloatVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendFloat(vector.values()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    FloatVector built = new FloatVector(type(), rows, values, mask);
    values = new float[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == values.length) {
      values = Arrays.copyOf(values, grown(values.length, rowCount() + 1));
    }
  }
}
