package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.vector.Int128Values;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int128KernelsTest {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(127);
  private static final BigInteger[] BOUNDS = {
    BigInteger.ZERO,
    BigInteger.ONE,
    BigInteger.ONE.negate(),
    BigInteger.valueOf(Long.MAX_VALUE),
    BigInteger.valueOf(Long.MIN_VALUE),
    BigInteger.ONE.shiftLeft(63),
    BigInteger.ONE.shiftLeft(64),
    BigInteger.ONE.shiftLeft(64).negate(),
    LIMIT.subtract(BigInteger.ONE),
    LIMIT.negate(),
    BigInteger.TEN.pow(38),
    BigInteger.TEN.pow(38).subtract(BigInteger.ONE),
    BigInteger.TEN.pow(38).negate()
  };

  private final long seed = Long.getLong("frazil.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private BigInteger next() {
    return random.nextInt(3) == 0
        ? BOUNDS[random.nextInt(BOUNDS.length)]
        : new BigInteger(random.nextInt(128), random)
            .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
  }

  private static boolean fits(BigInteger value) {
    return value.bitLength() <= 127;
  }

  @Test
  void agreesWithBigInteger() {
    System.out.println("Int128KernelsTest -Dfrazil.seed=" + seed);
    long[] high = new long[1];
    long[] low = new long[1];
    for (int i = 0; i < 200_000; i++) {
      BigInteger a = next();
      BigInteger b = next();
      long[] aHigh = {Int128Values.high(a)};
      long[] aLow = {Int128Values.low(a)};
      long[] bHigh = {Int128Values.high(b)};
      long[] bLow = {Int128Values.low(b)};
      assertThat(Int128Values.toBigInteger(aHigh[0], aLow[0])).isEqualTo(a);

      boolean wrapped = Int128Kernels.add(aHigh, aLow, bHigh, bLow, high, low, 1);
      check(a + " + " + b, a.add(b), high, low, wrapped);
      wrapped = Int128Kernels.subtract(aHigh, aLow, bHigh, bLow, high, low, 1);
      check(a + " - " + b, a.subtract(b), high, low, wrapped);

      long factor = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
      wrapped = Int128Kernels.multiplyByFactor(aHigh, aLow, factor, high, low, 1);
      check(a + " * " + factor, a.multiply(BigInteger.valueOf(factor)), high, low, wrapped);

      Int128Kernels.multiply(aLow, bLow, high, low, 1);
      BigInteger product = BigInteger.valueOf(aLow[0]).multiply(BigInteger.valueOf(bLow[0]));
      assertThat(Int128Values.toBigInteger(high[0], low[0])).isEqualTo(product);

      BigInteger limit = b.abs().min(LIMIT.subtract(BigInteger.ONE));
      assertThat(Int128Kernels.anyAbove(aHigh, aLow, 1, limit))
          .as("|%s| > %s, seed %s", a, limit, seed)
          .isEqualTo(a.abs().compareTo(limit) > 0);
      assertThat(AggregateKernels.fitLongs(aHigh, aLow, 1)).isEqualTo(a.bitLength() <= 63);
    }
  }

  private void check(
      String operation, BigInteger expected, long[] high, long[] low, boolean wrapped) {
    if (fits(expected)) {
      assertThat(Int128Values.toBigInteger(high[0], low[0]))
          .as("%s, seed %s", operation, seed)
          .isEqualTo(expected);
    }
    // a false alarm costs an exact look at the rows; a missed one is a wrong answer
    if (!wrapped) {
      assertThat(fits(expected)).as("%s, seed %s", operation, seed).isTrue();
    }
  }
}
