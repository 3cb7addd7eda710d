package dev.frazil.catalog.sql;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to the server of a JDBC catalog. A few that worked are kept; one that met a failure
 * is closed. Thread-safe.
 */
public final class SqlConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlConnections.class);
  private static final int MAX_IDLE = 4;

  /** Opens a connection; a test puts a faulty one in its place. */
  public interface Opener {
    Connection open() throws SQLException;
  }

  /** Something to do with a connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Opener opener;
  private final int timeoutMillis;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param timeoutMillis of one request, where the driver has such a time-out
   */
  public SqlConnections(Opener opener, int timeoutMillis) {
    this.opener = opener;
    this.timeoutMillis = timeoutMillis;
  }

  /** By whichever driver of the class path takes the URL. */
  public static SqlConnections of(String url, Properties properties, int timeoutMillis) {
    return new SqlConnections(() -> DriverManager.getConnection(url, properties), timeoutMillis);
  }

  /** Reads; on a connection that turns out to be broken once more on a new one. */
  <T> T read(Work<T> work) {
    Connection kept = idle();
    if (kept != null) {
      try {
        return run(kept, work);
      } catch (SQLException e) {
        LOG.debug("a connection that was kept is of no use any more", e);
      }
    }
    try {
      return run(open(), work);
    } catch (SQLException e) {
      throw SqlFailures.of(e);
    }
  }

  /** A connection for one swap; give it back, or close it. */
  Connection take() throws SQLException {
    Connection kept = idle();
    return kept != null ? kept : open();
  }

  void giveBack(Connection connection) {
    synchronized (this) {
      if (!closed && idle.size() < MAX_IDLE) {
        idle.push(connection);
        return;
      }
    }
    discard(connection);
  }

  static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("a connection did not close", e);
    }
  }

  private <T> T run(Connection connection, Work<T> work) throws SQLException {
    T result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException e) {
      discard(connection);
      throw e;
    }
    giveBack(connection);
    return result;
  }

  private synchronized @Nullable Connection idle() {
    if (closed) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the catalog is closed");
    }
    return idle.poll();
  }

  private Connection open() throws SQLException {
    Connection connection = openInTime();
    try {
      connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    } catch (SQLException | AbstractMethodError | UnsupportedOperationException e) {
      LOG.debug("the driver knows no time-out of requests", e);
    }
    return connection;
  }

  /**
   * Drivers have no common time-out for this, and that of DriverManager is the process's: so a
   * thread waits that nobody waits for longer than for a request.
   */
  private Connection openInTime() throws SQLException {
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                Connection connection = opener.open();
                if (!opened.complete(connection)) {
                  discard(connection);
                }
              } catch (Throwable thrown) { // told by the one who waits
                opened.completeExceptionally(thrown);
              }
            },
            "frazil-catalog-connect");
    thread.setDaemon(true);
    thread.start();
    try {
      return opened.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new SQLException("the driver failed: " + e.getCause(), "08001", e.getCause());
    } catch (TimeoutException e) {
      throw late(opened, "no connection within " + timeoutMillis + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late(opened, "interrupted while a connection was opened", e);
    }
  }

  private static SQLException late(
      CompletableFuture<Connection> opened, String why, Exception cause) {
    boolean came = !opened.cancel(false) && !opened.isCompletedExceptionally();
    if (came) {
      discard(opened.join()); // at that very moment
    }
    return new SQLTransientConnectionException(why, "08001", cause);
  }

  @Override
  public void close() {
    Deque<Connection> last;
    synchronized (this) {
      closed = true;
      last = new ArrayDeque<>(idle);
      idle.clear();
    }
    last.forEach(SqlConnections::discard);
  }
}
