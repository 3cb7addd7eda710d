package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COUNT, and exact SUM and AVG, over any frame in O(1): the difference of two running totals. The
 * totals wrap around at 128 bits, their differences are right all the same.
 */
final class PrefixSums implements FrameStates {
  private static final SqlType SUM = new SqlType.DecimalType(38, 0);

  private final AggregateFunction function;
  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];
  private long[] counts = new long[1];
  private long[] high = new long[1];
  private long[] low = new long[1];

  PrefixSums(AggregateFunction function) {
    this.function = function;
  }

  @Override
  public void open(WindowRows rows, List<ColumnVector> arguments, boolean @Nullable [] counted) {
    int count = rows.rowCount();
    counts = new long[count + 1];
    for (int row = 0; row < count; row++) {
      boolean isCounted = counted == null || counted[row];
      for (ColumnVector argument : arguments) {
        isCounted &= !argument.isNull(row);
      }
      counts[row + 1] = counts[row] + (isCounted ? 1 : 0);
    }
    if (function != AggregateFunction.COUNT) {
      sum(arguments.get(0), count);
    }
  }

  private void sum(ColumnVector values, int count) {
    high = new long[count + 1];
    low = new long[count + 1];
    for (int row = 0; row < count; row++) {
      long upper = 0;
      long lower = 0;
      if (counts[row + 1] > counts[row]) {
        if (values instanceof Int128Vector wide) {
          upper = wide.high()[row];
          lower = wide.low()[row];
        } else {
          lower =
              values instanceof LongVector longs
                  ? longs.values()[row]
                  : ((IntVector) values).values()[row];
          upper = lower >> 63;
        }
      }
      low[row + 1] = low[row] + lower;
      int carry = Long.compareUnsigned(low[row + 1], lower) < 0 ? 1 : 0;
      high[row + 1] = high[row] + upper + carry;
    }
  }

  @Override
  public void addTo(Accumulator target, FrameRows frames, int from, int count) {
    long[] counted = new long[count];
    long[] upper = new long[count];
    long[] lower = new long[count];
    boolean[] nulls = new boolean[count];
    boolean sums = function != AggregateFunction.COUNT;
    for (int i = 0; i < count; i++) {
      int rangeCount = frames.ranges(from + i, ranges);
      for (int range = 0; range < rangeCount; range++) {
        int start = ranges[2 * range];
        int end = ranges[2 * range + 1];
        counted[i] += counts[end] - counts[start];
        if (sums) {
          long lowPart = low[end] - low[start];
          long borrow = Long.compareUnsigned(low[end], low[start]) < 0 ? 1 : 0;
          lower[i] += lowPart;
          long carry = Long.compareUnsigned(lower[i], lowPart) < 0 ? 1 : 0;
          upper[i] += high[end] - high[start] - borrow + carry;
        }
      }
      nulls[i] = counted[i] == 0;
    }
    List<ColumnVector> states = new ArrayList<>();
    if (sums) {
      // An average counts for itself: a null there would hide its sum of zero only.
      boolean[] mask = function == AggregateFunction.SUM ? nulls : null;
      states.add(new Int128Vector(SUM, count, upper, lower, mask));
    }
    if (function != AggregateFunction.SUM) {
      states.add(new LongVector(SqlType.Primitive.BIGINT, count, counted, null));
    }
    target.merge(states, count, VectorGather.range(0, count));
  }

  @Override
  public long bytesPerRow() {
    return function == AggregateFunction.COUNT ? 8 : 24;
  }
}
