package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;

/** SINGLE_ROW: a scalar sub-query's value, checked where somebody asks for it. */
record SingleRowEvaluator(Evaluator value, Evaluator rows) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    LongVector counts = (LongVector) rows.evaluate(batch);
    for (int row : RowBatches.positions(batch)) {
      if (!counts.isNull(row) && counts.values()[row] > 1) {
        throw new EngineException(
            SqlState.CARDINALITY_VIOLATION,
            "a sub-query that stands for one value gives more than one row: add a condition,"
                + " LIMIT 1 or an aggregate to it");
      }
    }
    return value.evaluate(batch);
  }
}
