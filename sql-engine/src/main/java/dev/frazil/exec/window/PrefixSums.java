package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.plan.AggregateCall;
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
 * COUNT, and exact SUM and AVG, over any frame in O(1): the difference of two running totals.
 * Decimals so wide that a total might leave 128 bits are left to a {@link FrameTree}, which tells
 * where a frame's does.
 */
final class PrefixSums implements FrameStates {
  private static final SqlType SUM = new SqlType.DecimalType(38, 0);

  /** Of the upper halves of all values: below it no total leaves 128 bits. */
  private static final long MOST_MAGNITUDE = 1L << 62;

  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final AggregateFunction function;
  private @Nullable FrameTree tree;
  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];
  private long[] counts = new long[1];
  private long[] high = new long[1];
  private long[] low = new long[1];

  PrefixSums(AggregateCall call, List<SqlType> inputTypes) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.function = call.function();
  }

  @Override
  public void open(WindowRows rows, List<ColumnVector> arguments, boolean @Nullable [] counted) {
    tree = null;
    if (function != AggregateFunction.COUNT && mayWrap(arguments.get(0))) {
      FrameTree checked = new FrameTree(call, inputTypes);
      checked.open(rows, arguments, counted);
      tree = checked;
      return;
    }
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

  private static boolean mayWrap(ColumnVector values) {
    if (!(values instanceof Int128Vector wide)) {
      return false;
    }
    long magnitude = 0;
    for (int row = 0; row < wide.rowCount() && magnitude < MOST_MAGNITUDE; row++) {
      magnitude += wide.isNull(row) ? 0 : Math.abs(wide.high()[row]) + 1;
    }
    return magnitude >= MOST_MAGNITUDE;
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
  public void addTo(Accumulator target, RowRanges frames, int from, int count) {
    FrameTree checked = tree;
    if (checked != null) {
      checked.addTo(target, frames, from, count);
      return;
    }
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
