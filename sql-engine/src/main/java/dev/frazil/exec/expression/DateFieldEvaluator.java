package dev.frazil.exec.expression;

import dev.frazil.kernel.CivilTime;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;

/** EXTRACT of year, month or day of a date, as bigint: what groupings by year spend time on. */
record DateFieldEvaluator(ScalarFunction function, Evaluator operand) implements VectorEvaluator {

  /** Whether this is the evaluator for a call. */
  static boolean covers(ScalarFunction function, SqlType from, SqlType to) {
    boolean field =
        function == ScalarFunction.EXTRACT_YEAR
            || function == ScalarFunction.EXTRACT_MONTH
            || function == ScalarFunction.EXTRACT_DAY;
    return field && from == SqlType.Primitive.DATE && to == SqlType.Primitive.BIGINT;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    IntVector days = (IntVector) operand.evaluate(batch);
    int rows = batch.rowCount();
    int[] source = days.values();
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = CivilTime.pack(source[row]);
    }
    for (int row = 0; row < rows; row++) {
      values[row] =
          function == ScalarFunction.EXTRACT_YEAR
              ? CivilTime.year(values[row])
              : function == ScalarFunction.EXTRACT_MONTH
                  ? CivilTime.month(values[row])
                  : CivilTime.day(values[row]);
    }
    return new LongVector(SqlType.Primitive.BIGINT, rows, values, days.nulls());
  }
}
