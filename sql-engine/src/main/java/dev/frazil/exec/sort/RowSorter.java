package dev.frazil.exec.sort;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.SortKey;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;

/**
 * Sorts the rows of a batch, stably: by radix on the prefixes of {@link RowOrder}, then by
 * comparison within each run of equal prefixes. Thread-safe: no state.
 */
public final class RowSorter {
  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;
  private static final int SMALL = 16;

  private RowSorter() {}

  /** The row numbers of a batch without a selection, in order. */
  public static int[] sort(RowBatch batch, RowOrder order) {
    long[] prefixes = new long[batch.rowCount()];
    order.prefixes(batch, prefixes);
    return sort(batch, order, prefixes, 0, batch.rowCount());
  }

  /** The row numbers {@code from..to} of a batch without a selection, in order. */
  static int[] sort(RowBatch batch, RowOrder order, long[] prefixes, int from, int to) {
    if (!order.prefixDecides(batch) && order.prefixesDecide(batch)) {
      return byEachKey(batch, order, from, to);
    }
    int count = to - from;
    int[] rows = new int[count];
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] = from + i;
      keys[i] = prefixes[from + i] ^ Long.MIN_VALUE;
    }
    int[] sorted = radix(rows, keys);
    if (!order.prefixDecides(batch)) {
      settleTies(batch, order, sorted, prefixes);
    }
    return sorted;
  }

  /** By the last key first: as each pass is stable, the first key decides in the end. */
  private static int[] byEachKey(RowBatch batch, RowOrder order, int from, int to) {
    int count = to - from;
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = from + i;
    }
    long[] prefixes = new long[batch.rowCount()];
    for (int k = order.keys().size() - 1; k >= 0; k--) {
      SortKey key = order.keys().get(k);
      ColumnVector column = batch.column(key.column());
      boolean[] nulls = column.nulls();
      CompareKernels.orderPrefixes(column, prefixes);
      long[] keys = new long[count];
      for (int i = 0; i < count; i++) {
        long prefix = nulls != null && nulls[rows[i]] ? 0 : prefixes[rows[i]];
        keys[i] = (key.descending() ? ~prefix : prefix) ^ Long.MIN_VALUE;
      }
      rows = radix(rows, keys);
      if (nulls != null) {
        rows = nullsApart(rows, nulls, key.nullsFirst());
      }
    }
    return rows;
  }

  private static int[] nullsApart(int[] rows, boolean[] nulls, boolean nullsFirst) {
    int[] apart = new int[rows.length];
    int place = 0;
    for (int row : rows) {
      if (nulls[row] == nullsFirst) {
        apart[place++] = row;
      }
    }
    for (int row : rows) {
      if (nulls[row] != nullsFirst) {
        apart[place++] = row;
      }
    }
    return apart;
  }

  private static int[] radix(int[] rows, long[] keys) {
    int count = rows.length;
    long varying = 0;
    for (int i = 1; i < count; i++) {
      varying |= keys[i] ^ keys[0];
    }
    int[] fromRows = rows;
    long[] fromKeys = keys;
    int[] toRows = new int[count];
    long[] toKeys = new long[count];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      if ((varying >>> shift & (DIGITS - 1)) == 0) {
        continue;
      }
      int[] places = new int[DIGITS + 1];
      for (int i = 0; i < count; i++) {
        places[(int) (fromKeys[i] >>> shift & (DIGITS - 1)) + 1]++;
      }
      for (int digit = 0; digit < DIGITS; digit++) {
        places[digit + 1] += places[digit];
      }
      for (int i = 0; i < count; i++) {
        int place = places[(int) (fromKeys[i] >>> shift & (DIGITS - 1))]++;
        toKeys[place] = fromKeys[i];
        toRows[place] = fromRows[i];
      }
      int[] rowsAgain = fromRows;
      long[] keysAgain = fromKeys;
      fromRows = toRows;
      fromKeys = toKeys;
      toRows = rowsAgain;
      toKeys = keysAgain;
    }
    return fromRows;
  }

  private static void settleTies(RowBatch batch, RowOrder order, int[] rows, long[] prefixes) {
    int start = 0;
    int[] buffer = null;
    for (int i = 1; i <= rows.length; i++) {
      if (i == rows.length || prefixes[rows[i]] != prefixes[rows[start]]) {
        if (i - start > 1) {
          if (buffer == null) {
            buffer = new int[rows.length];
          }
          mergeSort(batch, order, rows, buffer, start, i);
        }
        start = i;
      }
    }
  }

  private static void mergeSort(
      RowBatch batch, RowOrder order, int[] rows, int[] buffer, int from, int to) {
    if (to - from <= SMALL) {
      for (int i = from + 1; i < to; i++) {
        int row = rows[i];
        int place = i;
        while (place > from && order.compare(batch, rows[place - 1], batch, row) > 0) {
          rows[place] = rows[place - 1];
          place--;
        }
        rows[place] = row;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(batch, order, rows, buffer, from, middle);
    mergeSort(batch, order, rows, buffer, middle, to);
    if (order.compare(batch, rows[middle - 1], batch, rows[middle]) <= 0) {
      return;
    }
    System.arraycopy(rows, from, buffer, from, middle - from);
    int left = from;
    int right = middle;
    for (int place = from; left < middle; place++) {
      if (right < to && order.compare(batch, rows[right], batch, buffer[left]) < 0) {
        rows[place] = rows[right++];
      } else {
        rows[place] = buffer[left++];
      }
    }
  }

  /** Merges two sorted lists of rows of one batch. */
  static int[] merge(RowBatch batch, RowOrder order, long[] prefixes, int[] left, int[] right) {
    int[] merged = Arrays.copyOf(left, left.length + right.length);
    int i = 0;
    int j = 0;
    for (int place = 0; place < merged.length; place++) {
      boolean takeRight =
          i == left.length
              || (j < right.length && before(batch, order, prefixes, right[j], left[i]));
      merged[place] = takeRight ? right[j++] : left[i++];
    }
    return merged;
  }

  private static boolean before(
      RowBatch batch, RowOrder order, long[] prefixes, int row, int other) {
    if (prefixes[row] != prefixes[other]) {
      return prefixes[row] < prefixes[other];
    }
    return order.compare(batch, row, batch, other) < 0;
  }
}
