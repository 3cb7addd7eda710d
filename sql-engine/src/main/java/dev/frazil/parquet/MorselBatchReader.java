package dev.frazil.parquet;

import dev.frazil.parquet.Morsel.RowRange;
import dev.frazil.parquet.read.RowGroupColumns;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over the row ranges of a morsel. */
final class MorselBatchReader implements BatchReader {
  private final RowGroupColumns columns;
  private final List<RowRange> ranges;

  /** Position in the file of the row group's first row. */
  private final long rowGroupStart;

  private final Runnable onEnd;
  private int range;
  private long next;
  private boolean ended;

  MorselBatchReader(
      RowGroupColumns columns, List<RowRange> ranges, long rowGroupStart, Runnable onEnd) {
    this.columns = columns;
    this.ranges = ranges;
    this.rowGroupStart = rowGroupStart;
    this.onEnd = onEnd;
    this.next = ranges.isEmpty() ? 0 : ranges.get(0).start();
  }

  @Override
  public @Nullable PositionedBatch next() {
    while (range < ranges.size() && next >= ranges.get(range).end()) {
      range++;
      if (range < ranges.size()) {
        next = ranges.get(range).start();
      }
    }
    if (range == ranges.size()) {
      close();
      return null;
    }
    int rows = (int) Math.min(RowBatch.TARGET_ROWS, ranges.get(range).end() - next);
    long first = next;
    columns.seek(first - rowGroupStart);
    RowBatch batch = new RowBatch(columns.read(rows), rows);
    next += rows;
    return new PositionedBatch(batch, first);
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      range = ranges.size();
      onEnd.run();
    }
  }
}
