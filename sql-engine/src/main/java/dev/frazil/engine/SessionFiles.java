package dev.frazil.engine;

import dev.frazil.exec.TableFiles;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.OutsideStores;
import org.apache.iceberg.Table;

/**
 * The files of one session's tables, all in one store.
 *
 * @param snapshots the files of the snapshots that the sessions of the engine read last
 * @param outside what COPY reads and writes
 */
record SessionFiles(ObjectStore store, SnapshotFiles snapshots, OutsideStores outside)
    implements TableFiles, AutoCloseable {

  @Override
  public ObjectStore store(Table table) {
    return store;
  }

  @Override
  public ObjectStore outside(String location) {
    return outside.store(location);
  }

  @Override
  public void close() {
    outside.close();
  }
}
