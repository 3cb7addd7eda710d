package dev.frazil.exec.aggregate;

import dev.frazil.kernel.AggregateKernels;
import dev.frazil.kernel.GroupRuns;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUM and AVG of floating-point numbers, summed as doubles. */
final class DoubleAccumulator implements Accumulator {
  private final SqlType type;
  private final boolean average;
  private final CountAccumulator counts = new CountAccumulator();
  private double[] sums = new double[16];
  private int[] zeros = new int[0];

  DoubleAccumulator(SqlType type, boolean average) {
    this.type = type;
    this.average = average;
  }

  @Override
  public void grow(int groupCount) {
    counts.grow(groupCount);
    if (sums.length < groupCount) {
      sums = Arrays.copyOf(sums, SeenGroups.capacity(sums.length, groupCount));
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector values = arguments.get(0);
    counts.add(arguments, rows, count, groups);
    boolean[] nulls = values.nulls();
    if (values instanceof DoubleVector doubles) {
      if (groups == null) {
        sums[0] += AggregateKernels.sumDoubles(rows, count, doubles.values(), nulls);
      } else {
        AggregateKernels.sumDoubles(groups, rows, count, doubles.values(), nulls, sums);
      }
    } else {
      float[] floats = ((FloatVector) values).values();
      AggregateKernels.sumFloats(
          groups == null ? zeros(count) : groups, rows, count, floats, nulls, sums);
    }
  }

  @Override
  public boolean addRuns(List<ColumnVector> arguments, GroupRuns ordered) {
    if (arguments.get(0) instanceof DoubleVector doubles && counts.addRuns(arguments, ordered)) {
      ordered.sumDoubles(doubles.values(), sums);
      return true;
    }
    return false;
  }

  private int[] zeros(int count) {
    if (zeros.length < count) {
      zeros = new int[count];
    }
    return zeros;
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(Primitive.DOUBLE, Primitive.BIGINT);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    double[] values = Arrays.copyOfRange(sums, from, from + count);
    return List.of(
        new DoubleVector(Primitive.DOUBLE, count, values, null), counts.results(from, count));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    double[] values = ((DoubleVector) states.get(0)).values();
    for (int k = 0; k < count; k++) {
      sums[groups[k]] += values[k];
    }
    counts.merge(states.subList(1, 2), count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    long[] divisors = ((LongVector) counts.results(from, count)).values();
    VectorBuilder builder = VectorBuilder.of(type);
    for (int k = 0; k < count; k++) {
      double value = average ? sums[from + k] / divisors[k] : sums[from + k];
      if (divisors[k] == 0) {
        builder.appendNull();
      } else if (type.kind() == PhysicalKind.FLOAT) {
        builder.appendFloat((float) value);
      } else {
        builder.appendDouble(value);
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return sums.length * 8L + counts.sizeBytes();
  }
}
