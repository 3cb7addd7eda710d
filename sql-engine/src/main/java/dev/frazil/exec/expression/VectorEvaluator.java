package dev.frazil.exec.expression;

import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;

/** An evaluator that makes values; as a predicate it selects by them. */
interface VectorEvaluator extends Evaluator {
  @Override
  default SelectionVector select(RowBatch batch) {
    return PredicateSelection.trueRows(batch, truth(evaluate(batch)));
  }

  /** The vector of a predicate. */
  static BooleanVector truth(ColumnVector vector) {
    return (BooleanVector) vector;
  }
}
