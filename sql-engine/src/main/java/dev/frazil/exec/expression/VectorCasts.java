package dev.frazil.exec.expression;

import dev.frazil.kernel.ArithmeticKernels;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Conversions that cannot fail, as loops over arrays. */
final class VectorCasts {
  /** Doubles hold every integer up to here. */
  private static final long EXACT_DOUBLE = 1L << 53;

  /** Ten to the power of this is the greatest that a double holds exactly. */
  private static final int EXACT_POWER = 22;

  private VectorCasts() {}

  /** The loop from one type to another, or null where a value may not convert. */
  static @Nullable Evaluator of(Evaluator operand, SqlType from, SqlType to) {
    if (to == Primitive.BIGINT && from == Primitive.INTEGER) {
      return new Converted(operand, vector -> toLongs((IntVector) vector, to));
    }
    if (to == Primitive.DOUBLE) {
      if (from == Primitive.INTEGER || from == Primitive.BIGINT || from == Primitive.REAL) {
        return new Converted(operand, VectorCasts::toDoubles);
      } else if (from instanceof DecimalType decimal && from.kind() == PhysicalKind.LONG) {
        return new Converted(operand, vector -> decimalToDoubles((LongVector) vector, decimal));
      }
      return null;
    }
    if (to instanceof DecimalType target) {
      int digits = from == Primitive.INTEGER ? 10 : from == Primitive.BIGINT ? 19 : 0;
      int scale = 0;
      if (from instanceof DecimalType decimal) {
        digits = decimal.precision();
        scale = decimal.scale();
      }
      int shift = target.scale() - scale;
      if (digits > 0 && shift >= 0 && shift <= 18 && digits + shift <= target.precision()) {
        return new Converted(operand, vector -> toDecimals(vector, shift, target));
      }
    }
    return null;
  }

  /** A value of kind INT as one of kind LONG, whatever the types mean. */
  static Evaluator widen(Evaluator operand, SqlType to) {
    return new Converted(operand, vector -> toLongs((IntVector) vector, to));
  }

  private record Converted(Evaluator operand, UnaryOperator<ColumnVector> conversion)
      implements VectorEvaluator {
    @Override
    public ColumnVector evaluate(RowBatch batch) {
      return conversion.apply(operand.evaluate(batch));
    }
  }

  private static LongVector toLongs(IntVector vector, SqlType to) {
    int rows = vector.rowCount();
    long[] values = new long[rows];
    int[] source = vector.values();
    for (int row = 0; row < rows; row++) {
      values[row] = source[row];
    }
    return new LongVector(to, rows, values, vector.nulls());
  }

  private static DoubleVector toDoubles(ColumnVector vector) {
    int rows = vector.rowCount();
    double[] values = new double[rows];
    if (vector instanceof IntVector ints) {
      int[] source = ints.values();
      for (int row = 0; row < rows; row++) {
        values[row] = source[row];
      }
    } else if (vector instanceof LongVector longs) {
      long[] source = longs.values();
      for (int row = 0; row < rows; row++) {
        values[row] = source[row];
      }
    } else {
      float[] source = ((FloatVector) vector).values();
      for (int row = 0; row < rows; row++) {
        values[row] = source[row];
      }
    }
    return new DoubleVector(Primitive.DOUBLE, rows, values, vector.nulls());
  }

  private static DoubleVector decimalToDoubles(LongVector vector, DecimalType type) {
    int rows = vector.rowCount();
    double[] values = new double[rows];
    double divisor = Math.pow(10, type.scale());
    for (int row = 0; row < rows; row++) {
      long unscaled = vector.values()[row];
      // the quotient of two exact doubles is correctly rounded
      values[row] =
          Math.abs(unscaled) <= EXACT_DOUBLE && type.scale() <= EXACT_POWER
              ? unscaled / divisor
              : DecimalScaling.read(vector, row).doubleValue();
    }
    return new DoubleVector(Primitive.DOUBLE, rows, values, vector.nulls());
  }

  private static ColumnVector toDecimals(ColumnVector vector, int shift, DecimalType target) {
    ColumnVector longs =
        vector instanceof IntVector ints ? toLongs(ints, Primitive.BIGINT) : vector;
    int rows = vector.rowCount();
    if (target.kind() == PhysicalKind.LONG) {
      long[] values = ((LongVector) longs).values();
      if (shift > 0) {
        long[] factors = new long[rows];
        Arrays.fill(factors, DecimalScaling.longPower(shift));
        long[] scaled = new long[rows];
        ArithmeticKernels.multiplyFitting(values, factors, scaled, rows);
        values = scaled;
      }
      return new LongVector(target, rows, values, vector.nulls());
    }
    Int128Vector wide = DecimalScaling.widenAndShift(longs, shift);
    return new Int128Vector(target, rows, wide.high(), wide.low(), vector.nulls());
  }
}
