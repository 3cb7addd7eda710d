package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.RowBatch;

/** ZIP_WITH: two arrays and a lambda of the elements at the same index; null if one is null. */
record ZipWithEvaluator(Evaluator left, Evaluator right, LambdaBody body, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    Elements pairs =
        Elements.zipped(
            batch, (ListVector) left.evaluate(batch), (ListVector) right.evaluate(batch));
    ColumnVector values = body.evaluate(batch, pairs);
    return new ListVector(type, batch.rowCount(), pairs.offsets(), values, pairs.nulls());
  }
}
