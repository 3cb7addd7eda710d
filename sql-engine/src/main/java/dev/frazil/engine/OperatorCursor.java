package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
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
  private final QueryCounters counters;
  private final CancellationToken cancellation;
  private boolean ended;

  OperatorCursor(List<ResultColumn> columns, Operator root, QueryContext context) {
    this.columns = columns;
    this.root = root;
    this.counters = context.counters();
    this.cancellation = context.cancellation();
  }

  /** What the statement has done so far. */
  QueryCounters counters() {
    return counters;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable RowBatch next() {
    while (!ended) {
      try {
        cancellation.check();
        RowBatch batch = cancellation.requests().<@Nullable RowBatch>within(root::next);
        if (batch == null) {
          close();
          return null;
        }
        if (batch.selectedCount() > 0) {
          return RowBatches.compact(batch);
        }
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        close();
        throw EngineFailures.translate(e);
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      root.close();
    }
  }
}
