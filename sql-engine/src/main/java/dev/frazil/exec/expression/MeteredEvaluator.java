package dev.frazil.exec.expression;

import dev.frazil.exec.BatchMeter;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;

/** Tells a meter what the values of another evaluator take. */
record MeteredEvaluator(Evaluator evaluator, BatchMeter meter) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector values = evaluator.evaluate(batch);
    meter.add(RowBatches.memoryBytes(values));
    return values;
  }
}
