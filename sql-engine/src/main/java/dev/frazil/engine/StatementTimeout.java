package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a statement when its time is up, unless closed before. One daemon thread serves all
 * statements; it is started by the first that has a timeout. Thread-safe.
 */
final class StatementTimeout implements AutoCloseable {
  private static final StatementTimeout NONE = new StatementTimeout(null);

  private final @Nullable ScheduledFuture<?> alarm;

  private StatementTimeout(@Nullable ScheduledFuture<?> alarm) {
    this.alarm = alarm;
  }

  /**
   * @param seconds 0 for never
   */
  static StatementTimeout start(int seconds, CancellationToken cancellation) {
    if (seconds == 0) {
      return NONE;
    }
    String reason =
        "the statement ran longer than the queryTimeout of "
            + seconds
            + " seconds; raise queryTimeout or read less";
    return new StatementTimeout(
        Alarms.TIMER.schedule(() -> cancellation.cancel(reason), seconds, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    ScheduledFuture<?> scheduled = alarm;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  /** Loaded by the first timeout. */
  private static final class Alarms {
    static final ScheduledThreadPoolExecutor TIMER =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "frazil-statement-timeout");
              thread.setDaemon(true);
              return thread;
            });

    static {
      TIMER.setRemoveOnCancelPolicy(true);
    }
  }
}
