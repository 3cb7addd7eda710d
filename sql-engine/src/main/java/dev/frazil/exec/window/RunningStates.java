package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MIN, MAX, ANY_VALUE and floating-point SUM and AVG over frames that begin with the partition:
 * each row's total is the one before it and the row itself.
 */
final class RunningStates implements FrameStates {
  private static final int NONE = -1;

  private final AggregateFunction function;
  private ColumnVector values = new LongVector(Primitive.BIGINT, 0, new long[0], null);

  /** By row: the place of the extreme up to it, or {@link #NONE}. */
  private int[] best = new int[0];

  private double[] sums = new double[0];
  private long[] counts = new long[0];

  RunningStates(AggregateFunction function) {
    this.function = function;
  }

  private boolean sums() {
    return function == AggregateFunction.SUM || function == AggregateFunction.AVG;
  }

  @Override
  public void open(WindowRows rows, List<ColumnVector> arguments, boolean @Nullable [] counted) {
    values = arguments.get(0);
    best = new int[sums() ? 0 : rows.rowCount()];
    sums = new double[sums() ? rows.rowCount() : 0];
    counts = new long[sums.length];
    for (int partition = 0; partition < rows.partitionCount(); partition++) {
      int from = rows.partitionStart(partition);
      int to = rows.partitionEnd(partition);
      if (sums()) {
        sum(from, to, counted);
      } else {
        choose(from, to, counted);
      }
    }
  }

  private void sum(int from, int to, boolean @Nullable [] counted) {
    double sum = 0;
    long count = 0;
    for (int row = from; row < to; row++) {
      if ((counted == null || counted[row]) && !values.isNull(row)) {
        sum +=
            values instanceof DoubleVector doubles
                ? doubles.values()[row]
                : ((FloatVector) values).values()[row];
        count++;
      }
      sums[row] = sum;
      counts[row] = count;
    }
  }

  private void choose(int from, int to, boolean @Nullable [] counted) {
    int chosen = NONE;
    for (int row = from; row < to; row++) {
      if ((counted == null || counted[row])
          && !values.isNull(row)
          && (chosen == NONE || isBetter(row, chosen))) {
        chosen = row;
      }
      best[row] = chosen;
    }
  }

  private boolean isBetter(int row, int than) {
    if (function == AggregateFunction.ANY_VALUE) {
      return false;
    }
    int order = CompareKernels.compare(values, row, values, than);
    boolean greatest = function == AggregateFunction.MAX || function == AggregateFunction.BOOL_OR;
    return greatest ? order > 0 : order < 0;
  }

  @Override
  public void addTo(Accumulator target, RowRanges frames, int from, int count) {
    int[] last = new int[count];
    for (int i = 0; i < count; i++) {
      int end = frames.end(from + i);
      last[i] = end > frames.start(from + i) ? end - 1 : NONE;
    }
    target.merge(sums() ? totals(last) : extremes(last), count, VectorGather.range(0, count));
  }

  private List<ColumnVector> totals(int[] last) {
    double[] sum = new double[last.length];
    long[] count = new long[last.length];
    for (int i = 0; i < last.length; i++) {
      if (last[i] != NONE) {
        sum[i] = sums[last[i]];
        count[i] = counts[last[i]];
      }
    }
    return List.of(
        new DoubleVector(Primitive.DOUBLE, last.length, sum, null),
        new LongVector(Primitive.BIGINT, last.length, count, null));
  }

  private List<ColumnVector> extremes(int[] last) {
    int[] places = new int[last.length];
    boolean[] present = new boolean[last.length];
    Arrays.fill(places, NONE);
    for (int i = 0; i < last.length; i++) {
      if (last[i] != NONE) {
        places[i] = best[last[i]];
      }
      present[i] = places[i] != NONE;
    }
    ColumnVector state = VectorGather.gatherOrNull(values, places, places.length);
    return function == AggregateFunction.ANY_VALUE
        ? List.of(state, new BooleanVector(Primitive.BOOLEAN, last.length, present, null))
        : List.of(state);
  }

  @Override
  public long bytesPerRow() {
    return sums() ? 16 : 4;
  }
}
