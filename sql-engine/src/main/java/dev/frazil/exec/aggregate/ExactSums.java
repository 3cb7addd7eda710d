package dev.frazil.exec.aggregate;

import dev.frazil.kernel.AggregateKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** 128-bit sums of integers or unscaled decimals, by group; 22003 beyond 128 bits. One thread. */
final class ExactSums {
  private long[] high = new long[16];
  private long[] low = new long[16];
  private int[] zeros = new int[0];

  void grow(int groupCount) {
    if (high.length < groupCount) {
      int capacity = SeenGroups.capacity(high.length, groupCount);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
  }

  void add(ColumnVector values, int @Nullable [] rows, int count, int @Nullable [] groups) {
    boolean[] nulls = values.nulls();
    if (values instanceof LongVector longs) {
      if (groups == null) {
        AggregateKernels.sumLongs(0, rows, count, longs.values(), nulls, high, low);
      } else {
        AggregateKernels.sumLongs(groups, rows, count, longs.values(), nulls, high, low);
      }
    } else if (values instanceof Int128Vector wide) {
      if (groups == null) {
        AggregateKernels.sumInt128s(0, rows, count, wide.high(), wide.low(), nulls, high, low);
      } else {
        AggregateKernels.sumInt128s(groups, rows, count, wide.high(), wide.low(), nulls, high, low);
      }
    } else {
      int[] ints = ((IntVector) values).values();
      AggregateKernels.sumInts(
          groups == null ? zeros(count) : groups, rows, count, ints, nulls, high, low);
    }
  }

  private int[] zeros(int count) {
    if (zeros.length < count) {
      zeros = new int[count];
    }
    return zeros;
  }

  long[] high(int from, int count) {
    return Arrays.copyOfRange(high, from, from + count);
  }

  long[] low(int from, int count) {
    return Arrays.copyOfRange(low, from, from + count);
  }

  long sizeBytes() {
    return high.length * 16L;
  }
}
