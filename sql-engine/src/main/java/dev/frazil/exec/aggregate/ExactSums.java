package dev.frazil.exec.aggregate;

import dev.frazil.kernel.AggregateKernels;
import dev.frazil.kernel.GroupRuns;
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
      addLongs(longs.values(), nulls, rows, count, groups);
    } else if (values instanceof Int128Vector wide && wide.fitsLongs()) {
      addLongs(wide.low(), nulls, rows, count, groups);
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

  private void addLongs(
      long[] values,
      boolean @Nullable [] nulls,
      int @Nullable [] rows,
      int count,
      int @Nullable [] groups) {
    if (groups == null) {
      AggregateKernels.sumLongs(0, rows, count, values, nulls, high, low);
    } else {
      AggregateKernels.sumLongs(groups, rows, count, values, nulls, high, low);
    }
  }

  /** As {@link #add}; false, with nothing added, where that is of no use. No value is null. */
  boolean addRuns(ColumnVector values, GroupRuns ordered) {
    if (values instanceof LongVector longs) {
      return ordered.sumLongs(longs.values(), high, low);
    }
    return values instanceof Int128Vector wide
        && wide.fitsLongs()
        && ordered.sumLongs(wide.low(), high, low);
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
