package dev.frazil.kernel;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Least and greatest values of many groups at once, in the order of {@link CompareKernels};
 * arguments as in {@link AggregateKernels}.
 */
public final class ExtremeKernels {
  private ExtremeKernels() {}

  /** Keeps the least of each group's ints; {@code seen} tells which groups hold one yet. */
  public static void minInts(
      int[] groups,
      int @Nullable [] positions,
      int count,
      int[] values,
      boolean @Nullable [] nulls,
      int[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || values[row] < best[group]) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the greatest of each group's ints. */
  public static void maxInts(
      int[] groups,
      int @Nullable [] positions,
      int count,
      int[] values,
      boolean @Nullable [] nulls,
      int[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || values[row] > best[group]) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the least of each group's longs; {@code seen} tells which groups hold one yet. */
  public static void minLongs(
      int[] groups,
      int @Nullable [] positions,
      int count,
      long[] values,
      boolean @Nullable [] nulls,
      long[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || values[row] < best[group]) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the greatest of each group's longs. */
  public static void maxLongs(
      int[] groups,
      int @Nullable [] positions,
      int count,
      long[] values,
      boolean @Nullable [] nulls,
      long[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || values[row] > best[group]) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the least of each group's floats; {@code seen} tells which groups hold one yet. */
  public static void minFloats(
      int[] groups,
      int @Nullable [] positions,
      int count,
      float[] values,
      boolean @Nullable [] nulls,
      float[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || CompareKernels.compareDoubles(values[row], best[group]) < 0) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the greatest of each group's floats. */
  public static void maxFloats(
      int[] groups,
      int @Nullable [] positions,
      int count,
      float[] values,
      boolean @Nullable [] nulls,
      float[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || CompareKernels.compareDoubles(values[row], best[group]) > 0) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the least of each group's doubles; {@code seen} tells which groups hold one yet. */
  public static void minDoubles(
      int[] groups,
      int @Nullable [] positions,
      int count,
      double[] values,
      boolean @Nullable [] nulls,
      double[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || CompareKernels.compareDoubles(values[row], best[group]) < 0) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the greatest of each group's doubles. */
  public static void maxDoubles(
      int[] groups,
      int @Nullable [] positions,
      int count,
      double[] values,
      boolean @Nullable [] nulls,
      double[] best,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        if (!seen[group] || CompareKernels.compareDoubles(values[row], best[group]) > 0) {
          best[group] = values[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps the least (or the greatest) of each group's 128-bit integers. */
  public static void extremeInt128s(
      boolean greatest,
      int[] groups,
      int @Nullable [] positions,
      int count,
      long[] valuesHigh,
      long[] valuesLow,
      boolean @Nullable [] nulls,
      long[] bestHigh,
      long[] bestLow,
      boolean[] seen) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        int order = Long.compare(valuesHigh[row], bestHigh[group]);
        if (order == 0) {
          order = Long.compareUnsigned(valuesLow[row], bestLow[group]);
        }
        if (!seen[group] || (greatest ? order > 0 : order < 0)) {
          bestHigh[group] = valuesHigh[row];
          bestLow[group] = valuesLow[row];
          seen[group] = true;
        }
      }
    }
  }

  /** Keeps a copy of the least (or the greatest) of each group's byte strings; null for none. */
  public static void extremeBytes(
      boolean greatest,
      int[] groups,
      int @Nullable [] positions,
      int count,
      ColumnVector values,
      byte[] @Nullable [] best) {
    int[] ids = values instanceof DictionaryVector vector ? vector.ids() : null;
    BytesVector entries =
        values instanceof DictionaryVector vector ? vector.dictionary() : (BytesVector) values;
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (values.isNull(row)) {
        continue;
      }
      int entry = ids == null ? row : ids[row];
      int from = entries.offsets()[entry];
      int to = entries.offsets()[entry + 1];
      byte[] held = best[groups[i]];
      if (held != null) {
        int order = Arrays.compareUnsigned(entries.data(), from, to, held, 0, held.length);
        if (greatest ? order <= 0 : order >= 0) {
          continue;
        }
      }
      best[groups[i]] = Arrays.copyOfRange(entries.data(), from, to);
    }
  }
}
