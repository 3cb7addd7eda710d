package dev.frazil.exec.aggregate;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GEOMETRIC_MEAN: the mean of the logarithms, raised again. */
final class LogarithmAccumulator implements Accumulator {
  private final DoubleAccumulator logarithms = new DoubleAccumulator(Primitive.DOUBLE, true);

  @Override
  public void grow(int groupCount) {
    logarithms.grow(groupCount);
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    DoubleVector values = (DoubleVector) arguments.get(0);
    double[] logs = new double[values.rowCount()];
    for (int row = 0; row < logs.length; row++) {
      logs[row] = Math.log(values.values()[row]);
    }
    DoubleVector column = new DoubleVector(Primitive.DOUBLE, logs.length, logs, values.nulls());
    logarithms.add(List.of(column), rows, count, groups);
  }

  @Override
  public List<SqlType> stateTypes() {
    return logarithms.stateTypes();
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return logarithms.states(from, count);
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    logarithms.merge(states, count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    DoubleVector means = (DoubleVector) logarithms.results(from, count);
    VectorBuilder builder = VectorBuilder.of(Primitive.DOUBLE);
    for (int k = 0; k < count; k++) {
      if (means.isNull(k)) {
        builder.appendNull();
      } else {
        builder.appendDouble(Math.exp(means.values()[k]));
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return logarithms.sizeBytes();
  }
}
