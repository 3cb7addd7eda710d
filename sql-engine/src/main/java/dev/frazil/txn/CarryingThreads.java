package dev.frazil.txn;

import dev.frazil.storage.RequestScope;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A shared pool of threads whose tasks belong to the statement that submits them, so that their
 * requests end with it. Never shut down.
 */
final class CarryingThreads extends AbstractExecutorService {
  private final ExecutorService pool;

  CarryingThreads(ExecutorService pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable command) {
    pool.execute(RequestScope.carried(command));
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
