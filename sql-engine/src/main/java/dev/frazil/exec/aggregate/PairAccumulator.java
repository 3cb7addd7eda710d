package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Covariance, correlation and linear regression of pairs (y, x) of doubles (SQL:2016, 10.9): the
 * running means and sums of products of deviations, merged as Chan, Golub and LeVeque give it.
 */
final class PairAccumulator implements Accumulator {
  private static final int SUMS = 5;
  private static final int MEAN_Y = 0;
  private static final int MEAN_X = 1;
  private static final int SYY = 2;
  private static final int SXX = 3;
  private static final int SXY = 4;

  private final AggregateFunction function;
  private long[] counts = new long[16];
  private final double[][] sums = new double[SUMS][16];

  PairAccumulator(AggregateFunction function) {
    this.function = function;
  }

  @Override
  public void grow(int groupCount) {
    if (counts.length < groupCount) {
      int capacity = SeenGroups.capacity(counts.length, groupCount);
      counts = Arrays.copyOf(counts, capacity);
      for (int i = 0; i < SUMS; i++) {
        sums[i] = Arrays.copyOf(sums[i], capacity);
      }
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    DoubleVector ys = (DoubleVector) arguments.get(0);
    DoubleVector xs = (DoubleVector) arguments.get(1);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!ys.isNull(row) && !xs.isNull(row)) {
        add(groups == null ? 0 : groups[k], ys.values()[row], xs.values()[row]);
      }
    }
  }

  private void add(int group, double y, double x) {
    long n = ++counts[group];
    double deltaY = y - sums[MEAN_Y][group];
    double deltaX = x - sums[MEAN_X][group];
    sums[MEAN_Y][group] += deltaY / n;
    sums[MEAN_X][group] += deltaX / n;
    sums[SYY][group] += deltaY * (y - sums[MEAN_Y][group]);
    sums[SXX][group] += deltaX * (x - sums[MEAN_X][group]);
    sums[SXY][group] += deltaX * (y - sums[MEAN_Y][group]);
  }

  @Override
  public List<SqlType> stateTypes() {
    List<SqlType> types = new ArrayList<>();
    types.add(Primitive.BIGINT);
    for (int i = 0; i < SUMS; i++) {
      types.add(Primitive.DOUBLE);
    }
    return types;
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    List<ColumnVector> columns = new ArrayList<>();
    int to = from + count;
    columns.add(
        new LongVector(Primitive.BIGINT, count, Arrays.copyOfRange(counts, from, to), null));
    for (double[] sum : sums) {
      double[] values = Arrays.copyOfRange(sum, from, to);
      columns.add(new DoubleVector(Primitive.DOUBLE, count, values, null));
    }
    return columns;
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    long[] others = ((LongVector) states.get(0)).values();
    double[][] other = new double[SUMS][];
    for (int i = 0; i < SUMS; i++) {
      other[i] = ((DoubleVector) states.get(i + 1)).values();
    }
    for (int k = 0; k < count; k++) {
      if (others[k] == 0) {
        continue;
      }
      int group = groups[k];
      double own = counts[group];
      double total = own + others[k];
      double deltaY = other[MEAN_Y][k] - sums[MEAN_Y][group];
      double deltaX = other[MEAN_X][k] - sums[MEAN_X][group];
      double weight = own * others[k] / total;
      sums[MEAN_Y][group] += deltaY * others[k] / total;
      sums[MEAN_X][group] += deltaX * others[k] / total;
      sums[SYY][group] += other[SYY][k] + deltaY * deltaY * weight;
      sums[SXX][group] += other[SXX][k] + deltaX * deltaX * weight;
      sums[SXY][group] += other[SXY][k] + deltaX * deltaY * weight;
      counts[group] += others[k];
    }
  }

  @Override
  public ColumnVector results(int from, int count) {
    if (function == AggregateFunction.REGR_COUNT) {
      return states(from, count).get(0);
    }
    VectorBuilder builder = VectorBuilder.of(Primitive.DOUBLE);
    for (int group = from; group < from + count; group++) {
      Double result = counts[group] == 0 ? null : result(group);
      if (result == null) {
        builder.appendNull();
      } else {
        builder.appendDouble(result);
      }
    }
    return builder.build();
  }

  private @Nullable Double result(int group) {
    long n = counts[group];
    double meanY = sums[MEAN_Y][group];
    double meanX = sums[MEAN_X][group];
    double syy = sums[SYY][group];
    double sxx = sums[SXX][group];
    double sxy = sums[SXY][group];
    return switch (function) {
      case COVAR_POP -> sxy / n;
      case COVAR_SAMP -> n == 1 ? null : sxy / (n - 1);
      case CORR -> sxx == 0 || syy == 0 ? null : sxy / Math.sqrt(sxx * syy);
      case REGR_AVGX -> meanX;
      case REGR_AVGY -> meanY;
      case REGR_SXX -> sxx;
      case REGR_SYY -> syy;
      case REGR_SXY -> sxy;
      case REGR_SLOPE -> sxx == 0 ? null : sxy / sxx;
      case REGR_INTERCEPT -> sxx == 0 ? null : meanY - sxy / sxx * meanX;
      case REGR_R2 -> sxx == 0 ? null : syy == 0 ? Double.valueOf(1) : sxy * sxy / (sxx * syy);
      case COUNT,
          SUM,
          MIN,
          MAX,
          AVG,
          SINGLE_VALUE,
          ANY_VALUE,
          BOOL_AND,
          BOOL_OR,
          STDDEV_POP,
          STDDEV_SAMP,
          VAR_POP,
          VAR_SAMP,
          GROUPING,
          REGR_COUNT,
          GEOMETRIC_MEAN,
          SKEWNESS,
          KURTOSIS,
          BIT_AND,
          BIT_OR,
          BIT_XOR,
          MIN_BY,
          MAX_BY,
          STRING_AGG,
          ARRAY_AGG,
          MAP_AGG,
          HISTOGRAM,
          MODE,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          APPROX_COUNT_DISTINCT,
          APPROX_PERCENTILE ->
          throw EngineException.internal(function + " is not of pairs");
    };
  }

  @Override
  public long sizeBytes() {
    return counts.length * 8L * (SUMS + 1);
  }
}
