package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BOOLEAN. */
final class BooleanSink extends VectorSink {
  private boolean[] values = new boolean[0];

  BooleanSink(SqlType type) {
    super(type);
  }

  @Override
  VectorSink fresh() {
    return new BooleanSink(type);
  }

  @Override
  void begin(int capacity) {
    values = new boolean[capacity];
    size = 0;
  }

  @Override
  void reserve(int rows) {
    if (values.length - size < rows) {
      values = Arrays.copyOf(values, Math.max(values.length * 2, size + rows));
    }
  }

  @Override
  void decode(ValueDecoder decoder, int count) {
    decoder.readBooleans(values, size, count);
  }

  @Override
  void gather(int[] ids, int count, ColumnVector dictionary) {
    boolean[] source = ((BooleanVector) dictionary).values();
    for (int i = 0; i < count; i++) {
      values[size + i] = source[ids[i]];
    }
  }

  @Override
  void spread(int present, int rows, boolean[] nulls, int nullsFrom) {
    int source = size + present;
    for (int i = rows - 1; i >= 0; i--) {
      if (!nulls[nullsFrom + i]) {
        values[size + i] = values[--source];
      }
    }
  }

  @Override
  ColumnVector finish(boolean @Nullable [] nulls) {
    return new BooleanVector(type, size, values, nulls);
  }
}
