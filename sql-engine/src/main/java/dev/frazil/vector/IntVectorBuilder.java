package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class IntVectorBuilder extends VectorBuilder {
  private int[] values = new int[FIRST_CAPACITY];

  IntVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendInt(int value) {
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
    if (!(value instanceof Integer boxed)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    appendInt(boxed);
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof IntVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendInt(vector.values()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    IntVector built = new IntVector(type(), rows, values, mask);
    values = new int[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == values.length) {
      values = Arrays.copyOf(values, grown(values.length, rowCount() + 1));
    }
  }
}
