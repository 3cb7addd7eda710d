package dev.frazil.dml;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of data files that were not deleted into new files, with their values, and in
 * version 3 with their ids and last commits. One thread.
 */
public final class FileRewrite implements AutoCloseable {
  private final TableHandle source;
  private final QueryContext context;
  private final boolean inOrder;
  private final InsertWriter writer;

  /**
   * @param source the snapshot to read
   * @param target the table with the sort order and the properties that the new files are to have
   * @param curve the order of the rows in them; null for that of the target
   */
  public FileRewrite(
      TableHandle source,
      Table target,
      @Nullable ZOrder curve,
      ObjectStore store,
      QueryContext context) {
    this.source = source;
    this.context = context;
    // Rows that nothing sorts stay in the order that they were written in.
    this.inOrder = curve == null && !target.sortOrder().isSorted();
    this.writer = InsertWriter.ofRewrittenRows(target, curve, store, context);
  }

  /** Reads data files of the snapshot, given by their locations. */
  public void copy(Set<String> files) {
    CarriedRows.copy(source, files, new RowPositions(), inOrder, null, writer, context);
  }

  /** Completes the new files. */
  public List<DataFile> finish() {
    return writer.finish();
  }

  /** The files completed so far: what a caller that gives up removes. */
  public List<DataFile> completedFiles() {
    return writer.completedFiles();
  }

  @Override
  public void close() {
    writer.close();
  }
}
