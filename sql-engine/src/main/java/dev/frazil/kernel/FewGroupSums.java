package dev.frazil.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Sums and counts for so few groups that neighbouring rows are mostly of the same one. Adding to an
 * accumulator in memory then waits for the addition before it: four accumulators a group take
 * turns, and small values are summed in 64 bits first. As {@link AggregateKernels} otherwise.
 */
final class FewGroupSums {
  private static final int MAX_GROUPS = 64;
  private static final int MIN_ROWS = 256;

  private static final int LANES = 4;

  /** So many values below {@link #SMALL} cannot overflow a long. */
  private static final int MAX_VALUES = 1 << 16;

  private static final long SMALL = 1L << 46;

  private FewGroupSums() {}

  /** Whether it pays for accumulators of that length and so many rows. */
  static boolean suits(int groups, int count) {
    return groups <= MAX_GROUPS && count >= MIN_ROWS;
  }

  /** Adds 1 a row. */
  static void count(int[] groups, int count, long[] counts) {
    int[] lanes = new int[LANES * MAX_GROUPS];
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      lanes[groups[i]]++;
      lanes[groups[i + 1] + MAX_GROUPS]++;
      lanes[groups[i + 2] + 2 * MAX_GROUPS]++;
      lanes[groups[i + 3] + 3 * MAX_GROUPS]++;
    }
    for (; i < count; i++) {
      lanes[groups[i]]++;
    }
    for (int group = 0; group < counts.length; group++) {
      for (int lane = group; lane < lanes.length; lane += MAX_GROUPS) {
        counts[group] += lanes[lane];
      }
    }
  }

  /** Adds longs to 128-bit accumulators; false, with nothing added, where a value is not small. */
  static boolean sumLongs(
      int[] groups, int @Nullable [] positions, int count, long[] values, long[] high, long[] low) {
    if (count > MAX_VALUES) {
      return false;
    }
    long[] lanes = new long[LANES * MAX_GROUPS];
    long magnitudes =
        positions == null
            ? sumAll(groups, count, values, lanes)
            : sumSome(groups, positions, count, values, lanes);
    if (magnitudes < 0 || magnitudes >= SMALL) {
      return false;
    }
    for (int group = 0; group < low.length; group++) {
      long sum = 0;
      for (int lane = group; lane < lanes.length; lane += MAX_GROUPS) {
        sum += lanes[lane];
      }
      if (sum != 0) {
        AggregateKernels.add(high, low, group, sum);
      }
    }
    return true;
  }

  private static long sumAll(int[] groups, int count, long[] values, long[] lanes) {
    long magnitudes = 0;
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      long a = values[i];
      long b = values[i + 1];
      long c = values[i + 2];
      long d = values[i + 3];
      lanes[groups[i]] += a;
      lanes[groups[i + 1] + MAX_GROUPS] += b;
      lanes[groups[i + 2] + 2 * MAX_GROUPS] += c;
      lanes[groups[i + 3] + 3 * MAX_GROUPS] += d;
      magnitudes |= (a ^ a >> 63) | (b ^ b >> 63) | (c ^ c >> 63) | (d ^ d >> 63);
    }
    for (; i < count; i++) {
      long value = values[i];
      lanes[groups[i]] += value;
      magnitudes |= value ^ value >> 63;
    }
    return magnitudes;
  }

  private static long sumSome(
      int[] groups, int[] positions, int count, long[] values, long[] lanes) {
    long magnitudes = 0;
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      long a = values[positions[i]];
      long b = values[positions[i + 1]];
      long c = values[positions[i + 2]];
      long d = values[positions[i + 3]];
      lanes[groups[i]] += a;
      lanes[groups[i + 1] + MAX_GROUPS] += b;
      lanes[groups[i + 2] + 2 * MAX_GROUPS] += c;
      lanes[groups[i + 3] + 3 * MAX_GROUPS] += d;
      magnitudes |= (a ^ a >> 63) | (b ^ b >> 63) | (c ^ c >> 63) | (d ^ d >> 63);
    }
    for (; i < count; i++) {
      long value = values[positions[i]];
      lanes[groups[i]] += value;
      magnitudes |= value ^ value >> 63;
    }
    return magnitudes;
  }
}
