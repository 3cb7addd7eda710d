package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps: seconds since the begin of 2015, and nanoseconds. Source: ORC specification,
 * "Timestamp Columns".
 */
final class TimestampColumn extends OrcColumn {
  private static final int NANOS_A_SECOND = 1_000_000_000;
  private static final int NANOS_A_MICRO = 1_000;
  private static final int ZEROS_BITS = 3;
  private static final long[] POWERS = {
    1, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private final SqlType type;
  private final IntegerReader seconds;
  private final IntegerReader nanos;
  private final OrcClock clock;
  private final int nanosAUnit;

  /**
   * @param clock that the seconds are to be understood by
   * @param isNano whether the type counts nanoseconds
   */
  TimestampColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      SqlType type,
      IntegerReader seconds,
      IntegerReader nanos,
      OrcClock clock,
      boolean isNano) {
    super(present, memory);
    this.type = type;
    this.seconds = seconds;
    this.nanos = nanos;
    this.clock = clock;
    this.nanosAUnit = isNano ? 1 : NANOS_A_MICRO;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    memory().take(rows, 2 * Long.BYTES);
    long[] values = new long[rows];
    long[] fractions = new long[rows];
    seconds.read(values, count);
    nanos.read(fractions, count);
    for (int i = 0; i < count; i++) {
      long fraction = fraction(fractions[i]);
      values[i] =
          Math.addExact(
              Math.multiplyExact(
                  clock.epochSecond(values[i], fraction), (long) NANOS_A_SECOND / nanosAUnit),
              fraction / nanosAUnit);
    }
    if (nulls != null) {
      IntegerColumn.spread(values, rows, nulls, count);
    }
    return new LongVector(type, rows, values, nulls);
  }

  private static long fraction(long stored) {
    long value = (stored >>> ZEROS_BITS) * POWERS[(int) (stored & ((1 << ZEROS_BITS) - 1))];
    if (value < 0 || value >= NANOS_A_SECOND || stored >>> ZEROS_BITS >= NANOS_A_SECOND) {
      throw new MalformedDataException("a second of " + value + " nanoseconds");
    }
    return value;
  }

  @Override
  void skipValues(long count) {
    seconds.skip(count);
    nanos.skip(count);
  }
}
