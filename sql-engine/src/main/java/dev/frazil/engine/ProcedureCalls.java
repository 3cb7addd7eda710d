package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.exec.scan.ReadFilter;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.ReturningRows;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.Ids;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.CommitResult;
import dev.frazil.txn.Savepoint;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Runs CALL. A procedure that only moves a table or branch to other snapshots, adds files, or notes
 * statistics, is a part of the open transaction; each other one is one or more transactions of its
 * own, 25001 within another. Those of their own run again on the newest state of the table when
 * another commit was in the way. One thread.
 */
final class ProcedureCalls {
  private static final Set<Procedure> WITHIN_TRANSACTIONS =
      EnumSet.of(
          Procedure.ROLLBACK_TO_SNAPSHOT,
          Procedure.ROLLBACK_TO_TIMESTAMP,
          Procedure.SET_CURRENT_SNAPSHOT,
          Procedure.FAST_FORWARD,
          Procedure.CHERRYPICK_SNAPSHOT,
          Procedure.PUBLISH_CHANGES,
          Procedure.ADD_FILES,
          Procedure.ANCESTORS_OF,
          Procedure.COMPUTE_TABLE_STATS);
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
    if (!session.transactions().statementCommits() && !WITHIN_TRANSACTIONS.contains(procedure)) {
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
          case REWRITE_POSITION_DELETE_FILES -> new DeleteCompactionCall(this).run(arguments);
          case EXPIRE_SNAPSHOTS -> new ExpiryCall(this).run(arguments);
          case REMOVE_ORPHAN_FILES -> new OrphanCall(this).run(arguments);
          case ROLLBACK_TO_SNAPSHOT -> new SnapshotCalls(this).rollbackToSnapshot(arguments);
          case ROLLBACK_TO_TIMESTAMP -> new SnapshotCalls(this).rollbackToTimestamp(arguments);
          case SET_CURRENT_SNAPSHOT -> new SnapshotCalls(this).setCurrentSnapshot(arguments);
          case FAST_FORWARD -> new SnapshotCalls(this).fastForward(arguments);
          case ANCESTORS_OF -> new SnapshotCalls(this).ancestorsOf(arguments);
          case CHERRYPICK_SNAPSHOT -> new PublishCalls(this).cherrypick(arguments);
          case PUBLISH_CHANGES -> new PublishCalls(this).publish(arguments);
          case HEALTH -> new HealthCall(this).run(arguments);
          case FSCK -> new FsckCall(this).run(arguments);
          case REWRITE_MANIFESTS -> new ManifestCall(this).run(arguments);
          case COMPUTE_TABLE_STATS -> new StatisticsCall(this).run(arguments);
          case REGISTER_TABLE -> new RegistrationCall(this).run(arguments);
          case REGISTER_DATABASE -> new DatabaseMigration(this, false).run(arguments);
          case SNAPSHOT_DATABASE -> new DatabaseMigration(this, true).run(arguments);
          case ADD_FILES -> new ImportCall(this).run(arguments);
        };
    return new StatementResult.Rows(cursor(procedure, rows));
  }

  /** The table of the call, in a transaction that may write. */
  TableHandle table(ProcedureArguments arguments, Procedure procedure, SessionTransaction own) {
    own.prepareWrite("CALL system." + procedure.sqlName());
    return ProcedureTables.table(arguments.table(), own);
  }

  /** Looks at rows of another snapshot that came under a branch; 23502, 23505, 23514. */
  void requireRules(TableHandle before, String branch, long snapshotId, SessionTransaction own) {
    TableIdentifier table = before.identifier();
    new AlterTableExecution(session.executor(), own, context())
        .require(table, ReturningRows.of(table, before.table(), branch, snapshotId));
  }

  /** As above, but for the keys of a snapshot that was staged. */
  void requireRulesOfPicked(TableHandle before, long snapshotId, SessionTransaction own) {
    TableIdentifier table = before.identifier();
    new AlterTableExecution(session.executor(), own, context())
        .require(
            table,
            ReturningRows.withoutKeysOfStaged(
                table, before.table(), SnapshotRef.MAIN_BRANCH, snapshotId));
  }

  /** Looks at rows that came into a table by files; 23505, 23514. */
  void requireRulesOfNewest(TableIdentifier table, SessionTransaction own) {
    new AlterTableExecution(session.executor(), own, context())
        .require(table, ReturningRows.ofNewest(table, own.transaction().load(table).orElseThrow()));
  }

  /** What a {@code where} in SQL leaves of a table; true for null. */
  Expression filter(@Nullable String condition, TableHandle table, SessionTransaction own) {
    if (condition == null) {
      return Expressions.alwaysTrue();
    }
    PhysicalNode.TableScan scan =
        ProcedureTables.scan(table, condition, own, session.planSettings());
    return scan == null ? Expressions.alwaysFalse() : ReadFilter.of(scan, context());
  }

  /** The table of a call that changes nothing. */
  TableHandle tableToRead(ProcedureArguments arguments) {
    SessionTransaction own = session.transactions().ofStatement();
    TableHandle handle = ProcedureTables.table(arguments.table(), own);
    own.transaction().reads().rows(handle.identifier(), Expressions.alwaysTrue());
    return handle;
  }

  /**
   * Does work in a transaction, and commits it; in the open transaction where there is one, which
   * is as it was before where the work fails.
   *
   * @param work may run several times, each time on a newer state of the database
   * @return null where the session's idempotency token says that it was done before
   */
  <T> @Nullable T committed(Function<SessionTransaction, T> work) {
    if (!session.transactions().statementCommits()) {
      SessionTransaction open = session.transactions().ofStatement();
      Savepoint before = open.transaction().savepoint();
      boolean done = false;
      try {
        T result = work.apply(open);
        done = true;
        return result;
      } finally {
        if (!done) {
          open.transaction().rollbackTo(before);
        }
      }
    }
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
        if (!Reruns.isLikely(failure) || attempt >= retries) {
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
      own.transaction().maintenance().moveRowsOnly();
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
