package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.storage.ObjectStore;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Where the files of tables are read and written. Thread-safe. */
@FunctionalInterface
public interface TableFiles {

  /** The store that holds the data and delete files of {@code table}, guarded to its locations. */
  ObjectStore store(Table table);

  /** The store of a location outside of the warehouse; 58P02 where nothing there is allowed. */
  default ObjectStore outside(String location) {
    throw new EngineException(
        SqlState.LOCATION_REFUSED, "the location '" + location + "' is refused");
  }

  /** The snapshots whose files are at hand; null where nobody keeps them. */
  default @Nullable SnapshotFiles snapshots() {
    return null;
  }
}
