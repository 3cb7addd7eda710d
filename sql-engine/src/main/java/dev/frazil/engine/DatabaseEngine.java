package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ResourceLimits;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.scan.SnapshotFiles;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's handle on a shared catalog. Thread-safe. */
final class DatabaseEngine implements Engine {
  private final ConnectionConfig config;
  private final DatabaseCatalog catalog;
  private final EngineFactory.SharedCatalog shared;
  private final SnapshotFiles snapshots;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean resting = new AtomicBoolean();

  DatabaseEngine(ConnectionConfig config, EngineFactory.SharedCatalog shared) {
    this.config = config;
    this.catalog = shared.catalog();
    this.shared = shared;
    this.snapshots = new SnapshotFiles(ResourceLimits.of(config).memoryBytes());
  }

  @Override
  public Session openSession() {
    if (closed.get()) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the engine is closed");
    }
    if (resting.compareAndSet(true, false)) {
      shared.wake();
    }
    return new DatabaseSession(catalog, config, snapshots);
  }

  @Override
  public void rest() {
    if (resting.compareAndSet(false, true)) {
      shared.rest();
    }
  }

  @Override
  public ConnectionConfig config() {
    return config;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.release(resting.get());
    }
  }
}
