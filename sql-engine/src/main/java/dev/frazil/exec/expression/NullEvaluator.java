package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;

/** Nulls of a type. */
record NullEvaluator(SqlType type) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    return ConstantVectors.nulls(type, batch.rowCount());
  }
}
