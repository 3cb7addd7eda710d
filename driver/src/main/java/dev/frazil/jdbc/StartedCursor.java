package dev.frazil.jdbc;

import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.StatementResult;
import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor whose first batch was read before the statement returned. So the work of an aggregate or
 * of a sort is done within {@code execute}, where tools (DBeaver among them) offer to cancel it and
 * where programs expect its errors, and not within the first {@code next}.
 */
final class StartedCursor implements ResultCursor {
  private final ResultCursor cursor;
  private final CancellationToken token;
  private @Nullable RowBatch first;
  private boolean ended;

  private StartedCursor(ResultCursor cursor, CancellationToken token) {
    this.cursor = cursor;
    this.token = token;
  }

  /** The result with its rows started; closed if that fails. */
  static StatementResult start(StatementResult result, CancellationToken token) {
    if (!(result instanceof StatementResult.Rows rows)) {
      return result;
    }
    StartedCursor started = new StartedCursor(rows.cursor(), token);
    boolean complete = false;
    try {
      started.first = rows.cursor().next();
      started.ended = started.first == null;
      complete = true;
    } finally {
      if (!complete) {
        rows.cursor().close();
      }
    }
    return new StatementResult.Rows(started, rows.changedRows());
  }

  @Override
  public List<ResultColumn> columns() {
    return cursor.columns();
  }

  @Override
  public @Nullable RowBatch next() {
    token.check();
    RowBatch batch = first;
    first = null;
    if (batch != null || ended) {
      return batch;
    }
    return cursor.next();
  }

  @Override
  public void close() {
    first = null;
    cursor.close();
  }
}
