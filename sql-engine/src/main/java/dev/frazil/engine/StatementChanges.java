package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.StatementFigures;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.Ids;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement that changes the database, from its plan to its commit. One thread.
 */
final class StatementChanges {
  private static final long FIRST_CONFLICT_DELAY_MILLIS = 10;
  private static final long LAST_CONFLICT_DELAY_MILLIS = 1_000;

  private final DatabaseSession session;
  private final SessionQuery query;
  private final CancellationToken cancellation;
  private final StatementFigures figures;

  StatementChanges(DatabaseSession session, SessionQuery query, CancellationToken cancellation) {
    this.session = session;
    this.query = query;
    this.cancellation = cancellation;
    this.figures = cancellation.figures();
  }

  /** Runs a statement with RETURNING and keeps what it returns. */
  BatchResult returning(
      PlannedStatement planned,
      List<ParameterValues> sets,
      List<ResultColumn> columns,
      SessionTransaction transaction) {
    ReturnedRows returned = new ReturnedRows(columns, session.memory());
    boolean done = false;
    try {
      long[] counts = run(planned, sets, returned, transaction);
      done = true;
      return new BatchResult(counts, returned);
    } finally {
      if (!done) {
        returned.close();
      }
    }
  }

  /**
   * Runs a statement that changes the database; in autocommit also commits it, and runs it again on
   * the newest state of the database when another commit came first.
   */
  long[] run(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      SessionTransaction transaction) {
    if (!session.transactions().statementCommits()) {
      long[] counts = changeOnce(planned, sets, returned, transaction);
      figures.addRows(Arrays.stream(counts).sum());
      return counts;
    }
    int retries = session.settings().limits().conflictRetries();
    int lastAttempt = retries;
    RetryPolicy backoff =
        new RetryPolicy(
            retries + 1,
            FIRST_CONFLICT_DELAY_MILLIS,
            LAST_CONFLICT_DELAY_MILLIS,
            TimeSource.system(),
            Ids.system());
    for (int attempt = 0; ; attempt++) {
      try {
        SessionTransaction own = attempt == 0 ? transaction : session.transactions().ofStatement();
        PlannedStatement current =
            attempt == 0 ? planned : query.planned(own, sets.get(0), cancellation);
        if (returned != null && !StatementShape.columns(current).equals(returned.columns())) {
          lastAttempt = attempt;
          throw new EngineException(
              SqlState.SERIALIZATION_FAILURE,
              "another transaction changed the columns that the statement returns: run it again");
        }
        return changeAndCommit(current, sets, returned, own);
      } catch (RuntimeException e) {
        EngineException failure = EngineFailures.translate(e);
        if (!Reruns.isLikely(failure) || attempt >= lastAttempt) {
          throw failure;
        }
        cancellation.check();
        Reruns.count(failure, attempt + 1, figures);
        backoff.pauseAfter(attempt + 1);
      }
    }
  }

  private long[] changeAndCommit(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      SessionTransaction transaction) {
    long[] counts;
    try {
      counts = changeOnce(planned, sets, returned, transaction);
      cancellation.check();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      session.transactions().abandon(transaction);
      throw e;
    }
    // Past this point the outcome counts: a commit is not cancelled half-way.
    if (figures
        .during(
            Stage.COMMITTING,
            () -> RequestScope.outside(() -> session.transactions().commit(transaction)))
        .alreadyApplied()) {
      Arrays.fill(counts, 0);
      if (returned != null) {
        returned.clear();
      }
    }
    figures.addRows(Arrays.stream(counts).sum());
    return counts;
  }

  private long[] changeOnce(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      SessionTransaction transaction) {
    if (returned != null) {
      returned.clear();
    }
    long[] counts = new long[sets.size()];
    if (sets.size() > 1
        && planned instanceof PlannedStatement.Insert insert
        && insert.replaced() == null
        && !query.isMomentary()) {
      ParameterRows rows = ParameterRows.of(insert.source(), insert.parameters());
      if (rows != null) {
        QueryContext context = session.context(ParameterValues.none(), cancellation);
        session.executor().insertRows(insert, rows, sets, transaction, context, returned);
        Arrays.fill(counts, rows.rowsPerSet());
        return counts;
      }
    }
    for (int i = 0; i < counts.length; i++) {
      PlannedStatement current =
          i == 0 ? planned : query.planned(transaction, sets.get(i), cancellation);
      QueryContext context = session.context(sets.get(i), cancellation);
      counts[i] = session.executor().execute(current, transaction, context, returned);
    }
    return counts;
  }
}
