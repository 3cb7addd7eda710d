package dev.frazil.parquet;

import dev.frazil.parquet.Morsel.RowRange;
import dev.frazil.parquet.read.RowGroupColumns;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over the row ranges of a morsel. */
final class MorselBatchReader implements BatchReader {
  private final RowGroupColumns columns;
  private final List<RowRange> ranges;

  /** Position in the file of the row group's first row. */
  private final long rowGroupStart;

  private final int batchRows;
  private final Runnable onEnd;
  private int range;
  private long next;
  private boolean ended;

  MorselBatchReader(
      RowGroupColumns columns,
      List<RowRange> ranges,
      long rowGroupStart,
      int batchRows,
      Runnable onEnd) {
    this.columns = columns;
    this.ranges = ranges;
    this.rowGroupStart = rowGroupStart;
    this.batchRows = batchRows;
    this.onEnd = onEnd;
    this.next = ranges.isEmpty() ? 0 : ranges.get(0).start();
  }

  @Override
  public long prefetch() {
    return columns.prefetch();
  }

  @Override
  public void reuseBatches() {
    columns.reuseVectors();
  }

  @Override
  public @Nullable PositionedBatch next() {
    PendingRows pending = nextRows();
    if (pending == null) {
      return null;
    }
    List<ColumnVector> vectors = new ArrayList<>(columns.count());
    for (int i = 0; i < columns.count(); i++) {
      vectors.add(pending.column(i));
    }
    return new PositionedBatch(
        new RowBatch(vectors, pending.rowCount()), pending.firstRowPosition());
  }

  @Override
  public @Nullable PendingRows nextRows() {
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
    int rows = (int) Math.min(batchRows, ranges.get(range).end() - next);
    long first = next;
    next += rows;
    return new Window(first, rows);
  }

  private final class Window implements PendingRows {
    private final long first;
    private final int rows;

    Window(long first, int rows) {
      this.first = first;
      this.rows = rows;
    }

    @Override
    public int rowCount() {
      return rows;
    }

    @Override
    public long firstRowPosition() {
      return first;
    }

    @Override
    public ColumnVector column(int index) {
      return columns.read(index, first - rowGroupStart, rows);
    }

    @Override
    public ColumnVector column(int index, int[] some, int count) {
      return columns.readSome(index, first - rowGroupStart, rows, some, count);
    }
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
