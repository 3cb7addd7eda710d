package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PendingRows;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.Iterator;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/** The rows of one data file that its deletes leave, in their order. One thread. */
final class ChangeCursor implements AutoCloseable {
  private final OpenDataFile file;
  private final Iterator<Morsel> morsels;
  private final @Nullable PositionDeleteIndex leftOut;
  private final int positionColumn;
  private final QueryContext context;
  private @Nullable BatchReader reader;

  /**
   * @param leftOut positions of rows that are not wanted; null if all are
   * @param positionColumn which column is the position
   */
  ChangeCursor(
      OpenDataFile file,
      @Nullable PositionDeleteIndex leftOut,
      int positionColumn,
      QueryContext context) {
    this.file = file;
    this.morsels = file.morsels().iterator();
    this.leftOut = leftOut;
    this.positionColumn = positionColumn;
    this.context = context;
  }

  /** The next rows, never none; null at the end. */
  @Nullable ScanBatch next() {
    while (true) {
      context.cancellation().check();
      BatchReader current = reader;
      if (current == null) {
        if (!morsels.hasNext()) {
          return null;
        }
        reader = file.scanner().read(morsels.next());
        continue;
      }
      PendingRows pending = current.nextRows();
      if (pending == null) {
        current.close();
        reader = null;
        continue;
      }
      ScanBatch batch = file.begin(pending);
      batch.removeDeleted();
      drop(batch);
      if (batch.selectedCount() > 0) {
        return batch;
      }
    }
  }

  private void drop(ScanBatch batch) {
    PositionDeleteIndex unwanted = leftOut;
    if (unwanted == null || batch.selectedCount() == 0) {
      return;
    }
    RowBatch places = batch.columns(new int[] {positionColumn});
    long[] positions = ((LongVector) places.column(0)).values();
    int[] alive = RowBatches.positions(places);
    int[] kept = new int[places.selectedCount()];
    int count = 0;
    for (int i = 0; i < places.selectedCount(); i++) {
      kept[count] = alive[i];
      count += unwanted.isDeleted(positions[alive[i]]) ? 0 : 1;
    }
    batch.keep(new SelectionVector(kept, count));
  }

  @Override
  public void close() {
    BatchReader current = reader;
    reader = null;
    if (current != null) {
      current.close();
    }
    file.close();
    ScanFigures.countRead(file, context.counters());
  }
}
