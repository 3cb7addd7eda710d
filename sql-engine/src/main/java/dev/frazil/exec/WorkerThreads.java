package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.storage.RequestScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A group of threads that works on one statement: started together, joined together. The first
 * failure stops the group and is what the owner sees. Used by one owner thread.
 */
public final class WorkerThreads {
  private static final AtomicLong NAMES = new AtomicLong();

  private final Runnable stop;
  private final List<Thread> threads = new ArrayList<>();
  private final Object failureLock = new Object();
  private volatile @Nullable Throwable failure;

  /**
   * @param stop asks the others to end soon, called once a worker failed
   */
  public WorkerThreads(Runnable stop) {
    this.stop = stop;
  }

  /** Runs {@code task} on a new thread. */
  public void start(Runnable task) {
    Runnable carried = RequestScope.carried(() -> guarded(task));
    Thread thread = new Thread(carried, "frazil-worker-" + NAMES.incrementAndGet());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /**
   * Runs {@code task} for each number below {@code count}: 0 on the calling thread, the others on
   * threads of their own; returns when all are done, or throws the first failure.
   */
  public static void run(int count, Runnable stop, IntConsumer task) {
    if (count == 1) {
      task.accept(0);
      return;
    }
    WorkerThreads group = new WorkerThreads(stop);
    for (int i = 1; i < count; i++) {
      int number = i;
      group.start(() -> task.accept(number));
    }
    group.guarded(() -> task.accept(0));
    group.join();
    group.check();
  }

  /** Throws the first failure of a worker, if there is one. */
  public void check() {
    Throwable first = failure;
    if (first instanceof EngineException engineFailure) {
      throw engineFailure;
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException runtimeFailure) {
      throw runtimeFailure;
    }
  }

  public boolean failed() {
    return failure != null;
  }

  /** Waits until every thread has ended; an interrupt is kept for later. */
  public void join() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    threads.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) { // handed to the owner of the group by check()
      synchronized (failureLock) {
        if (failure == null) {
          failure = thrown;
        } else if (failure != thrown) {
          failure.addSuppressed(thrown);
        }
      }
      stop.run();
    }
  }
}
