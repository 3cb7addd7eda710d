package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;

/** Column {@code index} of the input. */
record ReferenceEvaluator(int index) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    return batch.column(index);
  }
}
