package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.FloatVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** FLOAT to real. */
final class FloatSink extends VectorSink {
  private float[] values = new float[0];

  FloatSink(SqlType type) {
    super(type);
  }

  @Override
  VectorSink fresh() {
    return new FloatSink(type);
  }

  @Override
  void begin(int capacity) {
    if (!reusesArray(values.length, capacity)) {
      values = new float[capacity];
    }
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
    decoder.readFloats(values, size, count);
  }

  @Override
  void gather(int[] ids, int count, ColumnVector dictionary) {
    float[] source = ((FloatVector) dictionary).values();
    float[] target = values;
    int offset = size;
    for (int i = 0; i < count; i++) {
      target[offset + i] = source[ids[i]];
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
    return new FloatVector(type, size, values, nulls);
  }
}
