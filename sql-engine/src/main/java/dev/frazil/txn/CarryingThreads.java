package dev.frazil.txn;

import dev.frazil.storage.RequestScope;
import java.util.concurrent.ExecutorService;

/**
 * A shared pool of threads whose tasks belong to the statement that submits them, so that their
 * requests end with it. Never shut down.
 */
final class CarryingThreads extends LastingExecutor {
  private final ExecutorService pool;

  CarryingThreads(ExecutorService pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable command) {
    pool.execute(RequestScope.carried(command));
  }
}
