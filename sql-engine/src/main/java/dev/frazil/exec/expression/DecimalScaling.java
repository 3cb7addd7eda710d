package dev.frazil.exec.expression;

import dev.frazil.kernel.Int128Kernels;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Powers of ten and changes of scale. */
final class DecimalScaling {
  private DecimalScaling() {}

  /** {@code 10^exponent} for exponents 0 to 18. */
  static long longPower(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  /** The greatest unscaled value of a precision: {@code 10^precision - 1}. */
  static BigInteger greatest(int precision) {
    return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
  }

  /**
   * The values times {@code 10^shift}, shift 0 to 18, in 128 bits, which the caller knows to fit.
   */
  static Int128Vector widenAndShift(ColumnVector vector, int shift) {
    int rows = vector.rowCount();
    if (vector instanceof LongVector narrow) {
      long[] high = new long[rows];
      if (shift > 0) {
        long[] low = new long[rows];
        long[] factors = new long[rows];
        Arrays.fill(factors, longPower(shift));
        Int128Kernels.multiply(narrow.values(), factors, high, low, rows);
        return new Int128Vector(vector.type(), rows, high, low, vector.nulls());
      }
      Int128Kernels.widen(narrow.values(), high, rows);
      return new Int128Vector(vector.type(), rows, high, narrow.values(), vector.nulls());
    }
    Int128Vector wide = (Int128Vector) vector;
    if (shift == 0) {
      return wide;
    }
    long[] high = new long[rows];
    long[] low = new long[rows];
    Int128Kernels.multiplyByFactor(wide.high(), wide.low(), longPower(shift), high, low, rows);
    return new Int128Vector(vector.type(), rows, high, low, vector.nulls());
  }

  /** The decimal at a row that is not null. */
  static BigDecimal read(ColumnVector vector, int row) {
    int scale = ((DecimalType) vector.type()).scale();
    if (vector instanceof LongVector narrow) {
      return BigDecimal.valueOf(narrow.values()[row], scale);
    }
    Int128Vector wide = (Int128Vector) vector;
    return new BigDecimal(Int128Values.toBigInteger(wide.high()[row], wide.low()[row]), scale);
  }
}
