package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;

/**
 * IS NULL and IS NOT NULL, of a value of any type.
 *
 * @param whenNull the answer for a null
 */
record NullTestEvaluator(Evaluator operand, boolean whenNull) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    boolean[] nulls = operand.evaluate(batch).nulls();
    int rows = batch.rowCount();
    boolean[] values = new boolean[rows];
    if (nulls == null) {
      Arrays.fill(values, !whenNull);
    } else {
      for (int row = 0; row < rows; row++) {
        values[row] = nulls[row] == whenNull;
      }
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, values, null);
  }
}
