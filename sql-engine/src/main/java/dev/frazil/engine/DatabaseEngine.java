package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's handle on a shared catalog. Thread-safe. */
final class DatabaseEngine implements Engine {
  private final ConnectionConfig config;
  private final DatabaseCatalog catalog;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  DatabaseEngine(ConnectionConfig config, DatabaseCatalog catalog, Runnable release) {
    this.config = config;
    this.catalog = catalog;
    this.release = release;
  }

  @Override
  public Session openSession() {
    if (closed.get()) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the engine is closed");
    }
    return new DatabaseSession(catalog, config);
  }

  @Override
  public ConnectionConfig config() {
    return config;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
