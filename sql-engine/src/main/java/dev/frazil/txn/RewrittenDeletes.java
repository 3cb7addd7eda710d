package dev.frazil.txn;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The files of a compaction of position deletes, all of them already written. Immutable.
 *
 * @param added with the rows that {@code removed} name of data files that the table has
 * @param removed as they were in the snapshot that was read
 * @param snapshotId the snapshot that was read
 * @param sequenceNumber the highest of those of {@code removed}, which the new ones get: they apply
 *     to no file that came later
 */
public record RewrittenDeletes(
    List<DeleteFile> added, List<DeleteFile> removed, long snapshotId, long sequenceNumber) {
  public RewrittenDeletes {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** One file may hold the vectors of many data files. */
  public static String key(DeleteFile file) {
    return file.location() + "@" + file.contentOffset();
  }

  /** The change as an update of Iceberg's. */
  PendingUpdate<?> update(Table table) {
    RewriteFiles rewrite =
        CallerThread.updating(table.newRewrite()).validateFromSnapshot(snapshotId);
    removed.forEach(rewrite::deleteFile);
    added.forEach(file -> rewrite.addFile(file, sequenceNumber));
    return rewrite;
  }

  /**
   * What others did meanwhile: nobody else may have replaced the same delete files, nor given a
   * data file that has a new vector here another one. New position delete files stay beside those
   * of here, and those of data files that went name nothing; 40001.
   */
  void validate(TableIdentifier identifier, Snapshot snapshot, SnapshotChanges changes) {
    Set<String> replaced = new HashSet<>();
    removed.forEach(file -> replaced.add(key(file)));
    for (DeleteFile other : changes.removedDeleteFiles()) {
      if (replaced.contains(key(other))) {
        throw ConflictValidator.conflict(
            identifier, "the same delete files were replaced", snapshot);
      }
    }
    Set<String> vectors = new HashSet<>();
    added.stream()
        .filter(file -> file.format() == FileFormat.PUFFIN)
        .forEach(file -> vectors.add(file.referencedDataFile()));
    for (DeleteFile other : changes.addedDeleteFiles()) {
      if (other.format() == FileFormat.PUFFIN && vectors.contains(other.referencedDataFile())) {
        throw ConflictValidator.conflict(
            identifier, "rows of the same files were deleted", snapshot);
      }
    }
  }
}
