package dev.frazil.exec.expression;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.List;

/** GREATEST and LEAST: null if any operand is. */
record ExtremeEvaluator(boolean greatest, List<Evaluator> operands, SqlType type)
    implements VectorEvaluator {
  ExtremeEvaluator {
    operands = List.copyOf(operands);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    if (batch.selectedCount() == 0) {
      return ConstantVectors.nulls(type, batch.rowCount());
    }
    List<ColumnVector> vectors = operands.stream().map(o -> o.evaluate(batch)).toList();
    VectorBuilder builder = VectorBuilder.of(type);
    for (int row = 0; row < batch.rowCount(); row++) {
      ColumnVector best = vectors.get(0);
      for (ColumnVector vector : vectors) {
        if (vector.isNull(row)) {
          best = vector;
          break;
        }
        int order = CompareKernels.compare(vector, row, best, row);
        best = (greatest ? order > 0 : order < 0) ? vector : best;
      }
      builder.appendFrom(best, row);
    }
    return builder.build();
  }
}
