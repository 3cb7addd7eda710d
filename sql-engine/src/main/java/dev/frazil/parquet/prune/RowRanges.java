package dev.frazil.parquet.prune;

import java.util.Arrays;

/**
 * Ascending disjoint ranges of rows of a row group: {@code [starts[i], ends[i])}. Immutable.
 *
 * @param starts first rows
 * @param ends one past the last rows
 */
public record RowRanges(long[] starts, long[] ends) {
  static final RowRanges NONE = new RowRanges(new long[0], new long[0]);

  /** Rows {@code [0, rows)}. */
  public static RowRanges all(long rows) {
    return rows == 0 ? NONE : new RowRanges(new long[] {0}, new long[] {rows});
  }

  public boolean isEmpty() {
    return starts.length == 0;
  }

  /** Rows in all ranges. */
  public long rowCount() {
    long rows = 0;
    for (int i = 0; i < starts.length; i++) {
      rows += ends[i] - starts[i];
    }
    return rows;
  }

  /** Whether a row of {@code [start, end)} is in a range. */
  public boolean overlaps(long start, long end) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] < end && start < ends[i]) {
        return true;
      }
    }
    return false;
  }

  public RowRanges intersect(RowRanges other) {
    Builder builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < starts.length && j < other.starts.length) {
      builder.add(Math.max(starts[i], other.starts[j]), Math.min(ends[i], other.ends[j]));
      if (ends[i] < other.ends[j]) {
        i++;
      } else {
        j++;
      }
    }
    return builder.build();
  }

  public RowRanges union(RowRanges other) {
    Builder builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < starts.length || j < other.starts.length) {
      boolean takeOwn =
          j == other.starts.length || (i < starts.length && starts[i] <= other.starts[j]);
      if (takeOwn) {
        builder.add(starts[i], ends[i++]);
      } else {
        builder.add(other.starts[j], other.ends[j++]);
      }
    }
    return builder.build();
  }

  /** Joins ranges that are added in the order of their starts. */
  static final class Builder {
    private long[] starts = new long[4];
    private long[] ends = new long[4];
    private int count;

    void add(long start, long end) {
      if (start >= end) {
        return;
      }
      if (count > 0 && start <= ends[count - 1]) {
        ends[count - 1] = Math.max(ends[count - 1], end);
        return;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = start;
      ends[count++] = end;
    }

    RowRanges build() {
      return new RowRanges(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
    }
  }
}
