package dev.frazil.parquet;

import java.util.List;

/**
 * A unit of scan work: rows of one row group that survived pruning.
 *
 * @param rowGroup ordinal of the row group in the file
 * @param ranges disjoint ascending ranges of rows, counted from the start of the file; never empty
 */
public record Morsel(int rowGroup, List<RowRange> ranges) {
  public Morsel {
    ranges = List.copyOf(ranges);
  }

  /** Rows in all ranges. */
  public long rowCount() {
    long count = 0;
    for (RowRange range : ranges) {
      count += range.rowCount();
    }
    return count;
  }

  /**
   * Rows {@code [start, end)} of a file.
   *
   * @param start first row, from 0
   * @param end one past the last row, above {@code start}
   */
  public record RowRange(long start, long end) {
    public long rowCount() {
      return end - start;
    }
  }
}
