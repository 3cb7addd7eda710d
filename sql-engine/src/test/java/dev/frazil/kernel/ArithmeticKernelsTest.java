package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ArithmeticKernelsTest {
  private static final long[] LONGS = {
    0,
    1,
    -1,
    2,
    -2,
    3037000499L,
    3037000500L,
    -3037000500L,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE / 2,
    Long.MIN_VALUE / 2,
    Long.MAX_VALUE - 1
  };
  private static final int[] INTS = {
    0,
    1,
    -1,
    2,
    -2,
    46340,
    46341,
    -46341,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE / 2,
    Integer.MIN_VALUE / 2
  };

  @Test
  void tellsOverflowOfLongs() {
    for (long a : LONGS) {
      for (long b : LONGS) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        long[] left = {1, a, 1};
        long[] right = {1, b, 1};
        long[] result = new long[3];
        check(x.add(y), ArithmeticKernels.add(left, right, result, 3), result[1], 63);
        check(x.subtract(y), ArithmeticKernels.subtract(left, right, result, 3), result[1], 63);
        check(x.multiply(y), ArithmeticKernels.multiply(left, right, result, 3), result[1], 63);
      }
    }
  }

  @Test
  void tellsOverflowOfInts() {
    for (int a : INTS) {
      for (int b : INTS) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        int[] left = {1, a, 1};
        int[] right = {1, b, 1};
        int[] result = new int[3];
        check(x.add(y), ArithmeticKernels.add(left, right, result, 3), result[1], 31);
        check(x.subtract(y), ArithmeticKernels.subtract(left, right, result, 3), result[1], 31);
        check(x.multiply(y), ArithmeticKernels.multiply(left, right, result, 3), result[1], 31);
      }
    }
  }

  private static void check(BigInteger exact, boolean wrapped, long result, int bits) {
    assertThat(wrapped).as("overflow of %s", exact).isEqualTo(exact.bitLength() > bits);
    if (!wrapped) {
      assertThat(BigInteger.valueOf(result)).isEqualTo(exact);
    }
  }
}
