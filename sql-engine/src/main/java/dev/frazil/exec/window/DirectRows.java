package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the rows of each frame one by one, in their order: for aggregates that collect their rows,
 * whose results are as long as the frames.
 */
final class DirectRows implements FrameStates {
  private static final int ROWS_AT_ONCE = 1 << 14;

  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];
  private final int[] rows = new int[ROWS_AT_ONCE];
  private final int[] targets = new int[ROWS_AT_ONCE];
  private List<ColumnVector> arguments = List.of();
  private boolean @Nullable [] counted;

  @Override
  public void open(WindowRows next, List<ColumnVector> columns, boolean @Nullable [] mask) {
    arguments = columns;
    counted = mask;
  }

  @Override
  public void addTo(Accumulator target, RowRanges frames, int from, int count) {
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
            target.add(arguments, rows, held, targets);
            held = 0;
          }
        }
      }
    }
    target.add(arguments, rows, held, targets);
  }

  @Override
  public long bytesPerRow() {
    return 0;
  }
}
