package dev.frazil.exec;

import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.storage.ObjectStore;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Where the files of tables are read and written. Thread-safe. */
@FunctionalInterface
public interface TableFiles {

  /** The store that holds the data and delete files of {@code table}, guarded to its locations. */
  ObjectStore store(Table table);

  /** The snapshots whose files are at hand; null where nobody keeps them. */
  default @Nullable SnapshotFiles snapshots() {
    return null;
  }
}
