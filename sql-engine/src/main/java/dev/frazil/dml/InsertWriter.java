package dev.frazil.dml;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into new data files of a table. Takes batches whose columns are all the columns of
 * the table, in order, in the table's types; null in a required column is 23502. The rows of a file
 * are in the sort order of the table, if it has one. The files are durable after {@link #finish()},
 * and part of the table only when a transaction that holds them commits. One thread.
 */
public final class InsertWriter implements AutoCloseable {
  private final NotNullCheck notNull;
  private final @Nullable PartitionedRows partitioned;
  private final RollingOutput unpartitioned;
  private final @Nullable SortedRows sorted; // of an unpartitioned table
  private final List<DataFile> files = new ArrayList<>();
  private final QueryCounters counters;
  private long rowCount;
  private boolean finished;

  /**
   * @param context whose memory holds rows that wait to be sorted or for a file of their partition
   */
  public InsertWriter(Table table, ObjectStore store, QueryContext context) {
    this(table, table.schema(), null, store, context);
  }

  /** A writer of rows that may have been in the table before, with their {@link RowLineage}. */
  static InsertWriter ofRewrittenRows(Table table, ObjectStore store, QueryContext context) {
    return ofRewrittenRows(table, null, store, context);
  }

  /**
   * As above.
   *
   * @param curve their order; null for that of the table
   */
  static InsertWriter ofRewrittenRows(
      Table table, @Nullable ZOrder curve, ObjectStore store, QueryContext context) {
    return new InsertWriter(table, RowLineage.writtenSchema(table), curve, store, context);
  }

  private InsertWriter(
      Table table,
      Schema written,
      @Nullable ZOrder curve,
      ObjectStore store,
      QueryContext context) {
    WrittenOrder order = new WrittenOrder(table.sortOrder(), curve);
    DataFileFactory factory = new DataFileFactory(table, written, store);
    this.counters = context.counters();
    this.notNull = new NotNullCheck(table.name(), table.schema().columns());
    this.unpartitioned = new RollingOutput(factory, null, files);
    this.partitioned =
        table.spec().isUnpartitioned()
            ? null
            : new PartitionedRows(table, written, order, factory, context, files);
    this.sorted =
        table.spec().isUnpartitioned() && order.isSorted()
            ? new SortedRows(table.schema(), written, order, context)
            : null;
  }

  /** Writes the rows alive of a batch. */
  public void write(RowBatch batch) {
    if (batch.selectedCount() == 0) {
      return;
    }
    notNull.check(batch);
    if (sorted != null) {
      sorted.add(batch, new int[batch.rowCount()]);
    } else if (partitioned == null) {
      unpartitioned.write(batch);
    } else {
      partitioned.write(batch);
    }
    rowCount += batch.selectedCount();
    counters.add(QueryCounters.Counter.ROWS_WRITTEN, batch.selectedCount());
  }

  /** Rows taken so far. */
  public long rowCount() {
    return rowCount;
  }

  /** Completes all files. None for no rows. */
  public List<DataFile> finish() {
    if (sorted != null) {
      sorted.drain((partition, rows) -> unpartitioned.write(rows));
      sorted.close();
    }
    if (partitioned == null) {
      unpartitioned.finish();
    } else {
      partitioned.finish();
    }
    finished = true;
    counters.add(QueryCounters.Counter.FILES_WRITTEN, files.size());
    return List.copyOf(files);
  }

  /** The files completed so far: what a caller that gives up hands to {@code maintenance}. */
  public List<DataFile> completedFiles() {
    return List.copyOf(files);
  }

  /** Drops the files that are still open, unless finished. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    unpartitioned.abort();
    if (sorted != null) {
      sorted.close();
    }
    if (partitioned != null) {
      partitioned.abort();
    }
  }
}
