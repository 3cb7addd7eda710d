package dev.frazil.exec.expression;

import dev.frazil.kernel.AggregateKernels;
import dev.frazil.kernel.ArithmeticKernels;
import dev.frazil.kernel.Int128Kernels;
import dev.frazil.kernel.NullMasks;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on decimals of any precision and scale. Where the precisions alone show that nothing
 * can overflow, it runs in longs or in 128 bits; else, and for division, row by row on {@link
 * java.math.BigDecimal}.
 */
final class DecimalArithmetic implements VectorEvaluator {
  private final ScalarFunction function;
  private final Evaluator left;
  private final Evaluator right;
  private final DecimalType leftType;
  private final DecimalType rightType;
  private final DecimalType type;
  private final DecimalRows exact;
  private final ResultArrays arrays;

  DecimalArithmetic(
      ScalarFunction function,
      Evaluator left,
      DecimalType leftType,
      Evaluator right,
      DecimalType rightType,
      DecimalType type,
      ResultArrays arrays) {
    this.function = function;
    this.left = left;
    this.leftType = leftType;
    this.right = right;
    this.rightType = rightType;
    this.type = type;
    this.exact = new DecimalRows(function, type);
    this.arrays = arrays;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    ColumnVector a = left.evaluate(batch);
    ColumnVector b = right.evaluate(batch);
    boolean[] nulls = NullMasks.union(a.nulls(), b.nulls(), rows);
    ColumnVector fast =
        switch (function) {
          case ADD, SUBTRACT -> addFast(a, b, rows, nulls);
          case MULTIPLY -> multiplyFast(a, b, rows, nulls);
          default -> null;
        };
    return fast != null ? fast : exact.evaluate(a, b, batch, nulls);
  }

  private @Nullable ColumnVector addFast(
      ColumnVector a, ColumnVector b, int rows, boolean @Nullable [] nulls) {
    int leftShift = type.scale() - leftType.scale();
    int rightShift = type.scale() - rightType.scale();
    if (leftShift < 0 || rightShift < 0) {
      return null;
    }
    int digits = 1 + Math.max(leftType.precision() + leftShift, rightType.precision() + rightShift);
    if (digits > type.precision()) {
      return null;
    }
    long sign = function == ScalarFunction.SUBTRACT ? -1 : 1;
    if (type.kind() == PhysicalKind.LONG) {
      long[] result = arrays.longs(rows);
      ArithmeticKernels.addScaled(
          ((LongVector) a).values(),
          DecimalScaling.longPower(leftShift),
          ((LongVector) b).values(),
          sign * DecimalScaling.longPower(rightShift),
          result,
          rows);
      return new LongVector(type, rows, result, nulls);
    }
    if (leftShift > DecimalType.MAX_LONG_PRECISION || rightShift > DecimalType.MAX_LONG_PRECISION) {
      return null;
    }
    Int128Vector wideLeft = DecimalScaling.widenAndShift(a, leftShift);
    Int128Vector wideRight = DecimalScaling.widenAndShift(b, rightShift);
    long[] high = new long[rows];
    long[] low = new long[rows];
    if (sign > 0) {
      Int128Kernels.add(
          wideLeft.high(), wideLeft.low(), wideRight.high(), wideRight.low(), high, low, rows);
    } else {
      Int128Kernels.subtract(
          wideLeft.high(), wideLeft.low(), wideRight.high(), wideRight.low(), high, low, rows);
    }
    return new Int128Vector(type, rows, high, low, nulls);
  }

  private @Nullable ColumnVector multiplyFast(
      ColumnVector a, ColumnVector b, int rows, boolean @Nullable [] nulls) {
    if (type.scale() != leftType.scale() + rightType.scale()) {
      return null;
    }
    boolean fits = leftType.precision() + rightType.precision() <= type.precision();
    long[] leftLongs = longs(a, rows);
    long[] rightLongs = longs(b, rows);
    if (leftLongs == null || rightLongs == null) {
      return null;
    }
    if (type.kind() == PhysicalKind.LONG) {
      if (!fits) {
        return null;
      }
      long[] result = arrays.longs(rows);
      ArithmeticKernels.multiplyFitting(leftLongs, rightLongs, result, rows);
      return new LongVector(type, rows, result, nulls);
    }
    // two longs make less than 2^126, which is less than 10^38
    if (!fits && type.precision() < DecimalType.MAX_PRECISION) {
      return null;
    }
    long[] low = arrays.longs(rows);
    if (!ArithmeticKernels.multiply(leftLongs, rightLongs, low, rows)) {
      return Int128Vector.ofLongs(type, rows, low, nulls);
    }
    long[] high = new long[rows];
    Int128Kernels.multiply(leftLongs, rightLongs, high, low, rows);
    return new Int128Vector(type, rows, high, low, nulls);
  }

  /** The unscaled values if all of them, null and dead rows included, are longs. */
  private static long @Nullable [] longs(ColumnVector vector, int rows) {
    if (vector instanceof LongVector narrow) {
      return narrow.values();
    }
    Int128Vector wide = (Int128Vector) vector;
    boolean fits = wide.fitsLongs() || AggregateKernels.fitLongs(wide.high(), wide.low(), rows);
    return fits ? wide.low() : null;
  }
}
