package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** INT32 to integers and dates. */
final class IntSink extends VectorSink {
  private int[] values = new int[0];
  private int[] some = new int[0];

  IntSink(SqlType type) {
    super(type);
  }

  @Override
  VectorSink fresh() {
    return new IntSink(type);
  }

  @Override
  void begin(int capacity) {
    if (!reusesArray(values.length, capacity)) {
      values = new int[capacity];
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
    decoder.readInts(values, size, count);
  }

  @Override
  void decodeSome(ValueDecoder decoder, int present, int[] ordinals, int picked) {
    // numbers are decoded faster in bulk than one by one
    int[] target = values;
    int start = size;
    if (some.length < present) {
      some = new int[present];
    }
    values = some;
    size = 0;
    decode(decoder, present);
    values = target;
    size = start;
    for (int i = 0; i < picked; i++) {
      target[start + i] = some[ordinals[i]];
    }
  }

  @Override
  void gather(int[] ids, int count, ColumnVector dictionary) {
    int[] source = ((IntVector) dictionary).values();
    int[] target = values;
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
    return new IntVector(type, size, values, nulls);
  }
}
