package dev.frazil.exec;

import dev.frazil.exec.expression.Evaluator;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import org.jspecify.annotations.Nullable;

/** Keeps the rows for which a predicate is true, by selection: no column is copied. */
final class FilterOperator implements Operator {
  private final Operator input;
  private final Evaluator predicate;
  private final CancellationToken cancellation;

  FilterOperator(Operator input, Evaluator predicate, CancellationToken cancellation) {
    this.input = input;
    this.predicate = predicate;
    this.cancellation = cancellation;
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      cancellation.check();
      RowBatch batch = input.next();
      if (batch == null) {
        return null;
      }
      SelectionVector selection = predicate.select(batch);
      if (selection.count() == batch.rowCount()) {
        return batch;
      }
      if (selection.count() > 0) {
        return new RowBatch(batch.columns(), batch.rowCount(), selection);
      }
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
