package dev.frazil.exec;

import dev.frazil.vector.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of a {@link BatchSource} for one puller. A source of parallelism 1 is pulled in
 * the calling thread; otherwise worker threads run ahead until the bounded queue is full. Closing
 * joins the threads.
 */
public final class ExchangeOperator implements Operator {
  private static final int QUEUED_BATCHES_PER_WORKER = 4;
  private static final long WAIT_MILLIS = 20;

  private final boolean ahead;
  private final BatchSource source;
  private final CancellationToken cancellation;
  private final ArrayDeque<RowBatch> queue = new ArrayDeque<>();
  private final List<Operator> workers = new ArrayList<>();
  private final WorkerThreads threads;
  private int capacity;
  private int running;
  private boolean started;
  private volatile boolean stopped;
  private boolean closed;

  public ExchangeOperator(BatchSource source, QueryContext context) {
    this(source, context, false);
  }

  private ExchangeOperator(BatchSource source, QueryContext context, boolean ahead) {
    this.ahead = ahead;
    this.source = source;
    this.cancellation = context.cancellation();
    this.threads = new WorkerThreads(this::stop);
  }

  /** The rows in the order of their source, which one thread reads while the puller works. */
  public static ExchangeOperator inOrder(BatchSource source, QueryContext context) {
    return new ExchangeOperator(source, context, true);
  }

  @Override
  public @Nullable RowBatch next() {
    cancellation.check();
    if (!started) {
      start();
    }
    if (workers.size() == 1 && !ahead) {
      return workers.get(0).next();
    }
    return take();
  }

  private void start() {
    started = true;
    source.prepare();
    int count = ahead ? 1 : source.parallelism();
    for (int i = 0; i < count; i++) {
      workers.add(source.worker());
    }
    if (count > 1 || ahead) {
      capacity = count * QUEUED_BATCHES_PER_WORKER;
      running = count;
      for (Operator worker : workers) {
        threads.start(() -> pump(worker));
      }
    }
  }

  private void pump(Operator worker) {
    try {
      RowBatch batch = worker.next();
      while (batch != null && put(batch)) {
        batch = worker.next();
      }
    } finally {
      synchronized (queue) {
        running--;
        queue.notifyAll();
      }
    }
  }

  private boolean put(RowBatch batch) {
    synchronized (queue) {
      while (queue.size() >= capacity && !stopped) {
        pause();
        cancellation.check();
      }
      if (stopped) {
        return false;
      }
      queue.add(batch);
      queue.notifyAll();
      return true;
    }
  }

  private @Nullable RowBatch take() {
    synchronized (queue) {
      while (true) {
        if (threads.failed()) {
          break;
        }
        RowBatch batch = queue.poll();
        if (batch != null) {
          queue.notifyAll();
          return batch;
        }
        if (running == 0) {
          break;
        }
        pause();
        cancellation.check();
      }
    }
    threads.join();
    threads.check();
    return null;
  }

  private void pause() {
    try {
      queue.wait(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.cancel("the thread that runs the statement was interrupted");
    }
  }

  private void stop() {
    stopped = true;
    source.stop();
    synchronized (queue) {
      queue.notifyAll();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    threads.join();
    queue.clear();
    for (Operator worker : workers) {
      worker.close();
    }
    source.close();
  }
}
