package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for requests. Made on first use, daemons, gone after idling for a while; a task
 * that finds none free runs in the thread that submits it. Thread-safe.
 */
final class TransferThreads implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private @Nullable ExecutorService executor;

  synchronized ExecutorService executor() {
    if (executor == null) {
      executor =
          new ThreadPoolExecutor(
              0,
              MAX_THREADS,
              10,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              task -> {
                Thread thread = new Thread(task, "frazil-transfer-" + NUMBER.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              },
              (task, pool) -> {
                if (pool.isShutdown()) {
                  // Dropped in silence, somebody would wait for it for ever.
                  throw new EngineException(
                      SqlState.CONNECTION_CLOSED, "the object store is closed");
                }
                task.run();
              });
    }
    return executor;
  }

  @Override
  public synchronized void close() {
    if (executor != null) {
      executor.shutdown();
    }
  }
}
