package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.event.Events;
import dev.frazil.event.QueryEvent;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.QueryProfile;
import dev.frazil.exec.StatementFigures;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.storage.TimeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement as others see it: its figures, its event, its span, and its line in
 * the log of slow statements. {@link #end} it once; later calls do nothing. One thread at a time.
 */
final class StatementRun {
  private final DatabaseSession session;
  private final String sql;
  private final CancellationToken cancellation;
  private final StatementFigures figures;
  private final @Nullable QueryEvent event;
  private final StatementSpans.@Nullable Span span;
  private @Nullable Supplier<List<String>> plan;
  private boolean ended;

  private StatementRun(DatabaseSession session, String sql, CancellationToken cancellation) {
    this.session = session;
    this.sql = sql;
    this.cancellation = cancellation;
    this.figures = cancellation.figures();
    this.event = Events.recording() ? begun() : null;
    StatementSpans spans = session.settings().spans();
    this.span =
        spans == null
            ? null
            : spans.begin(
                MaskedSql.summary(sql), MaskedSql.text(sql), session.currentSchema().toString());
  }

  static StatementRun begin(DatabaseSession session, String sql, CancellationToken cancellation) {
    return new StatementRun(session, sql, cancellation);
  }

  private static QueryEvent begun() {
    QueryEvent begun = new QueryEvent();
    begun.begin();
    return begun;
  }

  CancellationToken cancellation() {
    return cancellation;
  }

  StatementFigures figures() {
    return figures;
  }

  /** A part of the work; whatever goes wrong is an {@link EngineException}. */
  <T extends @Nullable Object> T step(Supplier<T> work) {
    long start = TimeSource.system().monotonicNanos();
    try {
      return cancellation.requests().within(work);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
      throw EngineFailures.translate(e);
    } finally {
      figures.addBusyNanos(TimeSource.system().monotonicNanos() - start);
    }
  }

  /** The context of a query, whose operators are watched where the session asks for that. */
  QueryContext context(PlannedStatement.Query query, ParameterValues parameters) {
    QueryContext context = session.context(parameters, cancellation);
    if (!session.settings().profilesOperators()) {
      return context;
    }
    QueryProfile profile = new QueryProfile();
    plan = () -> QueryAnalysis.plan(query, profile);
    return context.profiled(profile);
  }

  /**
   * Tells all who want to know.
   *
   * @param failure null when it succeeded
   */
  void end(@Nullable EngineException failure) {
    if (ended) {
      return;
    }
    ended = true;
    figures.enter(Stage.DONE);
    if (failure != null) {
      figures.noteFailure(failure.state().code());
    }
    if (plan != null) {
      figures.notePlan(plan.get());
    }
    if (span != null) {
      span.end(figures, failure);
    }
    if (event != null) {
      tell(event);
    }
    long slowMillis = session.settings().slowQueryMillis();
    if (slowMillis > 0 && figures.busyNanos() >= TimeUnit.MILLISECONDS.toNanos(slowMillis)) {
      SlowStatements.warn(sql, figures);
    }
  }

  private void tell(QueryEvent told) {
    told.end();
    if (!told.shouldCommit()) {
      return;
    }
    told.sql = MaskedSql.text(sql);
    told.sqlState = figures.failure();
    told.busy = figures.busyNanos();
    told.planning = figures.planningNanos();
    told.commit = figures.commitNanos();
    told.rows = figures.rows();
    told.filesRead = figures.counters().value(Counter.FILES_READ);
    told.bytesRead = figures.requests().readBytes();
    told.bytesSpilled = figures.counters().value(Counter.BYTES_SPILLED);
    told.requests = figures.requests().requests();
    told.retries = figures.reruns() + figures.requests().lostSwaps();
    told.commit();
  }
}
