package dev.frazil.exec.aggregate;

import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Variance and standard deviation in doubles: Welford's running mean and sum of squared deviations,
 * merged as Chan, Golub and LeVeque give it.
 */
final class VarianceAccumulator implements Accumulator {
  private final AggregateFunction function;
  private final int scale;
  private long[] counts = new long[16];
  private double[] means = new double[16];
  private double[] squares = new double[16];

  VarianceAccumulator(AggregateFunction function, SqlType argument) {
    this.function = function;
    this.scale = ExactNumbers.scale(argument);
  }

  @Override
  public void grow(int groupCount) {
    if (counts.length < groupCount) {
      int capacity = SeenGroups.capacity(counts.length, groupCount);
      counts = Arrays.copyOf(counts, capacity);
      means = Arrays.copyOf(means, capacity);
      squares = Arrays.copyOf(squares, capacity);
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector values = arguments.get(0);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!values.isNull(row)) {
        int group = groups == null ? 0 : groups[k];
        double value = value(values, row);
        long n = ++counts[group];
        double delta = value - means[group];
        means[group] += delta / n;
        squares[group] += delta * (value - means[group]);
      }
    }
  }

  private double value(ColumnVector values, int row) {
    if (values instanceof DoubleVector vector) {
      return vector.values()[row];
    }
    if (values instanceof FloatVector vector) {
      return vector.values()[row];
    }
    if (values instanceof IntVector vector) {
      return vector.values()[row];
    }
    if (values instanceof LongVector vector) {
      long value = vector.values()[row];
      return scale == 0 ? value : BigDecimal.valueOf(value, scale).doubleValue();
    }
    Int128Vector wide = (Int128Vector) values;
    return new BigDecimal(Int128Values.toBigInteger(wide.high()[row], wide.low()[row]), scale)
        .doubleValue();
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(Primitive.BIGINT, Primitive.DOUBLE, Primitive.DOUBLE);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    int to = from + count;
    return List.of(
        new LongVector(Primitive.BIGINT, count, Arrays.copyOfRange(counts, from, to), null),
        new DoubleVector(Primitive.DOUBLE, count, Arrays.copyOfRange(means, from, to), null),
        new DoubleVector(Primitive.DOUBLE, count, Arrays.copyOfRange(squares, from, to), null));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    long[] otherCounts = ((LongVector) states.get(0)).values();
    double[] otherMeans = ((DoubleVector) states.get(1)).values();
    double[] otherSquares = ((DoubleVector) states.get(2)).values();
    for (int k = 0; k < count; k++) {
      if (otherCounts[k] > 0) {
        int group = groups[k];
        double own = counts[group];
        double total = own + otherCounts[k];
        double delta = otherMeans[k] - means[group];
        means[group] += delta * otherCounts[k] / total;
        squares[group] += otherSquares[k] + delta * delta * own * otherCounts[k] / total;
        counts[group] += otherCounts[k];
      }
    }
  }

  @Override
  public ColumnVector results(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(Primitive.DOUBLE);
    boolean sample =
        function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
    boolean root =
        function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
    for (int group = from; group < from + count; group++) {
      long divisor = sample ? counts[group] - 1 : counts[group];
      if (divisor <= 0) {
        builder.appendNull();
      } else {
        double variance = squares[group] / divisor;
        builder.appendDouble(root ? Math.sqrt(variance) : variance);
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return counts.length * 24L;
  }
}
