package dev.frazil.exec.expression;

import dev.frazil.kernel.NullMasks;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;

/**
 * NULLIF.
 *
 * @param equal whether value and other are equal
 */
record NullIfEvaluator(Evaluator value, Evaluator equal) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    BooleanVector truth = VectorEvaluator.truth(equal.evaluate(batch));
    int rows = batch.rowCount();
    boolean[] same = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      same[row] = truth.values()[row] && !truth.isNull(row);
    }
    return VectorMasks.withNulls(vector, NullMasks.union(vector.nulls(), same, rows));
  }
}
