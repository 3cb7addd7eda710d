package dev.frazil.exec;

import dev.frazil.storage.ObjectStore;
import org.apache.iceberg.Table;

/** Where the files of tables are read and written. Thread-safe. */
@FunctionalInterface
public interface TableFiles {

  /** The store that holds the data and delete files of {@code table}, guarded to its locations. */
  ObjectStore store(Table table);
}
