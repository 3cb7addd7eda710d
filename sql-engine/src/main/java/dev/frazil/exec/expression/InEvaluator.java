package dev.frazil.exec.expression;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.List;

/** IN, three-valued: null when nothing is equal and something was null. */
record InEvaluator(Evaluator value, List<Evaluator> candidates) implements VectorEvaluator {
  InEvaluator {
    candidates = List.copyOf(candidates);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    List<ColumnVector> others = candidates.stream().map(c -> c.evaluate(batch)).toList();
    int rows = batch.rowCount();
    boolean[] truth = new boolean[rows];
    boolean[] nulls = new boolean[rows];
    AliveRows alive = new AliveRows(batch, null);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      if (vector.isNull(row)) {
        nulls[row] = true;
        continue;
      }
      boolean found = false;
      boolean unknown = false;
      for (int i = 0; i < others.size() && !found; i++) {
        ColumnVector other = others.get(i);
        if (other.isNull(row)) {
          unknown = true;
        } else {
          found = CompareKernels.compare(vector, row, other, row) == 0;
        }
      }
      truth[row] = found;
      nulls[row] = !found && unknown;
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, nulls);
  }
}
