package dev.frazil.exec.expression;

import dev.frazil.exec.CancellationToken;
import dev.frazil.function.Arguments;
import dev.frazil.function.LibraryFunction;
import dev.frazil.kernel.NullMasks;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** A function of the library, row by row. */
record LibraryEvaluator(
    LibraryFunction function,
    List<Evaluator> operands,
    Arguments arguments,
    SqlType type,
    CancellationToken cancellation)
    implements VectorEvaluator {
  LibraryEvaluator {
    operands = List.copyOf(operands);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    List<ColumnVector> vectors = new ArrayList<>(operands.size());
    boolean[] nulls = null;
    for (Evaluator operand : operands) {
      ColumnVector vector = operand.evaluate(batch);
      vectors.add(vector);
      if (!function.takesNulls()) {
        nulls = NullMasks.union(nulls, vector.nulls(), batch.rowCount());
      }
    }
    arguments.columns(vectors);
    VectorBuilder builder = VectorBuilder.of(type);
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      while (builder.rowCount() < row) {
        builder.appendNull();
      }
      // One row may take milliseconds, a batch of them minutes.
      cancellation.check();
      arguments.row(row);
      function.body().append(arguments, builder);
    }
    while (builder.rowCount() < batch.rowCount()) {
      builder.appendNull();
    }
    return builder.build();
  }
}
