package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * What a pool keeps: catalog, caches and clients, open until {@link #close}. Each {@link
 * #getConnection} is a session of its own, so nothing of one user is left to the next: no
 * transaction, setting, client info or warning. Thread-safe. Errors: 08003 after {@link #close}.
 */
final class FrazilPooledConnection implements PooledConnection {
  private static final String WHAT = "a pooled connection";

  private final JdbcUrl url;
  private final EngineRegistry registry;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Cleaner.Cleanable hold;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
  private @Nullable Handle current;

  FrazilPooledConnection(JdbcUrl url, EngineRegistry registry) throws SQLException {
    this.url = url;
    this.registry = registry;
    EngineRegistry.Lease lease = registry.acquire(url.config());
    this.hold = Abandoned.watch(this, new Hold(lease, closed, Abandoned.here(WHAT)));
  }

  /** A share of the engine, given back once. */
  private record Hold(EngineRegistry.Lease lease, AtomicBoolean closed, @Nullable Throwable opened)
      implements Runnable {
    @Override
    public void run() {
      if (!closed.get()) {
        Abandoned.warn(WHAT, opened);
      }
      try {
        lease.release();
      } catch (SQLException e) {
        Abandoned.warnOfFailure(WHAT, e);
      }
    }
  }

  /** Closes the connection that was given before, without an event. */
  @Override
  public Connection getConnection() throws SQLException {
    requireOpen();
    replace(null);
    ConnectionResources resources = ConnectionResources.open(url, registry);
    Handle handle = new Handle(resources);
    // Weak: the resources are held until they are freed, and must not hold those who own them.
    WeakReference<Handle> told = new WeakReference<>(handle);
    resources
        .lock()
        .onFailure(
            failure -> {
              Handle listening = told.get();
              if (listening != null) {
                listening.failed(failure);
              }
            });
    JdbcConnection connection = new JdbcConnection(url, resources, handle);
    handle.watch(connection);
    replace(handle);
    try {
      requireOpen();
    } catch (SQLException e) {
      replace(null);
      throw e;
    }
    return connection;
  }

  private void requireOpen() throws SQLException {
    if (closed.get()) {
      throw SqlExceptions.of(SqlState.CONNECTION_CLOSED, "the pooled connection is closed");
    }
  }

  /**
   * Closes the one that was given before. That waits for its statement, whose failure a listener
   * may be told of that comes here: nothing is locked meanwhile.
   */
  private void replace(@Nullable Handle next) throws SQLException {
    Handle given;
    synchronized (this) {
      given = current;
      current = next;
    }
    if (given != null) {
      given.silent = true;
      given.close();
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed.compareAndSet(false, true)) {
      try {
        replace(null);
      } finally {
        hold.clean();
      }
    }
  }

  @Override
  public void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
    if (listener != null) {
      listeners.add(listener);
    }
  }

  @Override
  public void removeConnectionEventListener(@Nullable ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(@Nullable StatementEventListener listener) {
    if (listener != null) {
      statementListeners.add(listener);
    }
  }

  @Override
  public void removeStatementEventListener(@Nullable StatementEventListener listener) {
    statementListeners.remove(listener);
  }

  /** A listener that throws must neither hide the failure that it is told of nor stop a close. */
  private static <L> void tell(List<L> listeners, Consumer<L> event) {
    for (L listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        FrazilLog.LOGGER.warn("a listener of a pooled connection failed", e);
      }
    }
  }

  /** One connection that was given away. */
  private final class Handle implements ConnectionOwner {
    private final ConnectionResources resources;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable JdbcConnection connection;
    private volatile Cleaner.@Nullable Cleanable watch;
    private volatile boolean silent;

    Handle(ConnectionResources resources) {
      this.resources = resources;
    }

    void watch(JdbcConnection given) {
      connection = given;
      watch = Abandoned.watch(given, resources::abandoned);
    }

    void close() throws SQLException {
      JdbcConnection given = connection;
      if (given != null) {
        given.close();
      }
    }

    @Override
    public void release() throws SQLException {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      try {
        resources.close();
      } finally {
        Cleaner.Cleanable watched = watch;
        if (watched != null) {
          watched.clean();
        }
        tellClosed(); // also when it failed, or the pool would wait for it
      }
    }

    private void tellClosed() {
      if (!silent) {
        ConnectionEvent event = new ConnectionEvent(FrazilPooledConnection.this);
        tell(listeners, listener -> listener.connectionClosed(event));
      }
    }

    @Override
    public void statementClosed(PreparedStatement statement) {
      StatementEvent event = new StatementEvent(FrazilPooledConnection.this, statement);
      tell(statementListeners, listener -> listener.statementClosed(event));
    }

    /** The place is out of reach. A commit of unknown outcome leaves the connection usable. */
    void failed(SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      if (state.startsWith("08")
          && !state.equals(SqlState.TRANSACTION_RESOLUTION_UNKNOWN.code())
          && !silent
          && !ended.get()) {
        ConnectionEvent event = new ConnectionEvent(FrazilPooledConnection.this, failure);
        tell(listeners, listener -> listener.connectionErrorOccurred(event));
      }
    }
  }
}
