package dev.frazil.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a batch put in the order of their groups, for several aggregates of few groups: rows of
 * one group are then counted without being looked at, and summed in a register instead of in an
 * accumulator in memory, where each addition waits for the one before. Within a group rows keep
 * their order. The arrays are used again by the next {@link #order}. One thread.
 */
public final class GroupRuns {
  private static final int MAX_GROUPS = 64;
  private static final int MIN_ROWS = 256;

  /** Counted side by side, so that neighbours of one group do not wait for each other. */
  private static final int LANES = 4;

  /** So many values below {@link #SMALL} cannot overflow a long. */
  private static final int MAX_VALUES = 1 << 16;

  private static final long SMALL = 1L << 46;

  private final int[] lanes = new int[LANES * MAX_GROUPS];
  private final int[] starts = new int[MAX_GROUPS + 1];
  private final int[] next = new int[MAX_GROUPS];
  private final long[] sums = new long[MAX_GROUPS];
  private int[] ordered = new int[0];
  private int groupCount;

  /** Whether ordering pays for so many groups and rows. */
  public static boolean suit(int groupCount, int count) {
    return groupCount <= MAX_GROUPS && count >= MIN_ROWS && count <= MAX_VALUES;
  }

  /**
   * Orders rows.
   *
   * @param groups the group of each row, below {@code groupCount}
   * @param rows the row numbers; null for {@code 0..count}
   */
  public void order(int[] groups, int @Nullable [] rows, int count, int groupCount) {
    this.groupCount = groupCount;
    if (ordered.length < count) {
      ordered = new int[count];
    }
    countRows(groups, count);
    int[] target = ordered;
    int[] cursors = next;
    System.arraycopy(starts, 0, cursors, 0, groupCount);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        target[cursors[groups[i]]++] = i;
      }
    } else {
      for (int i = 0; i < count; i++) {
        target[cursors[groups[i]]++] = rows[i];
      }
    }
  }

  private void countRows(int[] groups, int count) {
    int[] counts = lanes;
    Arrays.fill(counts, 0);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      counts[groups[i]]++;
      counts[groups[i + 1] + MAX_GROUPS]++;
      counts[groups[i + 2] + 2 * MAX_GROUPS]++;
      counts[groups[i + 3] + 3 * MAX_GROUPS]++;
    }
    for (; i < count; i++) {
      counts[groups[i]]++;
    }
    int start = 0;
    for (int group = 0; group < groupCount; group++) {
      starts[group] = start;
      for (int lane = group; lane < counts.length; lane += MAX_GROUPS) {
        start += counts[lane];
      }
    }
    starts[groupCount] = start;
  }

  /** Adds the number of rows of each group. */
  public void count(long[] counts) {
    for (int group = 0; group < groupCount; group++) {
      counts[group] += starts[group + 1] - starts[group];
    }
  }

  /**
   * Adds longs to 128-bit accumulators, null rows among them as they are.
   *
   * @param values by row
   * @return false, with nothing added, where a value is not small
   */
  public boolean sumLongs(long[] values, long[] high, long[] low) {
    long magnitudes = 0;
    for (int group = 0; group < groupCount; group++) {
      long sum = 0;
      int end = starts[group + 1];
      for (int i = starts[group]; i < end; i++) {
        long value = values[ordered[i]];
        sum += value;
        magnitudes |= value ^ value >> 63;
      }
      sums[group] = sum;
    }
    if (magnitudes >= SMALL) {
      return false;
    }
    for (int group = 0; group < groupCount; group++) {
      if (sums[group] != 0) {
        AggregateKernels.add(high, low, group, sums[group]);
      }
    }
    return true;
  }

  /**
   * Adds doubles, in the order of the rows of a group.
   *
   * @param values by row
   */
  public void sumDoubles(double[] values, double[] accumulators) {
    for (int group = 0; group < groupCount; group++) {
      double sum = accumulators[group];
      int end = starts[group + 1];
      for (int i = starts[group]; i < end; i++) {
        sum += values[ordered[i]];
      }
      accumulators[group] = sum;
    }
  }
}
