package dev.frazil.jdbc;

import dev.frazil.engine.Session;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connection holds beyond itself: the session, the open cursors of its statements, its share
 * of the engine. Outlives the connection, so that all of it can be freed when a connection that was
 * never closed is collected. Thread-safe.
 */
final class ConnectionResources {
  private static final String WHAT = "a connection";

  private final EngineRegistry.Lease lease;
  private final Session session;
  private final SessionLock lock = new SessionLock(new NetworkTimeout(this::closeExpired));
  private final Set<OpenRows> rows =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private final @Nullable Throwable opened = Abandoned.here(WHAT);
  private boolean closed;

  private ConnectionResources(EngineRegistry.Lease lease, Session session) {
    this.lease = lease;
    this.session = session;
  }

  static ConnectionResources open(JdbcUrl url, EngineRegistry registry) throws SQLException {
    EngineRegistry.Lease lease = registry.acquire(url.config());
    try {
      return new ConnectionResources(lease, SqlExceptions.call(lease.engine()::openSession));
    } catch (SQLException e) {
      lease.release();
      throw e;
    }
  }

  Session session() {
    return session;
  }

  SessionLock lock() {
    return lock;
  }

  void hold(OpenRows open) {
    rows.add(open);
  }

  void release(OpenRows open) {
    rows.remove(open);
  }

  /** Frees all; a second time does nothing. */
  void close() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try {
        SqlExceptions.run(this::closeRows);
      } finally {
        SqlExceptions.run(session::close);
      }
    } finally {
      lock.unlock();
      releaseLease();
    }
  }

  private boolean released;

  private synchronized void releaseLease() throws SQLException {
    if (!released) {
      released = true;
      lease.release();
    }
  }

  private void closeRows() {
    List<OpenRows> open;
    synchronized (rows) {
      open = List.copyOf(rows);
    }
    open.forEach(OpenRows::closeAll);
  }

  private void closeExpired() {
    try {
      close();
    } catch (SQLException e) {
      FrazilLog.LOGGER.warn("a connection to a store that did not answer did not close cleanly", e);
    }
  }

  /** The owner was collected, or closed before. */
  void abandoned() {
    if (closed) {
      return;
    }
    Abandoned.warn(WHAT, opened);
    try {
      close();
    } catch (SQLException e) {
      Abandoned.warnOfFailure(WHAT, e);
    }
  }
}
