package dev.frazil.engine;

import dev.frazil.exec.TableFiles;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.storage.ObjectStore;
import org.apache.iceberg.Table;

/**
 * The files of one session's tables, all in one store.
 *
 * @param snapshots the files of the snapshots that the session read last
 */
record SessionFiles(ObjectStore store, SnapshotFiles snapshots) implements TableFiles {

  @Override
  public ObjectStore store(Table table) {
    return store;
  }
}
