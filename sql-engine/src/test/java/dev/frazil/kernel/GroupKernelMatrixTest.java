package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel that folds rows into groups x {no nulls, some, all} x {all rows, a selection} x
 * boundary values: the batch gives what its rows give one at a time. Kernels are found by
 * reflection, so that a new one is covered the day it is written. {@link AggregateKernelsTest}
 * compares with sums that are computed otherwise.
 */
class GroupKernelMatrixTest {
  private static final int ROWS = 300;
  private static final int GROUPS = 5;

  /** Helpers that do not run over rows; and one over vectors, see AggregateKernelsTest. */
  private static final List<String> OTHERS = List.of("add", "fitLongs", "extremeBytes");

  static Stream<Method> kernels() {
    return Stream.of(AggregateKernels.class, ExtremeKernels.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !OTHERS.contains(method.getName()))
        .sorted((left, right) -> left.toString().compareTo(right.toString()));
  }

  /** The arguments of one call. */
  private record Case(
      boolean greatest, int[] groups, int[] positions, boolean[] nulls, List<Object> values) {}

  @ParameterizedTest
  @MethodSource("kernels")
  void aBatchFoldsAsItsRowsDo(Method kernel) throws ReflectiveOperationException {
    long seed = Long.getLong("frazil.seed", 42);
    for (int nullOneIn : new int[] {0, 3, 1}) {
      for (boolean selected : new boolean[] {false, true}) {
        for (boolean greatest : new boolean[] {false, true}) {
          check(kernel, nullOneIn, selected, greatest, new Random(seed));
        }
      }
    }
  }

  private static void check(
      Method kernel, int nullOneIn, boolean selected, boolean greatest, Random random)
      throws ReflectiveOperationException {
    int[] positions =
        selected ? random.ints(ROWS / 3, 0, ROWS).sorted().distinct().toArray() : null;
    boolean[] nulls = null;
    if (nullOneIn > 0) {
      nulls = new boolean[ROWS];
      for (int i = 0; i < ROWS; i++) {
        nulls[i] = random.nextInt(nullOneIn) == 0;
      }
    }
    List<Object> values = values(kernel, random);
    int[] groups = random.ints(ROWS, 0, GROUPS).toArray();
    int count = positions == null ? ROWS : positions.length;
    List<Object> state = state(kernel);
    double folded =
        call(kernel, new Case(greatest, groups, positions, nulls, values), count, state);

    List<Object> expected = state(kernel);
    double total = 0;
    boolean ignoresNulls = parameters(kernel).contains(boolean[].class);
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (!ignoresNulls || nulls == null || !nulls[row]) {
        Case single = new Case(greatest, new int[] {groups[i]}, new int[] {row}, null, values);
        total += call(kernel, single, 1, expected);
      }
    }
    assertThat(folded).as(kernel.getName()).isEqualTo(total);
    for (int i = 0; i < state.size(); i++) {
      assertSame(kernel.getName() + " state " + i, state.get(i), expected.get(i));
    }
  }

  private static List<Class<?>> parameters(Method kernel) {
    return Arrays.asList(kernel.getParameterTypes());
  }

  /** Where the values end and the state begins: the one mask of nulls, or the count. */
  private static int split(Method kernel) {
    int mask = parameters(kernel).indexOf(boolean[].class);
    return mask >= 0 ? mask : parameters(kernel).lastIndexOf(int.class);
  }

  private static List<Object> values(Method kernel, Random random) {
    List<Object> values = new ArrayList<>();
    Class<?>[] types = kernel.getParameterTypes();
    for (int i = parameters(kernel).lastIndexOf(int.class) + 1; i < split(kernel); i++) {
      Object array = Array.newInstance(types[i].getComponentType(), ROWS);
      // the high halves of 128-bit numbers are small, so that their sums fit
      boolean isHigh = kernel.getName().equals("sumInt128s") && values.isEmpty();
      for (int row = 0; row < ROWS; row++) {
        Object value = boundary(types[i].getComponentType(), random);
        Array.set(array, row, isHigh ? (Long) value >> 20 : value);
      }
      values.add(array);
    }
    return values;
  }

  /** Whole floating-point numbers, whose sums are exact in any order, and the special ones. */
  private static Object boundary(Class<?> type, Random random) {
    int choice = random.nextInt(8);
    if (type == int.class) {
      return choice == 0 ? Integer.MIN_VALUE : choice == 1 ? Integer.MAX_VALUE : random.nextInt();
    } else if (type == long.class) {
      return choice == 0 ? Long.MIN_VALUE : choice == 1 ? Long.MAX_VALUE : random.nextLong();
    } else if (type == float.class) {
      return choice == 0 ? -0f : (float) (random.nextInt(2000) - 1000);
    }
    return choice == 0 ? -0d : (double) (random.nextInt(2000) - 1000);
  }

  private static List<Object> state(Method kernel) {
    List<Object> state = new ArrayList<>();
    Class<?>[] types = kernel.getParameterTypes();
    for (int i = split(kernel) + 1; i < types.length; i++) {
      state.add(Array.newInstance(types[i].getComponentType(), GROUPS));
    }
    return state;
  }

  private static double call(Method kernel, Case arguments, int count, List<Object> state)
      throws ReflectiveOperationException {
    Class<?>[] types = kernel.getParameterTypes();
    Object[] call = new Object[types.length];
    int lastInt = parameters(kernel).lastIndexOf(int.class);
    int intArrays = 0;
    boolean grouped = types[0] == int[].class || types[0] == boolean.class;
    for (int i = 0; i <= lastInt; i++) {
      if (types[i] == boolean.class) {
        call[i] = arguments.greatest();
      } else if (types[i] == int[].class) {
        boolean isGroups = intArrays == 0 && grouped && hasGroups(kernel);
        call[i] = isGroups ? arguments.groups() : arguments.positions();
        intArrays++;
      } else {
        call[i] = i == lastInt ? count : 2;
      }
    }
    for (int i = lastInt + 1; i < split(kernel); i++) {
      call[i] = arguments.values().get(i - lastInt - 1);
    }
    if (types.length > split(kernel) && types[split(kernel)] == boolean[].class) {
      call[split(kernel)] = arguments.nulls();
    }
    for (int i = split(kernel) + 1; i < types.length; i++) {
      call[i] = state.get(i - split(kernel) - 1);
    }
    try {
      Object result = kernel.invoke(null, call);
      return result instanceof Number number ? number.doubleValue() : 0;
    } catch (InvocationTargetException failed) {
      throw new AssertionError(kernel + " fails", failed.getCause());
    }
  }

  /** A kernel without a group to fold into only returns what it folded. */
  private static boolean hasGroups(Method kernel) {
    return kernel.getReturnType() == void.class;
  }

  private static void assertSame(String what, Object left, Object right) {
    assertThat(Array.getLength(left)).isEqualTo(Array.getLength(right));
    for (int i = 0; i < Array.getLength(left); i++) {
      assertThat(Array.get(left, i)).as(what + " group " + i).isEqualTo(Array.get(right, i));
    }
  }
}
