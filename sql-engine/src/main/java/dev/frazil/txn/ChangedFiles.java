package dev.frazil.txn;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * The files that a change of rows brings and takes, all of them already written. Immutable.
 *
 * @param added with new rows, and with rows of {@code removed} that stay
 * @param removed of which no row is left, or whose other rows stand in {@code added}
 * @param deletes take single rows away
 * @param removedDeletes deletion vectors and delete files that those of {@code deletes} replace, or
 *     that belong to {@code removed}
 * @param referencedDataFiles locations of the data files that rows are taken from, by whichever of
 *     these: nobody else may have touched them
 */
public record ChangedFiles(
    List<DataFile> added,
    List<DataFile> removed,
    List<DeleteFile> deletes,
    List<DeleteFile> removedDeletes,
    Set<String> referencedDataFiles) {
  public ChangedFiles {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    deletes = List.copyOf(deletes);
    removedDeletes = List.copyOf(removedDeletes);
    referencedDataFiles = Set.copyOf(referencedDataFiles);
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && deletes.isEmpty();
  }

  /**
   * Locations of the position delete files that go. A vector is not among them: its file may hold
   * those of other data files, and whoever takes it away puts another one in its place.
   */
  Set<String> replacedDeleteFiles() {
    return removedDeletes.stream()
        .filter(file -> file.format() != FileFormat.PUFFIN)
        .map(DeleteFile::location)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The change as an update of Iceberg's. */
  PendingUpdate<?> update(Table table, SnapshotTarget target) {
    if (deletes.isEmpty() && removedDeletes.isEmpty() && !removed.isEmpty()) {
      OverwriteFiles overwrite = target.direct(table.newOverwrite());
      added.forEach(overwrite::addFile);
      removed.forEach(overwrite::deleteFile);
      return overwrite;
    }
    RowDelta delta = target.direct(table.newRowDelta());
    added.forEach(delta::addRows);
    removed.forEach(delta::removeRows);
    deletes.forEach(delta::addDeletes);
    removedDeletes.forEach(delta::removeDeletes);
    Snapshot current = target.head(table);
    if (current != null && deletes.stream().anyMatch(file -> file.format() == FileFormat.PUFFIN)) {
      // A data file has one deletion vector: Iceberg looks for another one since this snapshot.
      delta.validateFromSnapshot(current.snapshotId());
    }
    return delta;
  }
}
