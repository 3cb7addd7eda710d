package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps: append the entries of a row to {@link #keys()} and {@link #mapValues()}, then call {@link
 * #endRow()}.
 */
public final class MapVectorBuilder extends VectorBuilder {
  private final VectorBuilder keys;
  private final VectorBuilder mapValues;
  private int[] offsets = new int[FIRST_CAPACITY];

  MapVectorBuilder(SqlType.MapType type) {
    super(type);
    this.keys = VectorBuilder.of(type.key());
    this.mapValues = VectorBuilder.of(type.value());
  }

  public VectorBuilder keys() {
    return keys;
  }

  public VectorBuilder mapValues() {
    return mapValues;
  }

  /** Ends a row: it holds the entries appended since the row before. */
  public void endRow() {
    appendNullRow();
    rowAppended();
  }

  @Override
  void appendNullRow() {
    if (rowCount() + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, rowCount() + 2));
    }
    offsets[rowCount() + 1] = keys.rowCount();
  }

  @Override
  void appendObject(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      keys.appendValue(entry.getKey());
      mapValues.appendValue(entry.getValue());
    }
    endRow();
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof MapVector vector)) {
      throw mismatch(source.type().sqlName());
    }
    int from = vector.offsets()[row];
    int count = vector.offsets()[row + 1] - from;
    keys.appendRange(vector.keys(), from, count);
    mapValues.appendRange(vector.mapValues(), from, count);
    endRow();
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    MapVector built = new MapVector(type(), rows, offsets, keys.build(), mapValues.build(), mask);
    offsets = new int[FIRST_CAPACITY];
    return built;
  }
}
