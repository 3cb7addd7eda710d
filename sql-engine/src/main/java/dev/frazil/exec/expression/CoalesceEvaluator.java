package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.List;

/** COALESCE: an operand only sees the rows for which all before it were null. */
record CoalesceEvaluator(List<Evaluator> operands, SqlType type) implements VectorEvaluator {
  CoalesceEvaluator {
    operands = List.copyOf(operands);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    RowMerge merge = new RowMerge(type, batch.rowCount());
    SelectionVector rest = PredicateSelection.alive(batch);
    for (Evaluator operand : operands) {
      if (rest.count() == 0) {
        break;
      }
      ColumnVector vector = operand.evaluate(PredicateSelection.narrow(batch, rest));
      int[] holding = new int[rest.count()];
      int[] missing = new int[rest.count()];
      int held = 0;
      int missed = 0;
      for (int i = 0; i < rest.count(); i++) {
        int row = rest.positions()[i];
        if (vector.isNull(row)) {
          missing[missed++] = row;
        } else {
          holding[held++] = row;
        }
      }
      merge.add(vector, new SelectionVector(holding, held));
      rest = new SelectionVector(missing, missed);
    }
    return merge.finish();
  }
}
