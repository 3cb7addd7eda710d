package dev.frazil.kernel;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Sums and counts of many groups at once. Everywhere: input {@code i} of {@code count} belongs to
 * group {@code groups[i]} and is row {@code positions[i]} of the values ({@code positions} null:
 * row {@code i}); rows that {@code nulls} marks are left out. Accumulators are indexed by group and
 * as long as the number of groups. Integers and decimals are summed in 128 bits; 22003 beyond.
 */
public final class AggregateKernels {
  private AggregateKernels() {}

  /** Adds 1 a row. */
  public static void count(int[] groups, int count, long[] counts) {
    if (!FewGroupSums.suits(counts.length, count)) {
      for (int i = 0; i < count; i++) {
        counts[groups[i]]++;
      }
    } else {
      FewGroupSums.count(groups, count, counts);
    }
  }

  /** Adds 1 a row that is not null. */
  public static void countNotNull(
      int[] groups,
      int @Nullable [] positions,
      int count,
      boolean @Nullable [] nulls,
      long[] counts) {
    if (nulls == null) {
      count(groups, count, counts);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!nulls[positions == null ? i : positions[i]]) {
        counts[groups[i]]++;
      }
    }
  }

  /** Adds longs into 128-bit accumulators. */
  public static void sumLongs(
      int[] groups,
      int @Nullable [] positions,
      int count,
      long[] values,
      boolean @Nullable [] nulls,
      long[] high,
      long[] low) {
    if (nulls == null
        && FewGroupSums.suits(low.length, count)
        && FewGroupSums.sumLongs(groups, positions, count, values, high, low)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        add(high, low, groups[i], values[row]);
      }
    }
  }

  /** Adds ints into 128-bit accumulators. */
  public static void sumInts(
      int[] groups,
      int @Nullable [] positions,
      int count,
      int[] values,
      boolean @Nullable [] nulls,
      long[] high,
      long[] low) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        add(high, low, groups[i], values[row]);
      }
    }
  }

  /** Adds 128-bit integers. */
  public static void sumInt128s(
      int[] groups,
      int @Nullable [] positions,
      int count,
      long[] valuesHigh,
      long[] valuesLow,
      boolean @Nullable [] nulls,
      long[] high,
      long[] low) {
    if (nulls == null
        && FewGroupSums.suits(low.length, count)
        && count * 2L > valuesLow.length
        && fitLongs(valuesHigh, valuesLow, valuesLow.length)
        && FewGroupSums.sumLongs(groups, positions, count, valuesLow, high, low)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        add(high, low, groups[i], valuesHigh[row], valuesLow[row]);
      }
    }
  }

  /** Adds doubles. */
  public static void sumDoubles(
      int[] groups,
      int @Nullable [] positions,
      int count,
      double[] values,
      boolean @Nullable [] nulls,
      double[] sums) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        sums[groups[i]] += values[row];
      }
    }
  }

  /** Adds floats as doubles. */
  public static void sumFloats(
      int[] groups,
      int @Nullable [] positions,
      int count,
      float[] values,
      boolean @Nullable [] nulls,
      double[] sums) {
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        sums[groups[i]] += values[row];
      }
    }
  }

  /** Adds longs of one group; the accumulator is {@code high[group], low[group]}. */
  public static void sumLongs(
      int group,
      int @Nullable [] positions,
      int count,
      long[] values,
      boolean @Nullable [] nulls,
      long[] high,
      long[] low) {
    // the halves of 2^31 longs cannot overflow a long each, so the loop needs no carry
    long upper = 0;
    long lower = 0;
    if (nulls == null && positions == null) {
      for (int i = 0; i < count; i++) {
        upper += values[i] >> 32;
        lower += values[i] & 0xFFFFFFFFL;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = positions == null ? i : positions[i];
        if (nulls == null || !nulls[row]) {
          upper += values[row] >> 32;
          lower += values[row] & 0xFFFFFFFFL;
        }
      }
    }
    addHalves(high, low, group, upper, lower);
  }

  /** Adds 128-bit integers of one group. */
  public static void sumInt128s(
      int group,
      int @Nullable [] positions,
      int count,
      long[] valuesHigh,
      long[] valuesLow,
      boolean @Nullable [] nulls,
      long[] high,
      long[] low) {
    if (nulls == null && positions == null && fitLongs(valuesHigh, valuesLow, count)) {
      sumLongs(group, null, count, valuesLow, null, high, low);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        add(high, low, group, valuesHigh[row], valuesLow[row]);
      }
    }
  }

  /** Adds doubles of one group, in order. */
  public static double sumDoubles(
      int @Nullable [] positions, int count, double[] values, boolean @Nullable [] nulls) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      if (nulls == null || !nulls[row]) {
        sum += values[row];
      }
    }
    return sum;
  }

  /** Rows that are not null. */
  public static long countNotNull(
      int @Nullable [] positions, int count, boolean @Nullable [] nulls) {
    if (nulls == null) {
      return count;
    }
    long notNull = 0;
    for (int i = 0; i < count; i++) {
      notNull += nulls[positions == null ? i : positions[i]] ? 0 : 1;
    }
    return notNull;
  }

  /** Whether each of the first {@code count} 128-bit integers is a long. */
  public static boolean fitLongs(long[] high, long[] low, int count) {
    long misfit = 0;
    for (int i = 0; i < count; i++) {
      misfit |= high[i] ^ (low[i] >> 63);
    }
    return misfit == 0;
  }

  /** {@code accumulator[group] += value}. */
  public static void add(long[] high, long[] low, int group, long value) {
    long before = low[group];
    long after = before + value;
    low[group] = after;
    // carry out of the unsigned addition, plus the sign extension of the value; 2^63 additions
    // of longs are needed to overflow the upper half
    high[group] += (value >> 63) + (Long.compareUnsigned(after, before) < 0 ? 1 : 0);
  }

  /** {@code accumulator[group] += (valueHigh, valueLow)}; 22003 beyond 128 bits. */
  public static void add(long[] high, long[] low, int group, long valueHigh, long valueLow) {
    long before = low[group];
    long after = before + valueLow;
    low[group] = after;
    long carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    long highBefore = high[group];
    long highAfter = highBefore + valueHigh + carry;
    if (((highBefore ^ highAfter) & (valueHigh ^ highAfter)) < 0) {
      throw new EngineException(
          SqlState.NUMERIC_OUT_OF_RANGE, "a sum of decimals exceeds 38 digits");
    }
    high[group] = highAfter;
  }

  private static void addHalves(long[] high, long[] low, int group, long upper, long lower) {
    add(high, low, group, upper >> 32, upper << 32);
    add(high, low, group, lower);
  }
}
