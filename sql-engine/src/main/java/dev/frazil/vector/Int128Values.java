package dev.frazil.vector;

import java.math.BigInteger;

/** Two's complement 128-bit integers, as (high, low) pairs, to and from {@link BigInteger}. */
public final class Int128Values {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private Int128Values() {}

  /** The number that the pair stands for. */
  public static BigInteger toBigInteger(long high, long low) {
    BigInteger lower = BigInteger.valueOf(low);
    if (low < 0) {
      lower = lower.add(TWO_TO_64);
    }
    if (high == 0) {
      return lower;
    }
    return BigInteger.valueOf(high).shiftLeft(64).add(lower);
  }

  /** The upper 64 bits; the value must fit 128 bits. */
  public static long high(BigInteger value) {
    return value.shiftRight(64).longValue();
  }

  /** The lower 64 bits. */
  public static long low(BigInteger value) {
    return value.longValue();
  }
}
