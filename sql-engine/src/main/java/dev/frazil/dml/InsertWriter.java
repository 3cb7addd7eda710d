package dev.frazil.dml;

import dev.frazil.memory.MemoryBudget;
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
 * the table, in order, in the table's types; null in a required column is 23502. The files are
 * durable after {@link #finish()}, and part of the table only when a transaction that holds them
 * commits. One thread.
 */
public final class InsertWriter implements AutoCloseable {
  private final NotNullCheck notNull;
  private final @Nullable PartitionedRows partitioned;
  private final RollingOutput unpartitioned;
  private final List<DataFile> files = new ArrayList<>();
  private long rowCount;
  private boolean finished;

  /**
   * @param memory what holds the rows of partitions that have no open file yet
   */
  public InsertWriter(Table table, ObjectStore store, MemoryBudget memory) {
    this(table, table.schema(), store, memory);
  }

  /** A writer of rows that may have been in the table before, with their {@link RowLineage}. */
  static InsertWriter ofRewrittenRows(Table table, ObjectStore store, MemoryBudget memory) {
    return new InsertWriter(table, RowLineage.writtenSchema(table), store, memory);
  }

  private InsertWriter(Table table, Schema written, ObjectStore store, MemoryBudget memory) {
    DataFileFactory factory = new DataFileFactory(table, written, store);
    this.notNull = new NotNullCheck(table.name(), table.schema().columns());
    this.unpartitioned = new RollingOutput(factory, null, files);
    this.partitioned =
        table.spec().isUnpartitioned()
            ? null
            : new PartitionedRows(table.spec(), table.schema(), factory, memory, files);
  }

  /** Writes the rows alive of a batch. */
  public void write(RowBatch batch) {
    if (batch.selectedCount() == 0) {
      return;
    }
    notNull.check(batch);
    if (partitioned == null) {
      unpartitioned.write(batch);
    } else {
      partitioned.write(batch);
    }
    rowCount += batch.selectedCount();
  }

  /** Rows taken so far. */
  public long rowCount() {
    return rowCount;
  }

  /** Completes all files. None for no rows. */
  public List<DataFile> finish() {
    if (partitioned == null) {
      unpartitioned.finish();
    } else {
      partitioned.finish();
    }
    finished = true;
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
    if (partitioned != null) {
      partitioned.abort();
    }
  }
}
