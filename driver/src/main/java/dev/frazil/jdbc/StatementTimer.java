package dev.frazil.jdbc;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The alarm clock of all timeouts: one daemon thread that goes away when nothing is due. */
final class StatementTimer {
  private static final ScheduledThreadPoolExecutor TIMER = create();

  private StatementTimer() {}

  private static ScheduledThreadPoolExecutor create() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "frazil-statement-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  static ScheduledFuture<?> schedule(Runnable alarm, long delayNanos) {
    return TIMER.schedule(alarm, delayNanos, TimeUnit.NANOSECONDS);
  }
}
