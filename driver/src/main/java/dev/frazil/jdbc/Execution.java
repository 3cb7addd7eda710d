package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement, from planning to the last row: holds its cancellation, and counts the
 * time spent inside the driver against the statement's timeout. Time between two {@code next()}
 * calls belongs to the user and does not count. {@link #cancel} may be called from any thread.
 */
final class Execution {
  private final CancellationToken token = new CancellationToken();
  private final SessionLock connectionLock;
  private final long timeoutSeconds;
  private long remainingNanos;
  private volatile boolean cancelledByUser;
  private @Nullable ProgressReports reports;

  /**
   * @param timeoutSeconds 0 for none
   */
  Execution(SessionLock connectionLock, long timeoutSeconds) {
    this.connectionLock = connectionLock;
    this.timeoutSeconds = timeoutSeconds;
    this.remainingNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  CancellationToken token() {
    return token;
  }

  /** What it has done so far. */
  QueryProfile profile() {
    return QueryProfile.of(token.figures());
  }

  /** Reports to a listener from now on. */
  void reportTo(ProgressListener listener) {
    reports = new ProgressReports(listener, token.figures());
  }

  void cancel() {
    cancelledByUser = true;
    token.cancel("the statement was cancelled");
  }

  /** Does a part of the work, alone on the connection. */
  <T extends @Nullable Object> T work(Supplier<T> part) throws SQLException {
    ProgressReports told = reports;
    connectionLock.lock();
    try {
      connectionLock.networkTimeout().limit(token.requests());
      if (told != null) {
        told.resume();
      }
      return timeoutSeconds == 0 ? SqlExceptions.call(part) : timed(part);
    } catch (SQLException e) {
      connectionLock.failed(e);
      if (!cancelledByUser && SqlState.QUERY_CANCELED.code().equals(e.getSQLState())) {
        throw SqlExceptions.timeout(String.valueOf(e.getMessage()), e);
      }
      throw e;
    } finally {
      if (told != null) {
        told.pause();
      }
      connectionLock.unlock();
      connectionLock.networkTimeout().heed(token.requests());
      if (told != null) {
        told.tellEnd();
      }
    }
  }

  /** Like {@link #work} for work without a result. */
  void run(Runnable part) throws SQLException {
    this.<@Nullable Void>work(
        () -> {
          part.run();
          return null;
        });
  }

  private <T extends @Nullable Object> T timed(Supplier<T> part) throws SQLException {
    long start = System.nanoTime();
    ScheduledFuture<?> alarm = StatementTimer.schedule(this::expire, Math.max(0, remainingNanos));
    try {
      return SqlExceptions.call(part);
    } finally {
      alarm.cancel(false);
      remainingNanos -= System.nanoTime() - start;
    }
  }

  private void expire() {
    token.cancel(
        "the statement ran longer than its timeout of "
            + timeoutSeconds
            + " s; raise setQueryTimeout or the property queryTimeout, or read less");
  }
}
