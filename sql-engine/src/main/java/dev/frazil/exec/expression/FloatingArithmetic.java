package dev.frazil.exec.expression;

import dev.frazil.kernel.ArithmeticKernels;
import dev.frazil.kernel.NullMasks;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * IEEE arithmetic on doubles and floats; overflow gives infinity, a zero divisor 22012. Both
 * operands are of the kind of the result.
 */
record FloatingArithmetic(
    ScalarFunction function, Evaluator left, Evaluator right, SqlType type, ResultArrays arrays)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    ColumnVector leftVector = left.evaluate(batch);
    ColumnVector rightVector = right.evaluate(batch);
    boolean[] nulls = NullMasks.union(leftVector.nulls(), rightVector.nulls(), rows);
    if (type.kind() == PhysicalKind.DOUBLE) {
      double[] result = arrays.doubles(rows);
      doubles(
          ((DoubleVector) leftVector).values(),
          ((DoubleVector) rightVector).values(),
          result,
          batch,
          nulls);
      return new DoubleVector(type, rows, result, nulls);
    }
    float[] result = new float[rows];
    floats(
        ((FloatVector) leftVector).values(),
        ((FloatVector) rightVector).values(),
        result,
        batch,
        nulls);
    return new FloatVector(type, rows, result, nulls);
  }

  private void doubles(
      double[] a, double[] b, double[] result, RowBatch batch, boolean @Nullable [] nulls) {
    int rows = batch.rowCount();
    switch (function) {
      case ADD -> ArithmeticKernels.add(a, b, result, rows);
      case SUBTRACT -> ArithmeticKernels.subtract(a, b, result, rows);
      case MULTIPLY -> ArithmeticKernels.multiply(a, b, result, rows);
      default -> {
        boolean isDivision = function == ScalarFunction.DIVIDE;
        AliveRows alive = new AliveRows(batch, nulls);
        for (int row = alive.next(); row >= 0; row = alive.next()) {
          if (b[row] == 0) {
            throw NumericErrors.divisionByZero(a[row]);
          }
          result[row] = isDivision ? a[row] / b[row] : a[row] % b[row];
        }
      }
    }
  }

  private void floats(
      float[] a, float[] b, float[] result, RowBatch batch, boolean @Nullable [] nulls) {
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      result[row] =
          switch (function) {
            case ADD -> a[row] + b[row];
            case SUBTRACT -> a[row] - b[row];
            case MULTIPLY -> a[row] * b[row];
            default -> {
              if (b[row] == 0) {
                throw NumericErrors.divisionByZero(a[row]);
              }
              yield function == ScalarFunction.DIVIDE ? a[row] / b[row] : a[row] % b[row];
            }
          };
    }
  }
}
