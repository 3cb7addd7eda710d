package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import org.jspecify.annotations.Nullable;

/**
 * An expression that stands in several places: computed once a batch. Places that see other rows,
 * such as the branches of a CASE, get another batch and so their own computation.
 */
@SuppressWarnings("ReferenceEquality") // a batch is the same rows only if it is the same object
final class SharedEvaluator implements Evaluator {
  private final Evaluator expression;
  private @Nullable RowBatch lastBatch;
  private @Nullable ColumnVector lastVector;

  SharedEvaluator(Evaluator expression) {
    this.expression = expression;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = lastVector;
    if (vector == null || lastBatch != batch) {
      vector = expression.evaluate(batch);
      lastBatch = batch;
      lastVector = vector;
    }
    return vector;
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    return expression.select(batch);
  }
}
