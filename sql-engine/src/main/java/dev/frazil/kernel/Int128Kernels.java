package dev.frazil.kernel;

import dev.frazil.vector.Int128Values;
import java.math.BigInteger;

/**
 * Loops over 128-bit integers: {@code high[i]} the upper 64 bits, signed, {@code low[i]} the lower
 * 64, unsigned.
 */
@SuppressWarnings("ShortCircuitBoolean") // loops without branches can be vectorised
public final class Int128Kernels {
  private Int128Kernels() {}

  /** Widens longs. */
  public static void widen(long[] values, long[] high, int count) {
    for (int i = 0; i < count; i++) {
      high[i] = values[i] >> 63;
    }
  }

  /** Exact products of longs. */
  public static void multiply(long[] left, long[] right, long[] high, long[] low, int count) {
    for (int i = 0; i < count; i++) {
      high[i] = Math.multiplyHigh(left[i], right[i]);
      low[i] = left[i] * right[i];
    }
  }

  /** Sums; true if one wrapped, null and dead rows included. */
  public static boolean add(
      long[] leftHigh,
      long[] leftLow,
      long[] rightHigh,
      long[] rightLow,
      long[] high,
      long[] low,
      int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long sum = leftLow[i] + rightLow[i];
      long carry = Long.compareUnsigned(sum, leftLow[i]) < 0 ? 1 : 0;
      long upper = leftHigh[i] + rightHigh[i] + carry;
      wrapped |= (leftHigh[i] ^ upper) & (rightHigh[i] ^ upper);
      high[i] = upper;
      low[i] = sum;
    }
    return wrapped < 0;
  }

  /** Differences; true if one wrapped, null and dead rows included. */
  public static boolean subtract(
      long[] leftHigh,
      long[] leftLow,
      long[] rightHigh,
      long[] rightLow,
      long[] high,
      long[] low,
      int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long borrow = Long.compareUnsigned(leftLow[i], rightLow[i]) < 0 ? 1 : 0;
      long upper = leftHigh[i] - rightHigh[i] - borrow;
      wrapped |= (leftHigh[i] ^ rightHigh[i]) & (leftHigh[i] ^ upper);
      high[i] = upper;
      low[i] = leftLow[i] - rightLow[i];
    }
    return wrapped < 0;
  }

  /**
   * Multiplies by a positive factor; true if a product left 128 bits, null and dead rows included.
   */
  public static boolean multiplyByFactor(
      long[] valuesHigh, long[] valuesLow, long factor, long[] high, long[] low, int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long upperOfLow = unsignedMultiplyHigh(valuesLow[i], factor);
      long upper = valuesHigh[i] * factor;
      wrapped |= Math.multiplyHigh(valuesHigh[i], factor) ^ (upper >> 63);
      long sum = upper + upperOfLow;
      wrapped |= (upper ^ sum) & (upperOfLow ^ sum) & Long.MIN_VALUE;
      high[i] = sum;
      low[i] = valuesLow[i] * factor;
    }
    return wrapped != 0;
  }

  /** Whether any of the first {@code count}, null and dead rows included, has a magnitude above. */
  public static boolean anyAbove(long[] high, long[] low, int count, BigInteger limit) {
    long limitHigh = Int128Values.high(limit);
    long limitLow = Int128Values.low(limit);
    boolean above = false;
    for (int i = 0; i < count; i++) {
      long sign = high[i] >> 63;
      long magnitudeLow = (low[i] ^ sign) - sign;
      long magnitudeHigh = (high[i] ^ sign) + (sign != 0 & magnitudeLow == 0 ? 1 : 0);
      above |=
          magnitudeHigh > limitHigh
              | (magnitudeHigh == limitHigh & Long.compareUnsigned(magnitudeLow, limitLow) > 0)
              | magnitudeHigh < 0;
    }
    return above;
  }

  private static long unsignedMultiplyHigh(long value, long positiveFactor) {
    return Math.multiplyHigh(value, positiveFactor) + ((value >> 63) & positiveFactor);
  }
}
