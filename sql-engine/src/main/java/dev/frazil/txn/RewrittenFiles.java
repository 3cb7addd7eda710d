package dev.frazil.txn;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;

/**
 * The files of a compaction, all of them already written. Immutable.
 *
 * @param added with the rows of {@code removed} that were not deleted
 * @param removed as they were in the snapshot that was read
 * @param removedDeletes delete files that hold rows of {@code removed} only
 * @param snapshotId the snapshot that was read
 * @param sequenceNumber of that snapshot. The new files keep it, so that equality deletes which
 *     come while the compaction runs apply to them
 */
public record RewrittenFiles(
    List<DataFile> added,
    List<DataFile> removed,
    List<DeleteFile> removedDeletes,
    long snapshotId,
    long sequenceNumber) {
  private static final int FIRST_SEQUENCED_VERSION = 2;

  public RewrittenFiles {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    removedDeletes = List.copyOf(removedDeletes);
  }

  /** With those of another part of the same snapshot. */
  public RewrittenFiles and(RewrittenFiles other) {
    if (snapshotId != other.snapshotId) {
      throw EngineException.internal("files of two snapshots are rewritten together");
    }
    return new RewrittenFiles(
        joined(added, other.added),
        joined(removed, other.removed),
        joined(removedDeletes, other.removedDeletes),
        snapshotId,
        sequenceNumber);
  }

  private static <F> List<F> joined(List<F> first, List<F> second) {
    List<F> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /**
   * The change as an update of Iceberg's.
   *
   * @param validated false only where a test shows what becomes of rows then
   */
  PendingUpdate<?> update(Table table, boolean validated) {
    if (!validated) {
      OverwriteFiles overwrite = CallerThread.updating(table.newOverwrite());
      added.forEach(overwrite::addFile);
      removed.forEach(overwrite::deleteFile);
      return overwrite;
    }
    RewriteFiles rewrite =
        CallerThread.updating(table.newRewrite()).validateFromSnapshot(snapshotId);
    if (TableUtil.formatVersion(table) >= FIRST_SEQUENCED_VERSION) {
      rewrite.dataSequenceNumber(sequenceNumber);
    }
    added.forEach(rewrite::addFile);
    removed.forEach(rewrite::deleteFile);
    removedDeletes.forEach(rewrite::deleteFile);
    return rewrite;
  }
}
