package dev.frazil.exec.window;

import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Unit;

/**
 * The rows of the frame of each row: up to three ranges, the exclusion being cut out. A bound never
 * goes back from one row of a partition to the next. One thread.
 */
final class FrameRows implements RowRanges {
  /** Ranges that a frame falls into at most. */
  static final int MAX_RANGES = 3;

  private final WindowRows rows;
  private final Exclusion exclusion;
  private final int[] starts;
  private final int[] ends;

  private FrameRows(WindowRows rows, Exclusion exclusion, int[] starts, int[] ends) {
    this.rows = rows;
    this.exclusion = exclusion;
    this.starts = starts;
    this.ends = ends;
  }

  static FrameRows of(WindowRows rows, WindowFrame frame, FrameOffsets offsets) {
    int[] starts = bounds(rows, frame.unit(), frame.start(), offsets.start(), true);
    int[] ends = bounds(rows, frame.unit(), frame.end(), offsets.end(), false);
    for (int row = 0; row < starts.length; row++) {
      ends[row] = Math.max(starts[row], ends[row]);
    }
    return new FrameRows(rows, frame.exclusion(), starts, ends);
  }

  /** The first row of the frame, or the row after the last one, of every row. */
  private static int[] bounds(
      WindowRows rows, Unit unit, Bound bound, Object offset, boolean isStart) {
    int[] bounds = new int[rows.rowCount()];
    for (int partition = 0; partition < rows.partitionCount(); partition++) {
      int from = rows.partitionStart(partition);
      int to = rows.partitionEnd(partition);
      if (from == to) {
        continue;
      }
      switch (bound.position()) {
        case UNBOUNDED_PRECEDING -> java.util.Arrays.fill(bounds, from, to, from);
        case UNBOUNDED_FOLLOWING -> java.util.Arrays.fill(bounds, from, to, to);
        case CURRENT_ROW -> current(rows, unit, from, to, isStart, bounds);
        case PRECEDING, FOLLOWING -> {
          boolean isPreceding = bound.position() == WindowFrame.Position.PRECEDING;
          switch (unit) {
            case ROWS -> {
              long distance = isPreceding ? -(long) offset : (long) offset;
              for (int row = from; row < to; row++) {
                bounds[row] = shifted(isStart ? row : row + 1, distance, from, to);
              }
            }
            case GROUPS -> {
              long distance = isPreceding ? -(long) offset : (long) offset;
              byGroups(rows, distance, from, to, isStart, bounds);
            }
            case RANGE -> RangeBounds.fill(rows, offset, isPreceding, from, to, isStart, bounds);
          }
        }
      }
    }
    return bounds;
  }

  private static void current(
      WindowRows rows, Unit unit, int from, int to, boolean isStart, int[] bounds) {
    if (unit == Unit.ROWS) {
      for (int row = from; row < to; row++) {
        bounds[row] = isStart ? row : row + 1;
      }
    } else {
      byGroups(rows, 0, from, to, isStart, bounds);
    }
  }

  private static int shifted(int row, long distance, int from, int to) {
    // Neither sum can overflow: a row is an int.
    long place = distance < 0 ? Math.max(distance, -1L << 40) : Math.min(distance, 1L << 40);
    return (int) Math.max(from, Math.min(to, row + place));
  }

  private static void byGroups(
      WindowRows rows, long distance, int from, int to, boolean isStart, int[] bounds) {
    int[] groups = rows.peerGroups();
    int[] starts = rows.peerStarts();
    int first = groups[from];
    int end = groups[to - 1] + 1;
    for (int row = from; row < to; row++) {
      bounds[row] = starts[shifted(isStart ? groups[row] : groups[row] + 1, distance, first, end)];
    }
  }

  @Override
  public int start(int row) {
    return starts[row];
  }

  @Override
  public int end(int row) {
    return ends[row];
  }

  @Override
  public int ranges(int row, int[] ranges) {
    int start = starts[row];
    int end = ends[row];
    if (exclusion == Exclusion.NO_OTHERS) {
      return add(start, end, ranges, 0);
    }
    int from = row;
    int to = row + 1;
    if (exclusion != Exclusion.CURRENT_ROW) {
      int group = rows.peerGroups()[row];
      from = rows.peerStarts()[group];
      to = rows.peerStarts()[group + 1];
    }
    int count = add(start, Math.min(end, from), ranges, 0);
    if (exclusion == Exclusion.TIES && start <= row && row < end) {
      count = add(row, row + 1, ranges, count);
    }
    return add(Math.max(start, to), end, ranges, count);
  }

  private static int add(int start, int end, int[] ranges, int count) {
    if (start >= end) {
      return count;
    }
    ranges[2 * count] = start;
    ranges[2 * count + 1] = end;
    return count + 1;
  }
}
