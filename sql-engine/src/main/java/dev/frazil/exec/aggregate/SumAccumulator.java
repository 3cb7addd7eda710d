package dev.frazil.exec.aggregate;

import dev.frazil.kernel.GroupRuns;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUM of integers and decimals: exact, null over no value, 22003 where the type is too narrow. */
final class SumAccumulator implements Accumulator {
  private static final SqlType STATE = new SqlType.DecimalType(38, 0);

  private final SqlType type;
  private final int scale;
  private final ExactSums sums = new ExactSums();
  private final SeenGroups seen;

  SumAccumulator(SqlType argument, SqlType type, boolean filtered) {
    this.type = type;
    this.scale = ExactNumbers.scale(argument);
    this.seen = new SeenGroups(filtered);
  }

  ExactSums sums() {
    return sums;
  }

  @Override
  public void grow(int groupCount) {
    sums.grow(groupCount);
    seen.grow(groupCount);
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector values = arguments.get(0);
    seen.mark(groups, rows, count, values.nulls());
    sums.add(values, rows, count, groups);
  }

  @Override
  public boolean addRuns(List<ColumnVector> arguments, GroupRuns ordered) {
    return seen.seeAll(arguments.get(0).nulls()) && sums.addRuns(arguments.get(0), ordered);
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(STATE);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(
        new Int128Vector(
            STATE, count, sums.high(from, count), sums.low(from, count), seen.unseen(from, count)));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    add(states, null, count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    long[] high = sums.high(from, count);
    long[] low = sums.low(from, count);
    boolean[] nulls = seen.unseen(from, count);
    if (type == SqlType.Primitive.BIGINT && scale == 0 && nulls == null && fit(high, low)) {
      return new LongVector(type, count, low, null);
    }
    VectorBuilder builder = VectorBuilder.of(type);
    for (int k = 0; k < count; k++) {
      if (nulls != null && nulls[k]) {
        builder.appendNull();
      } else {
        ExactNumbers.append(builder, high[k], low[k], scale, 1);
      }
    }
    return builder.build();
  }

  private static boolean fit(long[] high, long[] low) {
    for (int k = 0; k < high.length; k++) {
      if (high[k] != low[k] >> 63) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long sizeBytes() {
    return sums.sizeBytes() + seen.sizeBytes();
  }
}
