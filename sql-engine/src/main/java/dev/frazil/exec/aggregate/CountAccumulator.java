package dev.frazil.exec.aggregate;

import dev.frazil.kernel.AggregateKernels;
import dev.frazil.kernel.GroupRuns;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COUNT: of rows, or of rows where no argument is null. */
final class CountAccumulator implements Accumulator {
  private long[] counts = new long[16];

  @Override
  public void grow(int groupCount) {
    if (counts.length < groupCount) {
      counts = Arrays.copyOf(counts, SeenGroups.capacity(counts.length, groupCount));
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    boolean[] nulls = anyNull(arguments);
    if (groups == null) {
      counts[0] += AggregateKernels.countNotNull(rows, count, nulls);
    } else {
      AggregateKernels.countNotNull(groups, rows, count, nulls, counts);
    }
  }

  @Override
  public boolean addRuns(List<ColumnVector> arguments, GroupRuns ordered) {
    for (ColumnVector argument : arguments) {
      if (argument.nulls() != null) {
        return false;
      }
    }
    ordered.count(counts);
    return true;
  }

  private static boolean @Nullable [] anyNull(List<ColumnVector> arguments) {
    boolean[] all = null;
    for (ColumnVector argument : arguments) {
      boolean[] nulls = argument.nulls();
      if (nulls != null) {
        all = all == null ? nulls : union(all, nulls, argument.rowCount());
      }
    }
    return all;
  }

  private static boolean[] union(boolean[] one, boolean[] other, int rowCount) {
    boolean[] union = new boolean[rowCount];
    for (int row = 0; row < rowCount; row++) {
      union[row] = one[row] || other[row];
    }
    return union;
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(Primitive.BIGINT);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(results(from, count));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    long[] added = ((LongVector) states.get(0)).values();
    for (int k = 0; k < count; k++) {
      counts[groups[k]] += added[k];
    }
  }

  @Override
  public ColumnVector results(int from, int count) {
    return new LongVector(
        Primitive.BIGINT, count, Arrays.copyOfRange(counts, from, from + count), null);
  }

  @Override
  public long sizeBytes() {
    return counts.length * 8L;
  }
}
