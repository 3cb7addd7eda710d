package dev.frazil.exec.scan;

import dev.frazil.event.Events;
import dev.frazil.event.RowGroupScanEvent;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.PendingRows;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One worker of a table scan: reads morsel after morsel, drops deleted and unwanted rows. */
final class TableScanOperator implements Operator {
  private final TableScanSource source;
  private final ScanFilters filters;
  private final AtomicLong rowsLeft;
  private final boolean reusesBatches;
  private final QueryContext context;
  private @Nullable MorselOfFile morsel;
  private @Nullable BatchReader reader;
  private @Nullable RowGroupScanEvent event;

  /**
   * @param rowsLeft rows that all workers together may still give
   * @param reusesBatches whether nobody keeps anything of a batch
   */
  TableScanOperator(
      TableScanSource source,
      ScanFilters filters,
      AtomicLong rowsLeft,
      boolean reusesBatches,
      QueryContext context) {
    this.source = source;
    this.filters = filters;
    this.rowsLeft = rowsLeft;
    this.reusesBatches = reusesBatches;
    this.context = context;
  }

  @Override
  public @Nullable RowBatch next() {
    while (rowsLeft.get() > 0) {
      context.cancellation().check();
      int counted = source.takeCounted();
      if (counted > 0) {
        context.counters().add(Counter.ROWS_SCANNED, counted);
        RowBatch batch = limited(new RowBatch(List.of(), counted));
        if (batch != null) {
          return batch;
        }
        continue;
      }
      RowBatch measured = source.takeMeasured();
      if (measured != null) {
        return measured;
      }
      BatchReader current = reader;
      MorselOfFile of = morsel;
      if (current == null || of == null) {
        if (!nextMorsel()) {
          return null;
        }
        continue;
      }
      PendingRows read = current.nextRows();
      if (read == null) {
        endMorsel();
        continue;
      }
      RowBatch batch = wanted(of.file().begin(read), read.rowCount());
      if (batch != null) {
        return batch;
      }
    }
    source.stop();
    return null;
  }

  private @Nullable RowBatch wanted(ScanBatch batch, int rowCount) {
    filters.apply(batch);
    int deleted = batch.deletedCount();
    context.counters().add(Counter.ROWS_SCANNED, rowCount - deleted);
    if (deleted > 0) {
      context.counters().add(Counter.ROWS_DELETED, deleted);
    }
    return batch.selectedCount() == 0 ? null : limited(batch.finish());
  }

  private @Nullable RowBatch limited(RowBatch wanted) {
    int count = wanted.selectedCount();
    long left = rowsLeft.getAndAdd(-count);
    if (left >= count) {
      return wanted;
    }
    return left <= 0 ? null : RowBatches.slice(wanted, 0, (int) left);
  }

  private boolean nextMorsel() {
    MorselOfFile next = source.nextMorsel();
    if (next == null) {
      return false;
    }
    event = Events.recording() ? begun(next) : null;
    BatchReader opened = next.reader();
    if (reusesBatches) {
      opened.reuseBatches();
    }
    morsel = next;
    reader = opened;
    return true;
  }

  private static RowGroupScanEvent begun(MorselOfFile morsel) {
    RowGroupScanEvent begun = new RowGroupScanEvent();
    begun.location = morsel.file().location();
    begun.rowGroup = morsel.rowGroupOrdinal();
    begun.rows = morsel.rowCount();
    begun.begin();
    return begun;
  }

  private void endMorsel() {
    BatchReader current = reader;
    MorselOfFile of = morsel;
    reader = null;
    morsel = null;
    RowGroupScanEvent told = event;
    event = null;
    if (told != null) {
      told.commit();
    }
    if (current != null) {
      current.close();
    }
    if (of != null) {
      source.done(of);
    }
  }

  @Override
  public void close() {
    endMorsel();
  }
}
