package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one statement waits for, on whichever thread they were sent: {@link #abort}
 * ends them at once, for a store that hangs would keep a cancelled statement until its time-out. A
 * thread works within at most one scope; a commit works outside of any, since a request that
 * decides must not be torn off. Thread-safe.
 */
public final class RequestScope {
  private static final ThreadLocal<@Nullable RequestScope> CURRENT = new ThreadLocal<>();
  private static final long CLEAN_UP_MILLIS = 300;

  private final Map<Thread, Runnable> inFlight = new ConcurrentHashMap<>();
  private volatile @Nullable String reason;

  /** Ends the requests under way, and refuses further ones with 57014. */
  public void abort(String why) {
    if (reason == null) {
      reason = why;
    }
    inFlight.values().forEach(Runnable::run);
  }

  /** Does {@code work} on this thread within the scope. */
  public <T extends @Nullable Object> T within(Supplier<T> work) {
    return with(this, work);
  }

  /** Does {@code work} on this thread outside of any scope: nobody aborts its requests. */
  public static <T extends @Nullable Object> T outside(Supplier<T> work) {
    return with(null, work);
  }

  /** Like {@link #outside(Supplier)} for work without a result. */
  public static void runOutside(Runnable work) {
    RequestScope.<@Nullable Void>with(
        null,
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Tidies up after the work of this thread's scope. Where that was aborted the store may be what
   * hangs: then this, too, ends soon, with 57014.
   */
  public static void cleanUp(Runnable work) {
    RequestScope scope = CURRENT.get();
    if (scope == null || scope.reason == null) {
      runOutside(work);
      return;
    }
    RequestScope own = new RequestScope();
    ScheduledFuture<?> alarm =
        Alarms.TIMER.schedule(
            () -> own.abort("the store did not answer in time"),
            CLEAN_UP_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      own.<@Nullable Void>within(
          () -> {
            work.run();
            return null;
          });
    } finally {
      alarm.cancel(false);
    }
  }

  /** Loaded by the first statement that is cancelled when it has something to tidy up. */
  private static final class Alarms {
    static final ScheduledThreadPoolExecutor TIMER =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "frazil-clean-up-timer");
              thread.setDaemon(true);
              return thread;
            });

    static {
      TIMER.setRemoveOnCancelPolicy(true);
      TIMER.setKeepAliveTime(10, TimeUnit.SECONDS);
      TIMER.allowCoreThreadTimeOut(true);
    }
  }

  /** The task, to be run on another thread within the scope of the calling one. */
  public static Runnable carried(Runnable task) {
    RequestScope scope = CURRENT.get();
    return scope == null
        ? task
        : () ->
            scope.<@Nullable Void>within(
                () -> {
                  task.run();
                  return null;
                });
  }

  private static <T extends @Nullable Object> T with(
      @Nullable RequestScope scope, Supplier<T> work) {
    RequestScope around = CURRENT.get();
    CURRENT.set(scope);
    try {
      return work.get();
    } finally {
      if (around == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(around);
      }
    }
  }

  /** The scope of this thread. */
  static @Nullable RequestScope current() {
    return CURRENT.get();
  }

  /** Throws 57014 once aborted. */
  void check() {
    String why = reason;
    if (why != null) {
      throw new EngineException(SqlState.QUERY_CANCELED, why);
    }
  }

  /** From now on {@code abort} ends what this thread waits for. */
  void begin(Runnable abort) {
    inFlight.put(Thread.currentThread(), abort);
    if (reason != null) {
      abort.run();
    }
  }

  /** This thread waits no longer. */
  void end() {
    inFlight.remove(Thread.currentThread());
  }
}
