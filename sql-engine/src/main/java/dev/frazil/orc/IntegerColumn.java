package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Integers, dates and times, as ints or as longs. */
final class IntegerColumn extends OrcColumn {
  private final SqlType type;
  private final IntegerReader in;
  private final @Nullable LongUnaryOperator conversion;
  private long[] scratch = new long[0];

  /**
   * @param conversion from the file's value to the vector's; null if they are the same
   */
  IntegerColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      SqlType type,
      IntegerReader in,
      @Nullable LongUnaryOperator conversion) {
    super(present, memory);
    this.type = type;
    this.in = in;
    this.conversion = conversion;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    boolean isInt = type.kind() == PhysicalKind.INT;
    memory().take(rows, isInt ? Integer.BYTES : Long.BYTES);
    long[] values;
    if (isInt) {
      if (scratch.length < rows) {
        memory().take(rows, Long.BYTES);
        scratch = new long[rows];
      }
      values = scratch;
    } else {
      values = new long[rows];
    }
    in.read(values, count);
    if (conversion != null) {
      for (int i = 0; i < count; i++) {
        values[i] = conversion.applyAsLong(values[i]);
      }
    }
    if (nulls != null) {
      spread(values, rows, nulls, count);
    }
    return isInt ? ints(values, rows, nulls) : new LongVector(type, rows, values, nulls);
  }

  private IntVector ints(long[] values, int rows, boolean @Nullable [] nulls) {
    int[] ints = new int[rows];
    for (int i = 0; i < rows; i++) {
      ints[i] = (int) values[i];
      if (ints[i] != values[i]) {
        throw new MalformedDataException("a value " + values[i] + " where ints are");
      }
    }
    return new IntVector(type, rows, ints, nulls);
  }

  /** Moves the first {@code count} values to the rows that are not null, and zeros the others. */
  static void spread(long[] values, int rows, boolean[] nulls, int count) {
    int from = count;
    for (int row = rows - 1; row >= 0; row--) {
      values[row] = nulls[row] ? 0 : values[--from];
    }
  }

  @Override
  void skipValues(long count) {
    in.skip(count);
  }
}
