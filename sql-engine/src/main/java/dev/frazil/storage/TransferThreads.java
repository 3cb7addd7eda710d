package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for requests. Made on first use, daemons, gone after idling for a while.
 * Thread-safe.
 */
final class TransferThreads implements AutoCloseable {
  private static final int MAX_TRANSFERS = 16;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private @Nullable ExecutorService executor;
  private @Nullable ExecutorService requests;

  /**
   * For reading and writing ahead: a task that finds no thread free runs in the one that submits
   * it.
   */
  synchronized ExecutorService executor() {
    if (executor == null) {
      executor = threads("frazil-transfer-", MAX_TRANSFERS, (task, pool) -> task.run());
    }
    return executor;
  }

  /** For single requests that somebody waits for: as many threads as there are waits. */
  synchronized ExecutorService requests() {
    if (requests == null) {
      requests =
          threads(
              "frazil-request-",
              Integer.MAX_VALUE,
              (task, pool) -> {
                throw EngineException.internal("no thread for a request");
              });
    }
    return requests;
  }

  private static ExecutorService threads(
      String name, int maxThreads, RejectedExecutionHandler whenNoneIsFree) {
    return new ThreadPoolExecutor(
        0,
        maxThreads,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, name + NUMBER.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        (task, pool) -> {
          if (pool.isShutdown()) {
            // Dropped in silence, somebody would wait for it for ever.
            throw new EngineException(SqlState.CONNECTION_CLOSED, "the object store is closed");
          }
          whenNoneIsFree.rejectedExecution(task, pool);
        });
  }

  @Override
  public synchronized void close() {
    if (executor != null) {
      executor.shutdown();
    }
    if (requests != null) {
      requests.shutdown();
    }
  }
}
