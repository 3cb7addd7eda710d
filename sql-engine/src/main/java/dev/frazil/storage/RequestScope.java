package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one statement waits for, on whichever thread: {@link #abort} ends the waits at
 * once, for a store that hangs would keep a cancelled statement until its time-out. A thread works
 * within at most one scope; a commit works outside of any, since a request that decides must not be
 * torn off. Thread-safe.
 *
 * <p>Each request is sent by a thread of its own, and what ends is the wait for it: a connection
 * that is being opened, or whose answer stops in its middle, cannot be torn off from outside.
 */
public final class RequestScope {
  private static final ThreadLocal<@Nullable RequestScope> CURRENT = new ThreadLocal<>();
  private static final long CLEAN_UP_MILLIS = 300;

  private final RequestFigures figures;
  private final boolean abortable;
  private final Set<Attempt<?>> underWay = ConcurrentHashMap.newKeySet();
  private final Set<RequestScope> cleanUps = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String reason;
  private volatile @Nullable ScheduledFuture<?> alarm;
  private volatile long mostWaitMillis;
  private volatile boolean waitedTooLong;

  public RequestScope() {
    this(new RequestFigures(), true);
  }

  private RequestScope(RequestFigures figures, boolean abortable) {
    this.figures = figures;
    this.abortable = abortable;
  }

  /** What the requests of the scope came to, those that nobody aborts included. */
  public RequestFigures figures() {
    return figures;
  }

  /** The figures of the statement that this thread works for; null outside of any. */
  static @Nullable RequestFigures figuresOfThread() {
    RequestScope scope = CURRENT.get();
    if (scope != null) {
      return scope.figures;
    }
    Attempt<?> attempt = Attempt.CURRENT.get();
    return attempt == null ? null : attempt.figures;
  }

  /** Ends the waits for requests, and refuses further ones with 57014. Does not wait itself. */
  public void abort(String why) {
    if (reason == null) {
      reason = why;
    }
    underWay.forEach(Attempt::abandon);
    cleanUps.forEach(RequestScope::abortSoon);
  }

  /**
   * How long to wait for the answer to one request, from the next one on; then 08001.
   *
   * @param millis 0 for as long as the store's own time-out
   */
  public void limitWaits(long millis) {
    mostWaitMillis = millis;
  }

  /** Whether a request took longer than {@link #limitWaits}. */
  public boolean waitedTooLong() {
    return waitedTooLong;
  }

  /** Does {@code work} on this thread within the scope. */
  public <T extends @Nullable Object> T within(Supplier<T> work) {
    return with(this, work);
  }

  /** Does {@code work} on this thread so that nobody aborts its requests; they are counted. */
  public static <T extends @Nullable Object> T outside(Supplier<T> work) {
    RequestScope scope = CURRENT.get();
    return scope == null || !scope.abortable
        ? work.get()
        : with(new RequestScope(scope.figures, false), work);
  }

  /** Like {@link #outside(Supplier)} for work without a result. */
  public static void runOutside(Runnable work) {
    RequestScope.<@Nullable Void>outside(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Tidies up after the work of this thread's scope. Once that is aborted, before or meanwhile, the
   * store may be what hangs: then this, too, ends soon, with 57014.
   */
  public static void cleanUp(Runnable work) {
    RequestScope scope = current();
    if (scope == null) {
      work.run();
      return;
    }
    RequestScope own = new RequestScope(scope.figures, true);
    scope.cleanUps.add(own);
    try {
      if (scope.reason != null) {
        own.abortSoon();
      }
      own.<@Nullable Void>within(
          () -> {
            work.run();
            return null;
          });
    } finally {
      scope.cleanUps.remove(own);
      ScheduledFuture<?> alarm = own.alarm;
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
  }

  private void abortSoon() {
    alarm =
        Alarms.TIMER.schedule(
            () -> abort("the store did not answer in time"),
            CLEAN_UP_MILLIS,
            TimeUnit.MILLISECONDS);
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

  private static <T extends @Nullable Object> T with(RequestScope scope, Supplier<T> work) {
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

  /** The scope of this thread; null where nobody aborts its requests. */
  static @Nullable RequestScope current() {
    RequestScope scope = CURRENT.get();
    return scope == null || !scope.abortable ? null : scope;
  }

  /**
   * What {@code request} gives: sent by one of {@code threads}, and torn off with 57014, where this
   * thread works within a scope that may be aborted; else sent by this thread.
   */
  public static <T> T send(Callable<T> request, Executor threads) throws Exception {
    RequestScope scope = current();
    return scope == null ? request.call() : scope.await(request, threads);
  }

  /** Throws 57014 once aborted. */
  void check() {
    String why = reason;
    if (why != null) {
      throw new EngineException(SqlState.QUERY_CANCELED, why);
    }
  }

  /**
   * What {@code request} gives, sent by one of {@code threads}; 57014 once aborted, whatever then
   * becomes of the request. So it must leave nothing in a place that others use.
   */
  <T> T await(Callable<T> request, Executor threads) throws IOException {
    Attempt<T> attempt = new Attempt<>(threads, figures);
    underWay.add(attempt);
    try {
      check(); // looked at after it was added, so that no abort falls between
      threads.execute(() -> attempt.send(request));
      long millis = mostWaitMillis;
      return millis == 0
          ? attempt.answer.join()
          : attempt.answer.orTimeout(millis, TimeUnit.MILLISECONDS).join();
    } catch (CancellationException e) {
      check();
      throw e;
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        waitedTooLong = true;
        attempt.disconnect();
        throw EngineException.passing(
            SqlState.CONNECTION_FAILURE,
            "the store did not answer within the network timeout of "
                + mostWaitMillis
                + " ms, and the connection is closed. Check the way to it, or raise"
                + " setNetworkTimeout",
            e);
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    } finally {
      underWay.remove(attempt);
    }
  }

  /** This thread is about to connect; from now on an abort calls {@code disconnect}. */
  static void connecting(Runnable disconnect) {
    Attempt<?> attempt = Attempt.CURRENT.get();
    if (attempt != null) {
      attempt.disconnect = disconnect;
      if (attempt.answer.isDone()) {
        throw new CancellationException("nobody waits for it");
      }
    }
  }

  /** One request under way. */
  private static final class Attempt<T> {
    static final ThreadLocal<@Nullable Attempt<?>> CURRENT = new ThreadLocal<>();

    final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Executor threads;
    private final RequestFigures figures;
    volatile @Nullable Runnable disconnect;

    Attempt(Executor threads, RequestFigures figures) {
      this.threads = threads;
      this.figures = figures;
    }

    void send(Callable<T> request) {
      CURRENT.set(this);
      try {
        if (!answer.isDone()) {
          answer.complete(request.call());
        }
      } catch (Throwable thrown) { // told by await()
        answer.completeExceptionally(thrown);
      } finally {
        CURRENT.remove();
      }
    }

    void abandon() {
      if (answer.cancel(false)) {
        disconnect();
      }
    }

    /** Closing may itself wait, for a reader that waits in its middle. */
    void disconnect() {
      Runnable close = disconnect;
      if (close != null) {
        threads.execute(close);
      }
    }
  }
}
