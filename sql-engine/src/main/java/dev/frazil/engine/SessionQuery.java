package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalPlanText;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.SqlFrontend;
import dev.frazil.storage.Ids;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import dev.frazil.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a session. Planned when it is first asked about or run, on the tables of the
 * transaction that runs it; planned again when those have another shape. One thread.
 */
final class SessionQuery implements PreparedQuery {
  private static final long FIRST_CONFLICT_DELAY_MILLIS = 10;
  private static final long LAST_CONFLICT_DELAY_MILLIS = 1_000;

  private final DatabaseSession session;
  private final String sql;
  private @Nullable BoundPlan plan;
  private @Nullable Namespace planSchema;
  private @Nullable PlanSettings planSettings;

  SessionQuery(DatabaseSession session, String sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public List<ResultColumn> columns() {
    return StatementShape.columns(described());
  }

  @Override
  public List<SqlType> parameters() {
    return described().parameters();
  }

  private PlannedStatement described() {
    BoundPlan known = plan;
    if (known != null) {
      return known.statement();
    }
    try {
      return plan(session.transactions().ofStatement(), null);
    } catch (RuntimeException | StackOverflowError e) {
      throw EngineFailures.translate(e);
    }
  }

  /**
   * The plan on the tables that the transaction sees.
   *
   * @param parameters of the execution that it is for; null for a description
   */
  private PlannedStatement plan(
      SessionTransaction transaction, @Nullable ParameterValues parameters) {
    Namespace schema = transaction.currentSchema();
    PlanSettings settings = session.planSettings();
    boolean sameSession = schema.equals(planSchema) && settings.equals(planSettings);
    BoundPlan known =
        plan != null && sameSession ? plan : session.plans().find(sql, schema, settings);
    BoundPlan bound = known == null ? null : PlanBinding.bind(known, transaction);
    if (bound == null) {
      WatchedTables tables = new WatchedTables(transaction);
      PlanConstants constants = new PlanConstants(session, parameters);
      PlannedStatement planned = new SqlFrontend(tables, constants).plan(sql, settings);
      boolean listing =
          (tables.listed() && tables.found().isEmpty())
              || constants.asked()
              || planned instanceof PlannedStatement.ShowSettings
              || PlanTables.isMomentary(planned);
      if (planned instanceof PlannedStatement.ShowSettings show) {
        planned = SettingStatements.rows(show, session);
      }
      bound = new BoundPlan(planned, tables.found(), listing);
    }
    session.plans().put(sql, schema, settings, bound);
    plan = bound;
    planSchema = schema;
    planSettings = settings;
    return bound.statement();
  }

  @Override
  public StatementResult execute(
      ParameterValues parameters, ExpectedResult expected, CancellationToken cancellation) {
    try {
      return cancellation.requests().within(() -> run(parameters, expected, cancellation));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw EngineFailures.translate(e);
    }
  }

  private StatementResult run(
      ParameterValues parameters, ExpectedResult expected, CancellationToken cancellation) {
    cancellation.check();
    SessionTransaction transaction = session.transactions().ofStatement();
    boolean ownTransaction = session.transactions().statementCommits();
    long planningStart = TimeSource.system().monotonicNanos();
    PlannedStatement planned = plan(transaction, parameters);
    long planningNanos = TimeSource.system().monotonicNanos() - planningStart;
    expected.check(!StatementShape.columns(planned).isEmpty());
    StatementShape.checkParameters(planned, parameters);
    if (planned instanceof PlannedStatement.Query query) {
      QueryContext context = session.context(parameters, cancellation);
      if (!ownTransaction) {
        RecordedReads.of(planned, transaction, context);
      }
      return new StatementResult.Rows(
          new OperatorCursor(
              query.results(), OperatorFactory.create(query.root(), context), context));
    } else if (planned instanceof PlannedStatement.Explain explain) {
      if (explain.analyze() && !ownTransaction) {
        RecordedReads.of(explain, transaction, session.context(parameters, cancellation));
      }
      List<String> lines =
          explain.analyze()
              ? analysis(explain.statement(), parameters, cancellation, planningNanos)
              : PhysicalPlanText.lines(explain.statement());
      return new StatementResult.Rows(new TextCursor(StatementShape.EXPLAIN_COLUMNS, lines));
    }
    if (planned instanceof PlannedStatement.Call call) {
      return new ProcedureCalls(session, cancellation).run(call, parameters);
    }
    StatementResult ofSession = SessionStatements.run(planned, session);
    if (ofSession != null) {
      return ofSession;
    }
    List<ResultColumn> columns = StatementShape.columns(planned);
    if (columns.isEmpty()) {
      long[] counts = change(planned, List.of(parameters), null, cancellation, transaction);
      return new StatementResult.UpdateCount(counts[0]);
    }
    BatchResult result =
        returning(planned, List.of(parameters), columns, cancellation, transaction);
    return new StatementResult.Rows(Objects.requireNonNull(result.returned()), result.counts()[0]);
  }

  private List<String> analysis(
      PlannedStatement statement,
      ParameterValues parameters,
      CancellationToken cancellation,
      long planningNanos) {
    if (!(statement instanceof PlannedStatement.Query query)) {
      throw EngineException.unsupported(
          "EXPLAIN ANALYZE, which runs its statement, of anything but a query");
    }
    return QueryAnalysis.lines(query, session.context(parameters, cancellation), planningNanos);
  }

  @Override
  public long[] executeBatch(List<ParameterValues> batch, CancellationToken cancellation) {
    return executeBatch(batch, false, cancellation).counts();
  }

  @Override
  public BatchResult executeReturningBatch(
      List<ParameterValues> batch, CancellationToken cancellation) {
    return executeBatch(batch, true, cancellation);
  }

  private BatchResult executeBatch(
      List<ParameterValues> batch, boolean returning, CancellationToken cancellation) {
    if (batch.isEmpty()) {
      return new BatchResult(new long[0], null);
    }
    try {
      return cancellation.requests().within(() -> runBatch(batch, returning, cancellation));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw EngineFailures.translate(e);
    }
  }

  private BatchResult runBatch(
      List<ParameterValues> batch, boolean returning, CancellationToken cancellation) {
    SessionTransaction transaction = session.transactions().ofStatement();
    PlannedStatement planned = plan(transaction, batch.get(0));
    List<ResultColumn> columns = StatementShape.columns(planned);
    if (!StatementShape.changesData(planned) || (!returning && !columns.isEmpty())) {
      throw new EngineException(
          SqlState.INVALID_STATEMENT,
          "a batch holds INSERT, UPDATE, DELETE and MERGE statements, with RETURNING only where"
              + " generated keys are asked for");
    }
    for (ParameterValues parameters : batch) {
      StatementShape.checkParameters(planned, parameters);
    }
    return columns.isEmpty()
        ? new BatchResult(change(planned, batch, null, cancellation, transaction), null)
        : returning(planned, batch, columns, cancellation, transaction);
  }

  /** Runs a statement with RETURNING and keeps what it returns. */
  private BatchResult returning(
      PlannedStatement planned,
      List<ParameterValues> sets,
      List<ResultColumn> columns,
      CancellationToken cancellation,
      SessionTransaction transaction) {
    ReturnedRows returned = new ReturnedRows(columns, session.memory());
    boolean done = false;
    try {
      long[] counts = change(planned, sets, returned, cancellation, transaction);
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
  private long[] change(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      CancellationToken cancellation,
      SessionTransaction transaction) {
    if (!session.transactions().statementCommits()) {
      return changeOnce(planned, sets, returned, cancellation, transaction);
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
        PlannedStatement current = attempt == 0 ? planned : plan(own, sets.get(0));
        if (returned != null && !StatementShape.columns(current).equals(returned.columns())) {
          lastAttempt = attempt;
          throw new EngineException(
              SqlState.SERIALIZATION_FAILURE,
              "another transaction changed the columns that the statement returns: run it again");
        }
        return changeAndCommit(current, sets, returned, cancellation, own);
      } catch (RuntimeException e) {
        EngineException failure = EngineFailures.translate(e);
        if (failure.state() != SqlState.SERIALIZATION_FAILURE || attempt >= lastAttempt) {
          throw failure;
        }
        cancellation.check();
        backoff.pauseAfter(attempt + 1);
      }
    }
  }

  private long[] changeAndCommit(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      CancellationToken cancellation,
      SessionTransaction transaction) {
    long[] counts;
    try {
      counts = changeOnce(planned, sets, returned, cancellation, transaction);
      cancellation.check();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      session.transactions().abandon(transaction);
      throw e;
    }
    // Past this point the outcome counts: a commit is not cancelled half-way.
    if (RequestScope.outside(() -> session.transactions().commit(transaction)).alreadyApplied()) {
      Arrays.fill(counts, 0);
      if (returned != null) {
        returned.clear();
      }
    }
    return counts;
  }

  private long[] changeOnce(
      PlannedStatement planned,
      List<ParameterValues> sets,
      @Nullable ReturnedRows returned,
      CancellationToken cancellation,
      SessionTransaction transaction) {
    if (returned != null) {
      returned.clear();
    }
    long[] counts = new long[sets.size()];
    BoundPlan bound = plan;
    if (sets.size() > 1
        && planned instanceof PlannedStatement.Insert insert
        && insert.replaced() == null
        && (bound == null || !bound.listing())) {
      ParameterRows rows = ParameterRows.of(insert.source(), insert.parameters());
      if (rows != null) {
        QueryContext context = session.context(ParameterValues.none(), cancellation);
        session.executor().insertRows(insert, rows, sets, transaction, context, returned);
        Arrays.fill(counts, rows.rowsPerSet());
        return counts;
      }
    }
    for (int i = 0; i < counts.length; i++) {
      PlannedStatement current = i == 0 ? planned : plan(transaction, sets.get(i));
      QueryContext context = session.context(sets.get(i), cancellation);
      counts[i] = session.executor().execute(current, transaction, context, returned);
    }
    return counts;
  }
}
