package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.Ids;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.CommitResult;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs CALL. Each procedure here is one or more transactions of its own, run again on the newest
 * state of the table when another commit was in the way; 25001 within a transaction. One thread.
 */
final class ProcedureCalls {
  private static final long FIRST_CONFLICT_DELAY_MILLIS = 10;
  private static final long LAST_CONFLICT_DELAY_MILLIS = 1_000;

  private final DatabaseSession session;
  private final CancellationToken cancellation;

  ProcedureCalls(DatabaseSession session, CancellationToken cancellation) {
    this.session = session;
    this.cancellation = cancellation;
  }

  DatabaseSession session() {
    return session;
  }

  CancellationToken cancellation() {
    return cancellation;
  }

  QueryContext context() {
    return session.context(ParameterValues.none(), cancellation);
  }

  StatementResult run(PlannedStatement.Call call, ParameterValues parameters) {
    Procedure procedure = call.procedure();
    ProcedureArguments arguments =
        ProcedureArguments.of(call, session.context(parameters, cancellation));
    if (!session.transactions().statementCommits()) {
      throw new EngineException(
          SqlState.ACTIVE_TRANSACTION,
          "CALL system."
              + procedure.sqlName()
              + " is a transaction of its own: COMMIT or ROLLBACK the open one, and turn"
              + " autocommit on");
    }
    List<List<Object>> rows =
        switch (procedure) {
          case REWRITE_DATA_FILES -> new CompactionCall(this).run(arguments);
          case EXPIRE_SNAPSHOTS -> new ExpiryCall(this).run(arguments);
          case REMOVE_ORPHAN_FILES -> new OrphanCall(this).run(arguments);
          case REWRITE_MANIFESTS -> new ManifestCall(this).run(arguments);
          case REGISTER_TABLE -> new RegistrationCall(this).run(arguments);
        };
    return new StatementResult.Rows(cursor(procedure, rows));
  }

  /** The table of the call, in a transaction that may write. */
  TableHandle table(ProcedureArguments arguments, Procedure procedure, SessionTransaction own) {
    own.prepareWrite("CALL system." + procedure.sqlName());
    return ProcedureTables.table(arguments.table(), own);
  }

  /**
   * Does work in a transaction, and commits it.
   *
   * @param work may run several times, each time on a newer state of the database
   * @return null where the session's idempotency token says that it was done before
   */
  <T> @Nullable T committed(Function<SessionTransaction, T> work) {
    int retries = session.settings().limits().conflictRetries();
    RetryPolicy backoff =
        new RetryPolicy(
            retries + 1,
            FIRST_CONFLICT_DELAY_MILLIS,
            LAST_CONFLICT_DELAY_MILLIS,
            TimeSource.system(),
            Ids.system());
    for (int attempt = 0; ; attempt++) {
      try {
        return once(work);
      } catch (RuntimeException e) {
        EngineException failure = EngineFailures.translate(e);
        if (failure.state() != SqlState.SERIALIZATION_FAILURE || attempt >= retries) {
          throw failure;
        }
        cancellation.check();
        Reruns.count(failure, attempt + 1, cancellation.figures());
        backoff.pauseAfter(attempt + 1);
      }
    }
  }

  private <T> @Nullable T once(Function<SessionTransaction, T> work) {
    SessionTransaction own = session.transactions().ofStatement();
    T done;
    try {
      done = work.apply(own);
      cancellation.check();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      session.transactions().abandon(own);
      throw e;
    }
    // Past this point the outcome counts: a commit is not cancelled half-way.
    CommitResult result =
        cancellation
            .figures()
            .during(
                Stage.COMMITTING,
                () -> RequestScope.outside(() -> session.transactions().commit(own)));
    return result.alreadyApplied() ? null : done;
  }

  private static ResultCursor cursor(Procedure procedure, List<List<Object>> rows) {
    List<ColumnVector> columns = new ArrayList<>();
    for (int column = 0; column < procedure.results().size(); column++) {
      VectorBuilder builder = VectorBuilder.of(procedure.results().get(column).type());
      for (List<Object> row : rows) {
        builder.appendValue(row.get(column));
      }
      columns.add(builder.build());
    }
    return new TextCursor(
        procedure.results(), rows.isEmpty() ? null : new RowBatch(columns, rows.size()));
  }
}
