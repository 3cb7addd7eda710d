package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.BytesTarget;
import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Everything that becomes a 64-bit integer: bigint, times, timestamps, short decimals. */
final class LongSink extends VectorSink {

  /** What the file holds. */
  enum Source {
    INT64,
    INT64_MILLIS,
    INT64_NANOS,
    INT32,
    INT32_UNSIGNED,
    INT32_MILLIS,
    /** Dates of a column that was made a timestamp. */
    DAYS_AS_MICROS,
    DAYS_AS_NANOS,
    /** Timestamps of a column that counts nanoseconds. */
    MICROS_AS_NANOS,
    MILLIS_AS_NANOS,
    /** Nanoseconds of the day and Julian day, 12 bytes. */
    INT96,
    /** Big-endian two's complement, of fixed or own length. */
    BYTES
  }

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long NANOS_PER_MICRO = 1000;
  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

  private final Source source;
  private long[] values = new long[0];
  private long[] some = new long[0];
  private int[] scratch = new int[0];

  LongSink(SqlType type, Source source) {
    super(type);
    this.source = source;
  }

  @Override
  VectorSink fresh() {
    return new LongSink(type, source);
  }

  @Override
  void begin(int capacity) {
    if (!reusesArray(values.length, capacity)) {
      values = new long[capacity];
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
    switch (source) {
      case INT64 -> decoder.readLongs(values, size, count);
      case INT64_MILLIS -> {
        decoder.readLongs(values, size, count);
        for (int i = size; i < size + count; i++) {
          values[i] = times1000(values[i]);
        }
      }
      case INT64_NANOS -> {
        decoder.readLongs(values, size, count);
        for (int i = size; i < size + count; i++) {
          values[i] = Math.floorDiv(values[i], 1000L);
        }
      }
      case INT32 -> {
        int[] ints = readInts(decoder, count);
        for (int i = 0; i < count; i++) {
          values[size + i] = ints[i];
        }
      }
      case INT32_UNSIGNED -> {
        int[] ints = readInts(decoder, count);
        for (int i = 0; i < count; i++) {
          values[size + i] = ints[i] & 0xFFFFFFFFL;
        }
      }
      case INT32_MILLIS -> {
        int[] ints = readInts(decoder, count);
        for (int i = 0; i < count; i++) {
          values[size + i] = ints[i] * 1000L;
        }
      }
      case DAYS_AS_MICROS, DAYS_AS_NANOS -> {
        long unit =
            source == Source.DAYS_AS_MICROS ? MICROS_PER_DAY : MICROS_PER_DAY * NANOS_PER_MICRO;
        int[] ints = readInts(decoder, count);
        for (int i = 0; i < count; i++) {
          values[size + i] = times(ints[i], unit);
        }
      }
      case MICROS_AS_NANOS, MILLIS_AS_NANOS -> {
        long unit = source == Source.MICROS_AS_NANOS ? NANOS_PER_MICRO : 1_000_000;
        decoder.readLongs(values, size, count);
        for (int i = size; i < size + count; i++) {
          values[i] = times(values[i], unit);
        }
      }
      case INT96 -> decodeInt96(decoder, count);
      case BYTES -> decodeBytes(decoder, count);
    }
  }

  private int[] readInts(ValueDecoder decoder, int count) {
    if (scratch.length < count) {
      scratch = new int[count];
    }
    decoder.readInts(scratch, 0, count);
    return scratch;
  }

  private void decodeInt96(ValueDecoder decoder, int count) {
    BytesTarget bytes = new BytesTarget(count, count * 12);
    decoder.readBytes(bytes, count);
    for (int i = 0; i < count; i++) {
      int at = bytes.offsets()[i];
      long nanosOfDay = LittleEndian.int64(bytes.data(), at);
      long day = (long) LittleEndian.int32(bytes.data(), at + 8) - JULIAN_DAY_OF_EPOCH;
      values[size + i] = day * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000L);
    }
  }

  private void decodeBytes(ValueDecoder decoder, int count) {
    BytesTarget bytes = new BytesTarget(count, count * Long.BYTES);
    decoder.readBytes(bytes, count);
    byte[] data = bytes.data();
    int[] offsets = bytes.offsets();
    for (int i = 0; i < count; i++) {
      int start = offsets[i];
      int end = offsets[i + 1];
      if (start == end) {
        throw new MalformedDataException("a decimal of no bytes");
      }
      long value = data[start];
      // Leading bytes beyond eight may only repeat the sign.
      for (int at = start + 1; at < end; at++) {
        if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
          throw new MalformedDataException("a decimal of more than 64 bits in a short column");
        }
        value = value << 8 | (data[at] & 0xFF);
      }
      values[size + i] = value;
    }
  }

  private static long times1000(long millis) {
    return times(millis, 1000L);
  }

  private static long times(long value, long unit) {
    long product = value * unit;
    if (Math.multiplyHigh(value, unit) != product >> 63) {
      throw new MalformedDataException(
          "a timestamp of " + value + " times " + unit + " is out of range");
    }
    return product;
  }

  @Override
  void decodeSome(ValueDecoder decoder, int present, int[] ordinals, int picked) {
    // numbers are decoded faster in bulk than one by one
    long[] target = values;
    int start = size;
    if (some.length < present) {
      some = new long[present];
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
    long[] from = ((LongVector) dictionary).values();
    long[] target = values;
    int offset = size;
    for (int i = 0; i < count; i++) {
      target[offset + i] = from[ids[i]];
    }
  }

  @Override
  void spread(int present, int rows, boolean[] nulls, int nullsFrom) {
    int from = size + present;
    for (int i = rows - 1; i >= 0; i--) {
      if (!nulls[nullsFrom + i]) {
        values[size + i] = values[--from];
      }
    }
  }

  @Override
  ColumnVector finish(boolean @Nullable [] nulls) {
    return new LongVector(type, size, values, nulls);
  }
}
