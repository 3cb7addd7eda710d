package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class BooleanVectorBuilder extends VectorBuilder {
  private boolean[] values = new boolean[FIRST_CAPACITY];

  BooleanVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendBoolean(boolean value) {
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
    if (!(value instanceof Boolean boxed)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    appendBoolean(boxed);
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof BooleanVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendBoolean(vector.values()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    BooleanVector built = new BooleanVector(type(), rows, values, mask);
    values = new boolean[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == values.length) {
      values = Arrays.copyOf(values, grown(values.length, rowCount() + 1));
    }
  }
}
