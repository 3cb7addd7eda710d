package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** DOUBLE, or FLOAT of a promoted column, to double. */
final class DoubleSink extends VectorSink {
  private final boolean fromFloat;
  private double[] values = new double[0];
  private double[] some = new double[0];
  private float[] scratch = new float[0];

  DoubleSink(SqlType type, boolean fromFloat) {
    super(type);
    this.fromFloat = fromFloat;
  }

  @Override
  VectorSink fresh() {
    return new DoubleSink(type, fromFloat);
  }

  @Override
  void begin(int capacity) {
    if (!reusesArray(values.length, capacity)) {
      values = new double[capacity];
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
    if (!fromFloat) {
      decoder.readDoubles(values, size, count);
      return;
    }
    if (scratch.length < count) {
      scratch = new float[count];
    }
    decoder.readFloats(scratch, 0, count);
    for (int i = 0; i < count; i++) {
      values[size + i] = scratch[i];
    }
  }

  @Override
  void decodeSome(ValueDecoder decoder, int present, int[] ordinals, int picked) {
    // numbers are decoded faster in bulk than one by one
    double[] target = values;
    int start = size;
    if (some.length < present) {
      some = new double[present];
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
    double[] source = ((DoubleVector) dictionary).values();
    double[] target = values;
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
    return new DoubleVector(type, size, values, nulls);
  }
}
