package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel that computes row by row from whole arrays: a batch gives what its rows give one at
 * a time, raises the alarm when a row alone does, and leaves the rows beyond its count alone.
 * Kernels are found by reflection. {@link ArithmeticKernelsTest} and {@link Int128KernelsTest}
 * compare single rows with exact numbers.
 */
class BatchKernelMatrixTest {
  private static final int ROWS = 257;
  private static final long SEED = Long.getLong("frazil.seed", 7);

  static Stream<Method> kernels() {
    return Stream.of(ArithmeticKernels.class, Int128Kernels.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .sorted((left, right) -> left.toString().compareTo(right.toString()));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aBatchComputesAsItsRowsDo(Method kernel) throws ReflectiveOperationException {
    // With few boundary values batches exist that raise no alarm, with many all of them do.
    for (int boundaryOneIn : new int[] {1, 50, 0}) {
      for (int count : new int[] {0, 1, 3, ROWS - 1}) {
        check(kernel, boundaryOneIn, count);
      }
    }
  }

  private static void check(Method kernel, int boundaryOneIn, int count)
      throws ReflectiveOperationException {
    Random random = new Random(SEED);
    Class<?>[] types = kernel.getParameterTypes();
    Object[] batch = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      batch[i] = argument(types[i], boundaryOneIn, count, random);
    }
    Object[] before = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      before[i] = types[i].isArray() ? part(batch[i], 0, ROWS) : batch[i];
    }
    boolean alarm = call(kernel, batch);
    boolean expectedAlarm = false;
    for (int row = 0; row < count; row++) {
      Object[] single = new Object[types.length];
      for (int i = 0; i < types.length; i++) {
        single[i] =
            types[i].isArray() ? part(before[i], row, 1) : types[i] == int.class ? 1 : before[i];
      }
      expectedAlarm |= call(kernel, single);
      for (int i = 0; i < types.length; i++) {
        if (types[i].isArray()) {
          assertThat(Array.get(batch[i], row))
              .as("%s argument %s row %s", kernel, i, row)
              .isEqualTo(Array.get(single[i], 0));
        }
      }
    }
    assertThat(alarm).as("%s of %s rows", kernel, count).isEqualTo(expectedAlarm);
    for (int i = 0; i < types.length; i++) {
      if (types[i].isArray()) {
        assertThat(part(batch[i], count, ROWS - count))
            .as("%s beyond %s rows", kernel, count)
            .isEqualTo(part(before[i], count, ROWS - count));
      }
    }
  }

  private static Object argument(Class<?> type, int boundaryOneIn, int count, Random random) {
    if (type == int.class) {
      return count;
    } else if (type == long.class) {
      return 1000L;
    } else if (type == BigInteger.class) {
      return BigInteger.TEN.pow(30);
    }
    Object array = Array.newInstance(type.getComponentType(), ROWS);
    for (int row = 0; row < ROWS; row++) {
      boolean boundary = boundaryOneIn > 0 && random.nextInt(boundaryOneIn) == 0;
      Array.set(array, row, value(type.getComponentType(), boundary, random));
    }
    return array;
  }

  private static Object value(Class<?> type, boolean boundary, Random random) {
    int choice = random.nextInt(3);
    if (type == int.class) {
      int bound = choice == 0 ? Integer.MIN_VALUE : choice == 1 ? Integer.MAX_VALUE : -1;
      return boundary ? bound : random.nextInt(100) - 50;
    } else if (type == long.class) {
      long bound = choice == 0 ? Long.MIN_VALUE : choice == 1 ? Long.MAX_VALUE : -1;
      return boundary ? bound : (Object) (long) (random.nextInt(100) - 50);
    }
    double bound = choice == 0 ? Double.NaN : choice == 1 ? -0.0 : Double.POSITIVE_INFINITY;
    return boundary ? bound : random.nextDouble();
  }

  private static Object part(Object array, int from, int count) {
    Object part = Array.newInstance(array.getClass().getComponentType(), count);
    System.arraycopy(array, from, part, 0, count);
    return part;
  }

  private static boolean call(Method kernel, Object[] arguments)
      throws ReflectiveOperationException {
    try {
      return Boolean.TRUE.equals(kernel.invoke(null, arguments));
    } catch (InvocationTargetException failed) {
      throw new AssertionError(kernel + " fails", failed.getCause());
    }
  }
}
