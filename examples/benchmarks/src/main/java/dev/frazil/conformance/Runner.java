package dev.frazil.conformance;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks one after another, each on connections of its own. */
public final class Runner {
  private static final int LIMIT_SECONDS = 20;

  private final Dialect dialect;

  /** Makes the tables of the checks. */
  public Runner(Dialect dialect) throws SQLException {
    this.dialect = dialect;
    Fixture.create(dialect);
  }

  /** A verdict of each check, in their order. */
  public List<Verdict> run(List<Check> checks) throws InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    for (Check check : checks) {
      verdicts.add(run(check));
    }
    return verdicts;
  }

  private Verdict run(Check check) throws InterruptedException {
    TimeZone zone = TimeZone.getDefault();
    ExecutorService worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Future<Verdict> verdict = worker.submit(() -> tried(check));
      return verdict.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Verdict(check, Verdict.Outcome.FAILED, "no end after " + LIMIT_SECONDS + " s");
    } catch (ExecutionException e) {
      return new Verdict(check, Verdict.Outcome.FAILED, String.valueOf(e.getCause()));
    } finally {
      worker.shutdown();
      TimeZone.setDefault(zone);
    }
  }

  private Verdict tried(Check check) {
    try (Scene scene = new Scene(dialect)) {
      check.body().run(scene);
      return new Verdict(check, Verdict.Outcome.PASSED, "");
    } catch (LackingFeature | SQLFeatureNotSupportedException e) {
      return new Verdict(check, Verdict.Outcome.NOT_SUPPORTED, oneLine(e));
    } catch (BrokenPromise e) {
      return new Verdict(check, Verdict.Outcome.FAILED, oneLine(e));
    } catch (Exception | LinkageError e) {
      return new Verdict(check, Verdict.Outcome.FAILED, e.getClass().getName() + ": " + oneLine(e));
    }
  }

  private static String oneLine(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).replaceAll("\\s+", " ");
    return message.length() > 200 ? message.substring(0, 200) + "..." : message;
  }
}
