package dev.frazil.jdbc;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.engine.Engine;
import dev.frazil.engine.EngineFactory;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The engines in use, one a configuration, counted by the connections that hold them: pools open
 * and close connections often, and catalog, caches and clients are dear. Thread-safe.
 */
final class EngineRegistry {
  static final EngineRegistry SHARED = new EngineRegistry(EngineFactory::open);

  private final Function<ConnectionConfig, Engine> opener;
  private final Map<ConnectionConfig, Entry> entries = new HashMap<>();

  EngineRegistry(Function<ConnectionConfig, Engine> opener) {
    this.opener = opener;
  }

  /** The engine of {@code config}, opened if nobody holds it; give the lease back once. */
  synchronized Lease acquire(ConnectionConfig config) throws SQLException {
    Entry entry = entries.get(config);
    if (entry == null) {
      entry = new Entry(SqlExceptions.call(() -> opener.apply(config)));
      entries.put(config, entry);
    }
    entry.holders++;
    return new Lease(this, config, entry.engine);
  }

  synchronized int enginesOpen() {
    return entries.size();
  }

  private synchronized void release(ConnectionConfig config) throws SQLException {
    Entry entry = entries.get(config);
    if (entry != null && --entry.holders == 0) {
      entries.remove(config);
      SqlExceptions.run(entry.engine::close);
    }
  }

  private static final class Entry {
    private final Engine engine;
    private int holders;

    Entry(Engine engine) {
      this.engine = engine;
    }
  }

  /** One connection's hold on an engine. */
  record Lease(EngineRegistry registry, ConnectionConfig config, Engine engine) {
    void release() throws SQLException {
      registry.release(config);
    }
  }
}
