package dev.frazil.testing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A thread that stops before each of its steps until it is told to make it. What it does between
 * two steps happens at once. {@link #pass} is called on its own thread, all else on the one that
 * drives it; never do both run.
 */
public final class SteppedProcess implements OrderEnumeration.Process {

  /** The process is dead: nothing that it still asks for happens. */
  public static final class Dead extends Error {
    private static final long serialVersionUID = 1L;

    Dead() {
      super("the process was stopped", null, false, false);
    }
  }

  private static final int PATIENCE_SECONDS = 30;

  private final Semaphore move = new Semaphore(0);
  private final Semaphore stopped = new Semaphore(0);
  private final Predicate<Step> stopsAt;
  private volatile @Nullable Step next;
  private volatile boolean dead;
  private volatile boolean idle;
  private volatile @Nullable Throwable failure;

  /**
   * @param stopsAt the steps that it waits before; the others it makes at once
   */
  public SteppedProcess(Predicate<Step> stopsAt) {
    this.stopsAt = stopsAt;
  }

  /** Runs up to the first step. */
  public void start(ExecutorService threads, Runnable body) {
    threads.execute(
        () -> {
          try {
            body.run();
          } catch (Dead end) {
            dead = true;
          } catch (Throwable t) {
            failure = dead ? null : t; // Iceberg wraps what ends its tasks
          } finally {
            next = null;
            stopped.release();
          }
        });
    awaitStop();
  }

  /** Called before each request. */
  void pass(Step step, boolean looksAgain) {
    if (dead) {
      throw new Dead();
    }
    if (stopsAt.test(step)) {
      idle = looksAgain;
      next = step;
      stopped.release();
      move.acquireUninterruptibly();
      idle = false;
      if (dead) {
        throw new Dead();
      }
    }
  }

  /** Ends the process where it is. */
  Dead die() {
    dead = true;
    return new Dead();
  }

  @Override
  public @Nullable Step next() {
    return next;
  }

  @Override
  public boolean idle() {
    return idle;
  }

  @Override
  public void step() {
    move.release();
    awaitStop();
  }

  private void awaitStop() {
    try {
      if (!stopped.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a process neither ends nor asks the store for anything");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    Throwable broken = failure;
    if (broken != null) {
      throw new AssertionError("a process broke", broken);
    }
  }

  /** Ends it, if it has not ended. */
  public void kill() {
    if (next != null) {
      dead = true;
      step();
    }
  }
}
