package dev.frazil.exec.aggregate;

import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Skewness (of the population) and excess kurtosis (of a sample) of doubles, as Trino defines them,
 * by running central moments; updated and merged as Pebay gives it (Sandia report SAND2008-6212).
 */
final class MomentAccumulator implements Accumulator {
  private final boolean isKurtosis;
  private long[] counts = new long[16];
  private double[] means = new double[16];
  private double[] seconds = new double[16];
  private double[] thirds = new double[16];
  private double[] fourths = new double[16];

  MomentAccumulator(AggregateFunction function) {
    this.isKurtosis = function == AggregateFunction.KURTOSIS;
  }

  @Override
  public void grow(int groupCount) {
    if (counts.length < groupCount) {
      int capacity = SeenGroups.capacity(counts.length, groupCount);
      counts = Arrays.copyOf(counts, capacity);
      means = Arrays.copyOf(means, capacity);
      seconds = Arrays.copyOf(seconds, capacity);
      thirds = Arrays.copyOf(thirds, capacity);
      fourths = Arrays.copyOf(fourths, capacity);
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    DoubleVector values = (DoubleVector) arguments.get(0);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!values.isNull(row)) {
        add(groups == null ? 0 : groups[k], values.values()[row]);
      }
    }
  }

  private void add(int group, double value) {
    double before = counts[group];
    double n = before + 1;
    double delta = value - means[group];
    double step = delta / n;
    double square = step * step;
    double term = delta * step * before;
    counts[group]++;
    means[group] += step;
    fourths[group] +=
        term * square * (n * n - 3 * n + 3)
            + 6 * square * seconds[group]
            - 4 * step * thirds[group];
    thirds[group] += term * step * (n - 2) - 3 * step * seconds[group];
    seconds[group] += term;
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(
        Primitive.BIGINT, Primitive.DOUBLE, Primitive.DOUBLE, Primitive.DOUBLE, Primitive.DOUBLE);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(
        new LongVector(
            Primitive.BIGINT, count, Arrays.copyOfRange(counts, from, from + count), null),
        state(means, from, count),
        state(seconds, from, count),
        state(thirds, from, count),
        state(fourths, from, count));
  }

  private static DoubleVector state(double[] values, int from, int count) {
    return new DoubleVector(
        Primitive.DOUBLE, count, Arrays.copyOfRange(values, from, from + count), null);
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    long[] otherCounts = ((LongVector) states.get(0)).values();
    for (int k = 0; k < count; k++) {
      if (otherCounts[k] > 0) {
        merge(
            groups[k],
            otherCounts[k],
            value(states, 1, k),
            value(states, 2, k),
            value(states, 3, k),
            value(states, 4, k));
      }
    }
  }

  private static double value(List<ColumnVector> states, int moment, int row) {
    return ((DoubleVector) states.get(moment)).values()[row];
  }

  private void merge(
      int group, long otherCount, double mean, double second, double third, double fourth) {
    double own = counts[group];
    double other = otherCount;
    double n = own + other;
    double delta = mean - means[group];
    double step = delta / n;
    double square = step * step;
    double product = own * other;
    fourths[group] +=
        fourth
            + delta * step * square * product * (own * own - product + other * other)
            + 6 * square * (own * own * second + other * other * seconds[group])
            + 4 * step * (own * third - other * thirds[group]);
    thirds[group] +=
        third
            + delta * square * product * (own - other)
            + 3 * step * (own * second - other * seconds[group]);
    seconds[group] += second + delta * step * product;
    means[group] += step * other;
    counts[group] += otherCount;
  }

  @Override
  public ColumnVector results(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(Primitive.DOUBLE);
    for (int group = from; group < from + count; group++) {
      double n = counts[group];
      double second = seconds[group];
      if (n < (isKurtosis ? 4 : 3) || second == 0) {
        builder.appendNull();
      } else if (isKurtosis) {
        double variance = second / (n - 1);
        double scale = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3));
        double normal = 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
        builder.appendDouble(scale * fourths[group] / (variance * variance) - normal);
      } else {
        builder.appendDouble(Math.sqrt(n) * thirds[group] / Math.pow(second, 1.5));
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return counts.length * 40L;
  }
}
