package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.StatementFigures;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.plan.HistoryRequest;
import dev.frazil.plan.PhysicalPlanText;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.SqlFrontend;
import dev.frazil.type.SqlType;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a session. Planned when it is first asked about or run, on the tables of the
 * transaction that runs it; planned again when those have another shape. One thread.
 */
final class SessionQuery implements PreparedQuery {
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
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
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
          (tables.listed() && tables.found().isEmpty() && tables.foundViews().isEmpty())
              || constants.asked()
              || planned instanceof PlannedStatement.ShowSettings
              || planned instanceof PlannedStatement.CreateTable
              || PlanTables.isMomentary(planned);
      if (planned instanceof PlannedStatement.ShowSettings show) {
        planned = SettingStatements.rows(show, session);
      }
      bound =
          new BoundPlan(
              planned, tables.found(), tables.foundViews(), tables.missingBranches(), listing);
    }
    session.plans().put(sql, schema, settings, bound);
    plan = bound;
    planSchema = schema;
    planSettings = settings;
    return bound.statement();
  }

  private StatementChanges changes(CancellationToken cancellation) {
    return new StatementChanges(session, this, cancellation);
  }

  /** Whether the plan of now holds for the moment in which it was made only. */
  boolean isMomentary() {
    BoundPlan bound = plan;
    return bound != null && bound.listing();
  }

  /** As {@link #plan}, for an execution, which takes the time. */
  PlannedStatement planned(
      SessionTransaction transaction, ParameterValues parameters, CancellationToken cancellation) {
    return cancellation.figures().during(Stage.PLANNING, () -> plan(transaction, parameters));
  }

  @Override
  public StatementResult execute(
      ParameterValues parameters, ExpectedResult expected, CancellationToken cancellation) {
    StatementRun watched = StatementRun.begin(session, sql, cancellation);
    try {
      StatementResult result = watched.step(() -> run(parameters, expected, watched));
      if (!(result instanceof StatementResult.Rows rows
          && rows.cursor() instanceof OperatorCursor)) {
        watched.end(null);
      }
      return result;
    } catch (EngineException e) {
      watched.end(e);
      throw e;
    }
  }

  private StatementResult run(
      ParameterValues parameters, ExpectedResult expected, StatementRun watched) {
    CancellationToken cancellation = watched.cancellation();
    cancellation.check();
    SessionTransaction transaction = session.transactions().ofStatement();
    boolean ownTransaction = session.transactions().statementCommits();
    PlannedStatement planned = planned(transaction, parameters, cancellation);
    watched
        .figures()
        .enter(planned instanceof PlannedStatement.Query ? Stage.READING : Stage.WRITING);
    expected.check(!StatementShape.columns(planned).isEmpty());
    StatementShape.checkParameters(planned, parameters);
    if (planned instanceof PlannedStatement.Query query) {
      QueryContext context = watched.context(query, parameters);
      if (!ownTransaction) {
        RecordedReads.of(planned, transaction, context);
      }
      return new StatementResult.Rows(
          new OperatorCursor(
              query.results(), OperatorFactory.create(query.root(), context), watched));
    } else if (planned instanceof PlannedStatement.Explain explain) {
      if (explain.analyze() && !ownTransaction) {
        RecordedReads.of(explain, transaction, session.context(parameters, cancellation));
      }
      List<String> lines =
          explain.analyze()
              ? analysis(explain.statement(), parameters, cancellation)
              : PhysicalPlanText.lines(explain.statement());
      return new StatementResult.Rows(new TextCursor(StatementShape.EXPLAIN_COLUMNS, lines));
    }
    if (planned instanceof PlannedStatement.Call call) {
      return new ProcedureCalls(session, cancellation).run(call, parameters);
    }
    if (planned instanceof PlannedStatement.OfHistory ofHistory
        && !(ofHistory.request() instanceof HistoryRequest.Undrop)) {
      return new HistoryStatements(session, cancellation).run(ofHistory.request(), transaction);
    }
    StatementResult ofSession =
        planned instanceof PlannedStatement.Commit
            ? watched
                .figures()
                .during(Stage.COMMITTING, () -> SessionStatements.run(planned, session))
            : SessionStatements.run(planned, session);
    if (ofSession != null) {
      return ofSession;
    }
    List<ResultColumn> columns = StatementShape.columns(planned);
    if (columns.isEmpty()) {
      long[] counts = changes(cancellation).run(planned, List.of(parameters), null, transaction);
      return new StatementResult.UpdateCount(counts[0]);
    }
    BatchResult result =
        changes(cancellation).returning(planned, List.of(parameters), columns, transaction);
    return new StatementResult.Rows(Objects.requireNonNull(result.returned()), result.counts()[0]);
  }

  private List<String> analysis(
      PlannedStatement statement, ParameterValues parameters, CancellationToken cancellation) {
    if (!(statement instanceof PlannedStatement.Query query)) {
      throw EngineException.unsupported(
          "EXPLAIN ANALYZE, which runs its statement, of anything but a query");
    }
    StatementFigures figures = cancellation.figures();
    List<String> lines =
        QueryAnalysis.lines(
            query, session.context(parameters, cancellation), figures.planningNanos());
    figures.notePlan(lines);
    return lines;
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
    StatementRun watched = StatementRun.begin(session, sql, cancellation);
    try {
      BatchResult result = watched.step(() -> runBatch(batch, returning, cancellation));
      watched.end(null);
      return result;
    } catch (EngineException e) {
      watched.end(e);
      throw e;
    }
  }

  private BatchResult runBatch(
      List<ParameterValues> batch, boolean returning, CancellationToken cancellation) {
    SessionTransaction transaction = session.transactions().ofStatement();
    PlannedStatement planned = planned(transaction, batch.get(0), cancellation);
    cancellation.figures().enter(Stage.WRITING);
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
        ? new BatchResult(changes(cancellation).run(planned, batch, null, transaction), null)
        : changes(cancellation).returning(planned, batch, columns, transaction);
  }
}
