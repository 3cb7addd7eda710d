package dev.frazil.kernel;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;

/**
 * Truth values of comparisons of two columns, row by row, in the order of {@link CompareKernels}.
 * {@code negate} turns every answer around: "not less" is "greater or equal". Null rows give
 * undefined answers; the caller masks them.
 */
@SuppressWarnings("ShortCircuitBoolean") // loops without branches can be vectorised
public final class ComparisonKernels {
  private ComparisonKernels() {}

  /** {@code truth[i] = (left[i] = right[i]) != negate} for rows {@code 0..count}. */
  public static void equal(
      ColumnVector left, ColumnVector right, int count, boolean negate, boolean[] truth) {
    if (left instanceof LongVector l && right instanceof LongVector r) {
      long[] a = l.values();
      long[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] == b[i]) != negate;
      }
    } else if (left instanceof IntVector l && right instanceof IntVector r) {
      int[] a = l.values();
      int[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] == b[i]) != negate;
      }
    } else if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
      double[] a = l.values();
      double[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] == b[i] | (Double.isNaN(a[i]) & Double.isNaN(b[i]))) != negate;
      }
    } else if (left instanceof FloatVector l && right instanceof FloatVector r) {
      float[] a = l.values();
      float[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] == b[i] | (Double.isNaN(a[i]) & Double.isNaN(b[i]))) != negate;
      }
    } else if (left instanceof Int128Vector l && right instanceof Int128Vector r) {
      for (int i = 0; i < count; i++) {
        boolean same = l.high()[i] == r.high()[i] & l.low()[i] == r.low()[i];
        truth[i] = same != negate;
      }
    } else {
      for (int i = 0; i < count; i++) {
        truth[i] = (order(left, right, i) == 0) != negate;
      }
    }
  }

  /** {@code truth[i] = (left[i] < right[i]) != negate} for rows {@code 0..count}. */
  public static void less(
      ColumnVector left, ColumnVector right, int count, boolean negate, boolean[] truth) {
    if (left instanceof LongVector l && right instanceof LongVector r) {
      long[] a = l.values();
      long[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] < b[i]) != negate;
      }
    } else if (left instanceof IntVector l && right instanceof IntVector r) {
      int[] a = l.values();
      int[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] < b[i]) != negate;
      }
    } else if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
      double[] a = l.values();
      double[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] < b[i] | (Double.isNaN(b[i]) & !Double.isNaN(a[i]))) != negate;
      }
    } else if (left instanceof FloatVector l && right instanceof FloatVector r) {
      float[] a = l.values();
      float[] b = r.values();
      for (int i = 0; i < count; i++) {
        truth[i] = (a[i] < b[i] | (Double.isNaN(b[i]) & !Double.isNaN(a[i]))) != negate;
      }
    } else if (left instanceof Int128Vector l && right instanceof Int128Vector r) {
      for (int i = 0; i < count; i++) {
        boolean below =
            l.high()[i] < r.high()[i]
                | (l.high()[i] == r.high()[i] & Long.compareUnsigned(l.low()[i], r.low()[i]) < 0);
        truth[i] = below != negate;
      }
    } else {
      for (int i = 0; i < count; i++) {
        truth[i] = (order(left, right, i) < 0) != negate;
      }
    }
  }

  private static int order(ColumnVector left, ColumnVector right, int row) {
    if (left instanceof BytesVector l && right instanceof DictionaryVector r) {
      return CompareKernels.compareBytes(l, row, r.dictionary(), r.ids()[row]);
    }
    // the values under a null may be anything, also for nested vectors: they hold no row there
    return left.isNull(row) || right.isNull(row)
        ? 0
        : CompareKernels.compare(left, row, right, row);
  }
}
