package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.BytesTarget;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decimals of more than 18 digits, from any physical type that may hold a decimal. */
final class Int128Sink extends VectorSink {

  /** What the file holds. */
  enum Source {
    INT32,
    INT32_UNSIGNED,
    INT64,
    INT64_UNSIGNED,
    /** Big-endian two's complement, of fixed or own length. */
    BYTES
  }

  private final Source source;
  private long[] high = new long[0];
  private long[] low = new long[0];
  private int[] scratch = new int[0];

  Int128Sink(SqlType type, Source source) {
    super(type);
    this.source = source;
  }

  @Override
  VectorSink fresh() {
    return new Int128Sink(type, source);
  }

  @Override
  void begin(int capacity) {
    if (!reusesArray(low.length, capacity)) {
      high = new long[capacity];
      low = new long[capacity];
    }
    size = 0;
  }

  @Override
  void reserve(int rows) {
    if (low.length - size < rows) {
      int capacity = Math.max(low.length * 2, size + rows);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
  }

  @Override
  void decode(ValueDecoder decoder, int count) {
    switch (source) {
      case INT32, INT32_UNSIGNED -> {
        if (scratch.length < count) {
          scratch = new int[count];
        }
        decoder.readInts(scratch, 0, count);
        for (int i = 0; i < count; i++) {
          boolean isSigned = source == Source.INT32;
          low[size + i] = isSigned ? scratch[i] : Integer.toUnsignedLong(scratch[i]);
          high[size + i] = isSigned ? scratch[i] >> 31 : 0;
        }
      }
      case INT64 -> {
        decoder.readLongs(low, size, count);
        for (int i = 0; i < count; i++) {
          high[size + i] = low[size + i] >> 63;
        }
      }
      case INT64_UNSIGNED -> {
        decoder.readLongs(low, size, count);
        Arrays.fill(high, size, size + count, 0);
      }
      case BYTES -> decodeBytes(decoder, count);
    }
  }

  private void decodeBytes(ValueDecoder decoder, int count) {
    BytesTarget bytes = new BytesTarget(count, count * 16);
    decoder.readBytes(bytes, count);
    byte[] data = bytes.data();
    for (int i = 0; i < count; i++) {
      int start = bytes.offsets()[i];
      int end = bytes.offsets()[i + 1];
      if (start == end) {
        throw new MalformedDataException("a decimal of no bytes");
      }
      long upper = data[start] >> 7;
      long lower = upper;
      for (int at = start; at < end; at++) {
        if (upper > Long.MAX_VALUE >> 8 || upper < Long.MIN_VALUE >> 8) {
          throw new MalformedDataException("a decimal of more than 128 bits");
        }
        upper = upper << 8 | lower >>> 56;
        lower = lower << 8 | (data[at] & 0xFF);
      }
      high[size + i] = upper;
      low[size + i] = lower;
    }
  }

  @Override
  void gather(int[] ids, int count, ColumnVector dictionary) {
    Int128Vector from = (Int128Vector) dictionary;
    for (int i = 0; i < count; i++) {
      high[size + i] = from.high()[ids[i]];
      low[size + i] = from.low()[ids[i]];
    }
  }

  @Override
  void spread(int present, int rows, boolean[] nulls, int nullsFrom) {
    int from = size + present;
    for (int i = rows - 1; i >= 0; i--) {
      if (!nulls[nullsFrom + i]) {
        from--;
        high[size + i] = high[from];
        low[size + i] = low[from];
      }
    }
  }

  @Override
  ColumnVector finish(boolean @Nullable [] nulls) {
    return new Int128Vector(type, size, high, low, nulls);
  }
}
