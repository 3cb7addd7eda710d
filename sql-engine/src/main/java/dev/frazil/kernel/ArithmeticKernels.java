package dev.frazil.kernel;

/**
 * Sums, differences and products of two columns over rows {@code 0..count}, wrapping around. The
 * checked forms tell whether any row, null and dead ones included, wrapped: the caller then looks
 * for the row that did. Written so that the JIT can make vector instructions of them.
 */
public final class ArithmeticKernels {
  private ArithmeticKernels() {}

  /** True if a sum wrapped. */
  public static boolean add(int[] left, int[] right, int[] result, int count) {
    int wrapped = 0;
    for (int i = 0; i < count; i++) {
      int sum = left[i] + right[i];
      wrapped |= (left[i] ^ sum) & (right[i] ^ sum);
      result[i] = sum;
    }
    return wrapped < 0;
  }

  /** True if a sum wrapped. */
  public static boolean add(long[] left, long[] right, long[] result, int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long sum = left[i] + right[i];
      wrapped |= (left[i] ^ sum) & (right[i] ^ sum);
      result[i] = sum;
    }
    return wrapped < 0;
  }

  /** True if a difference wrapped. */
  public static boolean subtract(int[] left, int[] right, int[] result, int count) {
    int wrapped = 0;
    for (int i = 0; i < count; i++) {
      int difference = left[i] - right[i];
      wrapped |= (left[i] ^ right[i]) & (left[i] ^ difference);
      result[i] = difference;
    }
    return wrapped < 0;
  }

  /** True if a difference wrapped. */
  public static boolean subtract(long[] left, long[] right, long[] result, int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long difference = left[i] - right[i];
      wrapped |= (left[i] ^ right[i]) & (left[i] ^ difference);
      result[i] = difference;
    }
    return wrapped < 0;
  }

  /** True if a product wrapped. */
  public static boolean multiply(int[] left, int[] right, int[] result, int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long product = (long) left[i] * right[i];
      wrapped |= product - (int) product;
      result[i] = (int) product;
    }
    return wrapped != 0;
  }

  /** True if a product wrapped. */
  public static boolean multiply(long[] left, long[] right, long[] result, int count) {
    long wrapped = 0;
    for (int i = 0; i < count; i++) {
      long product = left[i] * right[i];
      wrapped |= Math.multiplyHigh(left[i], right[i]) ^ (product >> 63);
      result[i] = product;
    }
    return wrapped != 0;
  }

  /** {@code left * leftFactor + right * rightFactor}, which the caller knows to fit. */
  public static void addScaled(
      long[] left, long leftFactor, long[] right, long rightFactor, long[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = left[i] * leftFactor + right[i] * rightFactor;
    }
  }

  /** Products that the caller knows to fit. */
  public static void multiplyFitting(long[] left, long[] right, long[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = left[i] * right[i];
    }
  }

  public static void add(double[] left, double[] right, double[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = left[i] + right[i];
    }
  }

  public static void subtract(double[] left, double[] right, double[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = left[i] - right[i];
    }
  }

  public static void multiply(double[] left, double[] right, double[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = left[i] * right[i];
    }
  }
}
