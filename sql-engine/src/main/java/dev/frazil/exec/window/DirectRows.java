package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.DistinctRows;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the rows of each frame one by one, in their order: for aggregates that collect their rows,
 * whose results are as long as the frames, and for DISTINCT over frames that lose rows.
 */
final class DirectRows implements FrameStates {
  private static final int ROWS_AT_ONCE = 1 << 14;

  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];
  private final int[] rows = new int[ROWS_AT_ONCE];
  private final int[] targets = new int[ROWS_AT_ONCE];
  private final @Nullable List<SqlType> distinctTypes;
  private List<ColumnVector> arguments = List.of();
  private boolean @Nullable [] counted;

  /** All rows of a frame. */
  DirectRows() {
    this(null);
  }

  /**
   * @param distinctTypes of the arguments of which each combination counts once in a frame; null
   *     where every row counts
   */
  DirectRows(@Nullable List<SqlType> distinctTypes) {
    this.distinctTypes = distinctTypes;
  }

  /** Whether it leaves rows out that are in a frame already. */
  boolean isDistinct() {
    return distinctTypes != null;
  }

  @Override
  public void open(WindowRows next, List<ColumnVector> columns, boolean @Nullable [] mask) {
    arguments = columns;
    counted = mask;
  }

  @Override
  public void addTo(Accumulator target, RowRanges frames, int from, int count) {
    List<SqlType> types = distinctTypes;
    if (types == null) {
      addTo(target, null, frames, from, count);
      return;
    }
    try (DistinctRows distinct = new DistinctRows(types)) {
      addTo(target, distinct, frames, from, count);
    }
  }

  private void addTo(
      Accumulator target, @Nullable DistinctRows distinct, RowRanges frames, int from, int count) {
    int held = 0;
    boolean[] mask = counted;
    for (int i = 0; i < count; i++) {
      int rangeCount = frames.ranges(from + i, ranges);
      for (int range = 0; range < rangeCount; range++) {
        for (int row = ranges[2 * range]; row < ranges[2 * range + 1]; row++) {
          if (mask != null && !mask[row]) {
            continue;
          }
          rows[held] = row;
          targets[held++] = i;
          if (held == ROWS_AT_ONCE) {
            add(target, distinct, held);
            held = 0;
          }
        }
      }
    }
    add(target, distinct, held);
  }

  private void add(Accumulator target, @Nullable DistinctRows distinct, int count) {
    if (distinct == null) {
      target.add(arguments, rows, count, targets);
      return;
    }
    DistinctRows.Passed passed =
        distinct.pass(arguments, Arrays.copyOf(rows, count), count, Arrays.copyOf(targets, count));
    target.add(arguments, passed.rows(), passed.count(), passed.groups());
  }

  @Override
  public long bytesPerRow() {
    return 0;
  }
}
