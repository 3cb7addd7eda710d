package dev.frazil.exec.aggregate;

import dev.frazil.kernel.GroupRuns;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AVG of integers and decimals: an exact sum and a count, divided once, rounded half up. */
final class AverageAccumulator implements Accumulator {
  private static final SqlType SUM = new SqlType.DecimalType(38, 0);

  private final SqlType type;
  private final int scale;
  private ExactSums sums = new ExactSums();
  private boolean addsSums = true;
  private final CountAccumulator counts = new CountAccumulator();

  AverageAccumulator(SqlType argument, SqlType type) {
    this.type = type;
    this.scale = ExactNumbers.scale(argument);
  }

  /** Takes the sums of a SUM over the same rows rather than adding them up again. */
  void divide(SumAccumulator sum) {
    sums = sum.sums();
    addsSums = false;
  }

  @Override
  public void grow(int groupCount) {
    sums.grow(groupCount);
    counts.grow(groupCount);
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    if (addsSums) {
      sums.add(arguments.get(0), rows, count, groups);
    }
    counts.add(arguments, rows, count, groups);
  }

  @Override
  public boolean addRuns(List<ColumnVector> arguments, GroupRuns ordered) {
    ColumnVector values = arguments.get(0);
    return values.nulls() == null
        && (!addsSums || sums.addRuns(values, ordered))
        && counts.addRuns(arguments, ordered);
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(SUM, SqlType.Primitive.BIGINT);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(
        new Int128Vector(SUM, count, sums.high(from, count), sums.low(from, count), null),
        counts.results(from, count));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    if (addsSums) {
      sums.add(states.get(0), null, count, groups);
    }
    counts.merge(states.subList(1, 2), count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    long[] high = sums.high(from, count);
    long[] low = sums.low(from, count);
    long[] divisors = ((LongVector) counts.results(from, count)).values();
    VectorBuilder builder = VectorBuilder.of(type);
    for (int k = 0; k < count; k++) {
      if (divisors[k] == 0) {
        builder.appendNull();
      } else {
        ExactNumbers.append(builder, high[k], low[k], scale, divisors[k]);
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return sums.sizeBytes() + counts.sizeBytes();
  }
}
