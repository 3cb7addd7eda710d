package dev.frazil.exec.expression;

import dev.frazil.exec.CancellationToken;
import dev.frazil.kernel.NullMasks;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** A function applied row by row, null where an operand is: what is too rare for a kernel. */
record RowFunctionEvaluator(
    RowFunction function, List<Evaluator> operands, SqlType type, CancellationToken cancellation)
    implements VectorEvaluator {
  RowFunctionEvaluator {
    operands = List.copyOf(operands);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    List<ColumnVector> vectors = new ArrayList<>(operands.size());
    boolean[] nulls = null;
    for (Evaluator operand : operands) {
      ColumnVector vector = operand.evaluate(batch);
      vectors.add(vector);
      nulls = NullMasks.union(nulls, vector.nulls(), batch.rowCount());
    }
    VectorBuilder builder = VectorBuilder.of(type);
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      while (builder.rowCount() < row) {
        builder.appendNull();
      }
      cancellation.check();
      function.append(vectors, row, builder);
    }
    while (builder.rowCount() < batch.rowCount()) {
      builder.appendNull();
    }
    return builder.build();
  }
}
