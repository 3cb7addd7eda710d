package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryCounters;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows pulled from the operators of a plan. One thread. */
final class OperatorCursor implements ResultCursor {
  private final List<ResultColumn> columns;
  private final Operator root;
  private final StatementRun run;
  private boolean ended;

  OperatorCursor(List<ResultColumn> columns, Operator root, StatementRun run) {
    this.columns = columns;
    this.root = root;
    this.run = run;
  }

  /** What the statement has done so far. */
  QueryCounters counters() {
    return run.figures().counters();
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable RowBatch next() {
    if (ended) {
      return null;
    }
    try {
      RowBatch batch = run.<@Nullable RowBatch>step(this::pull);
      if (batch == null) {
        close();
      } else {
        run.figures().addRows(batch.rowCount());
      }
      return batch;
    } catch (EngineException e) {
      end(e);
      throw e;
    }
  }

  /** The next batch that has rows alive. */
  private @Nullable RowBatch pull() {
    while (true) {
      run.cancellation().check();
      RowBatch batch = root.next();
      if (batch == null) {
        return null;
      }
      if (batch.selectedCount() > 0) {
        return RowBatches.compact(batch);
      }
    }
  }

  @Override
  public void close() {
    end(null);
  }

  private void end(@Nullable EngineException failure) {
    if (!ended) {
      ended = true;
      try {
        root.close();
      } finally {
        run.end(failure);
      }
    }
  }
}
