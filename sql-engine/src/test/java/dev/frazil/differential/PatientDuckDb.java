package dev.frazil.differential;

import dev.frazil.testing.Answer;
import dev.frazil.testing.DuckDbRunner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A DuckDB that is not waited for for ever: one query in some ten thousands never returns, its
 * threads asleep. Then this one is of no more use, and says so as DuckDB says that it broke.
 */
final class PatientDuckDb implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final DuckDbRunner duckDb = new DuckDbRunner();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "duckdb");
            daemon.setDaemon(true);
            return daemon;
          });
  private boolean asleep;

  Answer query(String sql) {
    if (asleep) {
      throw broken();
    }
    Future<Answer> answer = thread.submit(() -> duckDb.query(sql));
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      asleep = true;
      throw broken();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    if (asleep) {
      throw broken();
    }
    duckDb.execute(sql);
  }

  /** For what makes tables. */
  DuckDbRunner runner() {
    return duckDb;
  }

  private static AssertionError broken() {
    return new AssertionError("INTERNAL: no answer within " + PATIENCE_SECONDS + " s");
  }

  /** Leaves one that sleeps to the end of the process: closing it would wait as well. */
  @Override
  public void close() {
    thread.shutdown();
    if (!asleep) {
      duckDb.close();
    }
  }
}
