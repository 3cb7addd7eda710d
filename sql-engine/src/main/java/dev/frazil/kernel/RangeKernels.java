package dev.frazil.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Comparisons of a column with constants, straight into a selection. All orders against a constant
 * are one shape: within {@code [least, greatest]}, or outside of it.
 */
@SuppressWarnings("ShortCircuitBoolean") // loops without branches can be vectorised
public final class RangeKernels {
  private RangeKernels() {}

  /**
   * Writes the rows whose value lies in the range (or, {@code outside}, does not) to {@code chosen}
   * and returns how many; null rows are never chosen.
   *
   * @param positions rows to look at, in order, or null for rows {@code 0..count}
   * @param least at most {@code greatest}
   * @param chosen at least {@code count} long; may be {@code positions} itself
   */
  public static int select(
      long[] values,
      boolean @Nullable [] nulls,
      int @Nullable [] positions,
      int count,
      long least,
      long greatest,
      boolean outside,
      int[] chosen) {
    // one unsigned comparison instead of two signed ones
    long width = greatest - least + Long.MIN_VALUE;
    int next = 0;
    if (positions == null && nulls == null) {
      for (int row = 0; row < count; row++) {
        chosen[next] = row;
        next += (values[row] - least + Long.MIN_VALUE <= width) != outside ? 1 : 0;
      }
    } else if (positions != null && nulls == null) {
      for (int i = 0; i < count; i++) {
        int row = positions[i];
        chosen[next] = row;
        next += (values[row] - least + Long.MIN_VALUE <= width) != outside ? 1 : 0;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = positions == null ? i : positions[i];
        chosen[next] = row;
        boolean within = values[row] - least + Long.MIN_VALUE <= width;
        next += within != outside & (nulls == null || !nulls[row]) ? 1 : 0;
      }
    }
    return next;
  }

  /** As the form for longs. */
  public static int select(
      int[] values,
      boolean @Nullable [] nulls,
      int @Nullable [] positions,
      int count,
      int least,
      int greatest,
      boolean outside,
      int[] chosen) {
    int width = greatest - least + Integer.MIN_VALUE;
    int next = 0;
    if (positions == null && nulls == null) {
      for (int row = 0; row < count; row++) {
        chosen[next] = row;
        next += (values[row] - least + Integer.MIN_VALUE <= width) != outside ? 1 : 0;
      }
    } else if (positions != null && nulls == null) {
      for (int i = 0; i < count; i++) {
        int row = positions[i];
        chosen[next] = row;
        next += (values[row] - least + Integer.MIN_VALUE <= width) != outside ? 1 : 0;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = positions == null ? i : positions[i];
        chosen[next] = row;
        boolean within = values[row] - least + Integer.MIN_VALUE <= width;
        next += within != outside & (nulls == null || !nulls[row]) ? 1 : 0;
      }
    }
    return next;
  }
}
