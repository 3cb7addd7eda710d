package dev.frazil.jdbc;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.engine.Engine;
import dev.frazil.engine.EngineFactory;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engines in use, one a configuration, counted by the connections that hold them: pools open
 * and close connections often, and catalog, caches and clients are dear. An engine of a bucket that
 * nobody holds any more stays open for a while, for the program that closes its only connection and
 * opens the next one. Engines of folders, which cost a millisecond, do not: there the promise is
 * that closing all connections forgets a disk that failed. No thread waits for the end: the alarm
 * clock's is a daemon. Thread-safe.
 */
final class EngineRegistry {
  private static final long LINGER_MILLIS = 10_000;

  static final EngineRegistry SHARED = new EngineRegistry(EngineFactory::open, LINGER_MILLIS);

  private final Function<ConnectionConfig, Engine> opener;
  private final long lingerMillis;
  private final Map<ConnectionConfig, Entry> entries = new HashMap<>();

  /** Engines that are closed with their last connection. */
  EngineRegistry(Function<ConnectionConfig, Engine> opener) {
    this(opener, 0);
  }

  /**
   * @param lingerMillis how long engines outlive their last connection
   */
  EngineRegistry(Function<ConnectionConfig, Engine> opener, long lingerMillis) {
    this.opener = opener;
    this.lingerMillis = lingerMillis;
  }

  /** The engine of {@code config}, opened if it is not open; give the lease back once. */
  synchronized Lease acquire(ConnectionConfig config) throws SQLException {
    Entry entry = entries.get(config);
    if (entry == null) {
      entry = new Entry(SqlExceptions.call(() -> opener.apply(config)));
      entries.put(config, entry);
    }
    entry.holders++;
    entry.stay();
    return new Lease(this, config, entry.engine);
  }

  /** How many engines connections hold. */
  synchronized int enginesInUse() {
    return (int) entries.values().stream().filter(entry -> entry.holders > 0).count();
  }

  private void release(ConnectionConfig config) throws SQLException {
    Engine unused;
    synchronized (this) {
      Entry entry = entries.get(config);
      if (entry == null || --entry.holders > 0) {
        return;
      }
      if (lingerMillis > 0 && config.warehouse().files() instanceof Warehouse.S3Prefix) {
        entry.leaving =
            StatementTimer.schedule(
                () -> closeIdle(config, entry), TimeUnit.MILLISECONDS.toNanos(lingerMillis));
        SqlExceptions.run(entry.engine::rest);
        return;
      }
      entries.remove(config);
      unused = entry.engine;
    }
    SqlExceptions.run(unused::close);
  }

  private void closeIdle(ConnectionConfig config, Entry entry) {
    synchronized (this) {
      if (entry.holders > 0 || !entries.remove(config, entry)) {
        return;
      }
    }
    try {
      entry.engine.close();
    } catch (RuntimeException e) {
      FrazilLog.LOGGER.warn("a database that was not in use did not close cleanly", e);
    }
  }

  /** Guarded by the registry. */
  private static final class Entry {
    private final Engine engine;
    private int holders;
    private @Nullable ScheduledFuture<?> leaving;

    Entry(Engine engine) {
      this.engine = engine;
    }

    void stay() {
      ScheduledFuture<?> alarm = leaving;
      leaving = null;
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
  }

  /** One connection's hold on an engine. */
  record Lease(EngineRegistry registry, ConnectionConfig config, Engine engine) {
    void release() throws SQLException {
      registry.release(config);
    }
  }
}
