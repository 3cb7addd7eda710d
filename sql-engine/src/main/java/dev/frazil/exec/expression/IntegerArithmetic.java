package dev.frazil.exec.expression;

import dev.frazil.kernel.ArithmeticKernels;
import dev.frazil.kernel.NullMasks;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on values of kind INT or LONG that are no decimals: integers, dates, times. Both
 * operands are of the kind of the result.
 */
record IntegerArithmetic(ScalarFunction function, Evaluator left, Evaluator right, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    ColumnVector leftVector = left.evaluate(batch);
    ColumnVector rightVector = right.evaluate(batch);
    boolean[] nulls = NullMasks.union(leftVector.nulls(), rightVector.nulls(), rows);
    if (type.kind() == PhysicalKind.INT) {
      int[] result =
          ints(((IntVector) leftVector).values(), ((IntVector) rightVector).values(), batch, nulls);
      return new IntVector(type, rows, result, nulls);
    }
    long[] result =
        longs(
            ((LongVector) leftVector).values(), ((LongVector) rightVector).values(), batch, nulls);
    return new LongVector(type, rows, result, nulls);
  }

  private int[] ints(int[] a, int[] b, RowBatch batch, boolean @Nullable [] nulls) {
    int rows = batch.rowCount();
    int[] result = new int[rows];
    boolean wrapped =
        switch (function) {
          case ADD -> ArithmeticKernels.add(a, b, result, rows);
          case SUBTRACT -> ArithmeticKernels.subtract(a, b, result, rows);
          case MULTIPLY -> ArithmeticKernels.multiply(a, b, result, rows);
          default -> {
            divideInts(a, b, result, new AliveRows(batch, nulls));
            yield false;
          }
        };
    if (wrapped) {
      AliveRows alive = new AliveRows(batch, nulls);
      for (int row = alive.next(); row >= 0; row = alive.next()) {
        check(a[row], b[row], result[row]);
      }
    }
    return result;
  }

  private long[] longs(long[] a, long[] b, RowBatch batch, boolean @Nullable [] nulls) {
    int rows = batch.rowCount();
    long[] result = new long[rows];
    boolean wrapped =
        switch (function) {
          case ADD -> ArithmeticKernels.add(a, b, result, rows);
          case SUBTRACT -> ArithmeticKernels.subtract(a, b, result, rows);
          case MULTIPLY -> ArithmeticKernels.multiply(a, b, result, rows);
          default -> {
            divideLongs(a, b, result, new AliveRows(batch, nulls));
            yield false;
          }
        };
    if (wrapped) {
      AliveRows alive = new AliveRows(batch, nulls);
      for (int row = alive.next(); row >= 0; row = alive.next()) {
        check(a[row], b[row], result[row]);
      }
    }
    return result;
  }

  private void divideInts(int[] a, int[] b, int[] result, AliveRows alive) {
    boolean isDivision = function == ScalarFunction.DIVIDE;
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      if (b[row] == 0) {
        throw NumericErrors.divisionByZero(a[row]);
      }
      if (isDivision && a[row] == Integer.MIN_VALUE && b[row] == -1) {
        throw NumericErrors.outOfRange(a[row] + " / " + b[row], type);
      }
      result[row] = isDivision ? a[row] / b[row] : a[row] % b[row];
    }
  }

  private void divideLongs(long[] a, long[] b, long[] result, AliveRows alive) {
    boolean isDivision = function == ScalarFunction.DIVIDE;
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      if (b[row] == 0) {
        throw NumericErrors.divisionByZero(a[row]);
      }
      if (isDivision && a[row] == Long.MIN_VALUE && b[row] == -1) {
        throw NumericErrors.outOfRange(a[row] + " / " + b[row], type);
      }
      result[row] = isDivision ? a[row] / b[row] : a[row] % b[row];
    }
  }

  private void check(long a, long b, long result) {
    BigInteger left = BigInteger.valueOf(a);
    BigInteger right = BigInteger.valueOf(b);
    BigInteger exact =
        switch (function) {
          case ADD -> left.add(right);
          case SUBTRACT -> left.subtract(right);
          default -> left.multiply(right);
        };
    if (!exact.equals(BigInteger.valueOf(result))) {
      throw NumericErrors.outOfRange(a + " " + symbol(function) + " " + b, type);
    }
  }

  static String symbol(ScalarFunction function) {
    return switch (function) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      default -> "%";
    };
  }
}
