package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;

/**
 * A conversion row by row.
 *
 * @param safe whether a value that does not convert gives null
 */
record CastEvaluator(Evaluator operand, RowConversion conversion, SqlType type, boolean safe)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector source = operand.evaluate(batch);
    VectorBuilder builder = VectorBuilder.of(type);
    AliveRows alive = new AliveRows(batch, source.nulls());
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      while (builder.rowCount() < row) {
        builder.appendNull();
      }
      convert(source, row, builder);
    }
    while (builder.rowCount() < batch.rowCount()) {
      builder.appendNull();
    }
    return builder.build();
  }

  private void convert(ColumnVector source, int row, VectorBuilder builder) {
    try {
      conversion.append(source, row, builder);
    } catch (EngineException notConvertible) {
      // TRY_CAST asks for null where the data does not convert; anything else stays an error
      if (!safe || !notConvertible.state().code().startsWith("22")) {
        throw notConvertible;
      }
      builder.appendNull();
    }
  }
}
