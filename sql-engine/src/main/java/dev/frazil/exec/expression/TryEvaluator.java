package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;

/** TRY(expression): null for the rows whose data the expression cannot take (22xxx). */
record TryEvaluator(Evaluator operand, SqlType type) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    try {
      return operand.evaluate(batch);
    } catch (EngineException failed) {
      checkData(failed);
    }
    // some row fails: which ones is found one by one
    VectorBuilder builder = VectorBuilder.of(type);
    AliveRows alive = new AliveRows(batch, null);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      while (builder.rowCount() < row) {
        builder.appendNull();
      }
      appendRow(batch, row, builder);
    }
    while (builder.rowCount() < batch.rowCount()) {
      builder.appendNull();
    }
    return builder.build();
  }

  private void appendRow(RowBatch batch, int row, VectorBuilder builder) {
    RowBatch single =
        new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(new int[] {row}, 1));
    try {
      builder.appendFrom(operand.evaluate(single), row);
    } catch (EngineException failed) {
      checkData(failed);
      builder.appendNull();
    }
  }

  private static void checkData(EngineException failed) {
    if (!failed.state().code().startsWith("22")) {
      throw failed;
    }
  }
}
