package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists: append the elements of a row to {@link #elements()}, then call {@link #endRow()}. */
public final class ListVectorBuilder extends VectorBuilder {
  private final VectorBuilder elements;
  private int[] offsets = new int[FIRST_CAPACITY];

  ListVectorBuilder(SqlType.ArrayType type) {
    super(type);
    this.elements = VectorBuilder.of(type.element());
  }

  public VectorBuilder elements() {
    return elements;
  }

  /** Ends a row: it holds the elements appended since the row before. */
  public void endRow() {
    appendNullRow();
    rowAppended();
  }

  @Override
  void appendNullRow() {
    if (rowCount() + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, rowCount() + 2));
    }
    offsets[rowCount() + 1] = elements.rowCount();
  }

  @Override
  void appendObject(Object value) {
    if (!(value instanceof List<?> list)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    for (Object element : list) {
      elements.appendValue(element);
    }
    endRow();
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof ListVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    int from = vector.offsets()[row];
    elements.appendRange(vector.elements(), from, vector.offsets()[row + 1] - from);
    endRow();
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    ListVector built = new ListVector(type(), rows, offsets, elements.build(), mask);
    offsets = new int[FIRST_CAPACITY];
    return built;
  }
}
