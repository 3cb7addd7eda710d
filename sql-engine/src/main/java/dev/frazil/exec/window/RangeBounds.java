package dev.frazil.exec.window;

import dev.frazil.plan.SortKey;
import dev.frazil.vector.ColumnVector;

/** Bounds of RANGE frames with an offset: by the values of the only sort key. */
final class RangeBounds {
  private RangeBounds() {}

  /**
   * Writes the bounds of rows {@code from..to}, one partition: two places that move forward, O(n).
   * A row whose key is null has its peers for a frame.
   */
  static void fill(
      WindowRows rows,
      Object offset,
      boolean isPreceding,
      int from,
      int to,
      boolean isStart,
      int[] bounds) {
    SortKey key = rows.order().get(0);
    ColumnVector column = rows.column(key.column());
    int first = from;
    int end = to;
    while (first < to && column.isNull(first)) {
      first++;
    }
    while (end > first && column.isNull(end - 1)) {
      end--;
    }
    fillNulls(from, first, isStart, bounds);
    fillNulls(end, to, isStart, bounds);
    RangeKeys keys = RangeKeys.of(column, (Number) offset, isPreceding != key.descending());
    int place = first;
    for (int row = first; row < end; row++) {
      while (place < end && isBefore(keys, place, row, key.descending(), isStart)) {
        place++;
      }
      bounds[row] = place;
    }
  }

  /** Whether the key at a place is before the bound of a row: its start, or its end. */
  static boolean isBefore(RangeKeys keys, int place, int row, boolean descending, boolean isStart) {
    int order = keys.compareToShifted(place, row);
    int directed = descending ? -order : order;
    return isStart ? directed < 0 : directed <= 0;
  }

  private static void fillNulls(int from, int to, boolean isStart, int[] bounds) {
    for (int row = from; row < to; row++) {
      bounds[row] = isStart ? from : to;
    }
  }
}
