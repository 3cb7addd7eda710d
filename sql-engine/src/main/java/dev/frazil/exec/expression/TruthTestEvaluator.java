package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * NOT and the tests of truth and null: a table from true, false and null to the same.
 *
 * @param onNull null for null
 */
record TruthTestEvaluator(
    Evaluator operand, boolean onTrue, boolean onFalse, @Nullable Boolean onNull)
    implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    BooleanVector truth = VectorEvaluator.truth(operand.evaluate(batch));
    int rows = batch.rowCount();
    boolean[] values = new boolean[rows];
    boolean[] input = truth.values();
    for (int row = 0; row < rows; row++) {
      values[row] = input[row] ? onTrue : onFalse;
    }
    boolean[] nulls = truth.nulls();
    if (nulls != null && onNull != null) {
      for (int row = 0; row < rows; row++) {
        values[row] = nulls[row] ? onNull : values[row];
      }
      nulls = null;
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, values, nulls);
  }
}
