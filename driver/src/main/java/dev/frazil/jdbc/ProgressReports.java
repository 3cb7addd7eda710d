package dev.frazil.jdbc;

import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.StatementFigures;
import dev.frazil.jdbc.Progress.Stage;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener about one execution. Whoever comes while the listener is at work leaves its
 * report to that thread, so that nobody waits for a listener. Thread-safe.
 */
final class ProgressReports {
  private static final long INTERVAL_MILLIS = 100;

  private final ProgressListener listener;
  private final StatementFigures figures;
  private final AtomicInteger wanted = new AtomicInteger();
  private double greatestFraction;
  private volatile boolean failed;
  private boolean endTold;
  private @Nullable ScheduledFuture<?> ticks;

  ProgressReports(ProgressListener listener, StatementFigures figures) {
    this.listener = listener;
    this.figures = figures;
  }

  /** The driver begins to work on the statement; called under the connection's lock. */
  void resume() {
    if (!failed) {
      ticks =
          Clock.TIMER.scheduleWithFixedDelay(
              this::report, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The driver pauses; called as above. */
  void pause() {
    ScheduledFuture<?> running = ticks;
    ticks = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** Tells the end, if it has come and is not told yet; called without any lock. */
  void tellEnd() {
    boolean tell;
    synchronized (this) {
      tell = !endTold && figures.stage() == StatementFigures.Stage.DONE;
      endTold |= tell;
    }
    if (tell) {
      report();
    }
  }

  private void report() {
    if (wanted.getAndIncrement() > 0) {
      return; // the thread that is calling the listener sees it
    }
    int served = 1;
    while (served != 0) {
      call();
      served = wanted.addAndGet(-served);
    }
  }

  private void call() {
    if (failed) {
      return;
    }
    try {
      listener.progress(now());
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      failed = true;
      FrazilLog.LOGGER.warn("a progress listener failed and is not called again", e);
    }
  }

  private Progress now() {
    QueryCounters counters = figures.counters();
    Stage stage = stage();
    long planned = counters.value(Counter.ROWS_PLANNED);
    long passed = Math.min(planned, counters.value(Counter.ROWS_PASSED));
    OptionalDouble fraction = OptionalDouble.empty();
    if (stage == Stage.DONE) {
      fraction = OptionalDouble.of(1);
    } else if (planned > 0) {
      greatestFraction = Math.max(greatestFraction, (double) passed / planned);
      fraction = OptionalDouble.of(greatestFraction);
    }
    return new Progress(
        stage,
        TimeUnit.NANOSECONDS.toMillis(figures.elapsedNanos()),
        fraction,
        counters.value(Counter.FILES_PLANNED),
        counters.value(Counter.FILES_READ),
        counters.value(Counter.ROW_GROUPS) - counters.value(Counter.ROW_GROUPS_PRUNED),
        counters.value(Counter.ROW_GROUPS_READ),
        planned,
        passed,
        counters.value(Counter.ROWS_WRITTEN),
        figures.requests().readBytes(),
        figures.requests().writtenBytes());
  }

  private Stage stage() {
    return switch (figures.stage()) {
      case PLANNING -> Stage.PLANNING;
      case READING -> Stage.READING;
      case WRITING -> Stage.WRITING;
      case COMMITTING -> Stage.COMMITTING;
      case DONE -> figures.failure() == null ? Stage.DONE : Stage.FAILED;
    };
  }

  /** Apart from the timer of timeouts, which a listener must not hold up. */
  private static final class Clock {
    static final ScheduledThreadPoolExecutor TIMER =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "frazil-progress-reports");
              thread.setDaemon(true);
              return thread;
            });

    static {
      TIMER.setRemoveOnCancelPolicy(true);
      TIMER.setKeepAliveTime(10, TimeUnit.SECONDS);
      TIMER.allowCoreThreadTimeOut(true);
    }
  }
}
