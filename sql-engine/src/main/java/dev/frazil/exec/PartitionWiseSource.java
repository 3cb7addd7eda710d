package dev.frazil.exec;

import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.scan.FileChoice;
import dev.frazil.exec.scan.PartitionRuns;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.rule.PartitionLayout;
import dev.frazil.vector.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a plan that goes through its tables some partitions after the other: the rows of some
 * are given before the next are read, so what joins and aggregations hold of them is gone by then.
 * All workers are done with a run before the next is prepared, by the one that ends last.
 */
final class PartitionWiseSource implements BatchSource {
  private static final long WAIT_MILLIS = 20;

  /** Makes the operators of one run. */
  interface Run {
    /**
     * @param choices the files of each scan, by identity; empty for all
     * @param wanted what joins above want of the scans
     */
    BatchSource start(Map<TableScan, FileChoice> choices, List<WantedKeys> wanted);
  }

  /** The keys that a join above wants of a scan. */
  record WantedKeys(TableScan scan, int column, KeySet keys) {}

  private final PartitionLayout layout;
  private final Run run;
  private final int parallelism;
  private final QueryContext context;
  private final List<WantedKeys> wanted = new ArrayList<>();

  private final Object lock = new Object();
  private Deque<Map<TableScan, FileChoice>> runs = new ArrayDeque<>();
  private final Deque<Operator> idle = new ArrayDeque<>();
  private @Nullable BatchSource current;
  private int active;
  private boolean opening;
  private boolean reuses;
  private boolean started;
  private boolean stopped;

  /**
   * @param parallelism how many workers the runs keep busy
   */
  PartitionWiseSource(PartitionLayout layout, int parallelism, Run run, QueryContext context) {
    this.layout = layout;
    this.parallelism = parallelism;
    this.run = run;
    this.context = context;
  }

  /** Adds that a join above wants only rows with these keys; before {@link #prepare()}. */
  void restrict(WantedKeys keys) {
    wanted.add(keys);
  }

  @Override
  public void prepare() {
    List<Map<TableScan, FileChoice>> choices = PartitionRuns.of(layout, context);
    runs = new ArrayDeque<>(choices == null ? List.of(Map.of()) : choices);
    prepareNext();
  }

  @Override
  public void reuseBatches() {
    reuses = true;
    BatchSource first = current;
    if (first != null) {
      first.reuseBatches();
    }
  }

  @Override
  public int parallelism() {
    return parallelism;
  }

  @Override
  public Operator worker() {
    BatchSource first = current;
    if (first != null && !started) {
      addWorkers(first);
    }
    started = true;
    return new Worker();
  }

  private void addWorkers(BatchSource source) {
    for (int i = 0; i < source.parallelism(); i++) {
      idle.add(source.worker());
    }
  }

  /** Ends the run and prepares the next, if there is one; nobody else does at the time. */
  private void prepareNext() {
    BatchSource ended;
    BatchSource next = null;
    synchronized (lock) {
      ended = current;
      current = null;
    }
    if (ended != null) {
      ended.close();
    }
    synchronized (lock) {
      Map<TableScan, FileChoice> choices = stopped ? null : runs.poll();
      if (choices != null) {
        next = run.start(choices, wanted);
        current = next;
      }
    }
    if (next != null) {
      next.prepare();
    }
  }

  /** A share of some run; null when there is no more. Waits for those that others have. */
  private @Nullable Operator take() {
    synchronized (lock) {
      while (true) {
        context.cancellation().check();
        if (stopped) {
          return null;
        }
        Operator share = idle.poll();
        if (share != null) {
          active++;
          return share;
        }
        if (active > 0 || opening) {
          pause();
        } else if (current == null) {
          return null;
        } else {
          opening = true;
          break;
        }
      }
    }
    return openNext();
  }

  private @Nullable Operator openNext() {
    boolean isReady = false;
    try {
      prepareNext();
      BatchSource next = current;
      synchronized (lock) {
        if (next != null && !stopped) {
          if (reuses) {
            next.reuseBatches();
          }
          addWorkers(next);
        }
      }
      isReady = true;
    } finally {
      synchronized (lock) {
        opening = false;
        stopped |= !isReady;
        lock.notifyAll();
      }
    }
    return take();
  }

  private void done(Operator share) {
    share.close();
    synchronized (lock) {
      active--;
      lock.notifyAll();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // take loops
  private void pause() {
    try {
      lock.wait(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.cancellation().cancel("the thread that runs the statement was interrupted");
    }
  }

  private final class Worker implements Operator {
    private @Nullable Operator share;

    @Override
    public @Nullable RowBatch next() {
      while (true) {
        Operator own = share;
        if (own == null) {
          own = take();
          share = own;
          if (own == null) {
            return null;
          }
        }
        RowBatch batch = own.next();
        if (batch != null) {
          return batch;
        }
        close();
      }
    }

    @Override
    public void close() {
      Operator own = share;
      share = null;
      if (own != null) {
        done(own);
      }
    }
  }

  @Override
  public void stop() {
    BatchSource running;
    synchronized (lock) {
      stopped = true;
      running = current;
      lock.notifyAll();
    }
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public void close() {
    BatchSource running;
    List<Operator> unread;
    synchronized (lock) {
      stopped = true;
      unread = List.copyOf(idle);
      idle.clear();
      running = current;
      current = null;
    }
    unread.forEach(Operator::close);
    if (running != null) {
      running.close();
    }
  }
}
