package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.List;

/** CASE: each condition sees the rows that no earlier one took, each value the rows of its own. */
record CaseEvaluator(
    List<Evaluator> conditions, List<Evaluator> values, Evaluator otherwise, SqlType type)
    implements VectorEvaluator {
  CaseEvaluator {
    conditions = List.copyOf(conditions);
    values = List.copyOf(values);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    RowMerge merge = new RowMerge(type, batch.rowCount());
    SelectionVector rest = PredicateSelection.alive(batch);
    for (int i = 0; i < conditions.size() && rest.count() > 0; i++) {
      RowBatch undecided = PredicateSelection.narrow(batch, rest);
      SelectionVector chosen = conditions.get(i).select(undecided);
      if (chosen.count() > 0) {
        RowBatch branch = PredicateSelection.narrow(batch, chosen);
        merge.add(values.get(i).evaluate(branch), chosen);
        rest = PredicateSelection.minus(rest, chosen);
      }
    }
    if (rest.count() > 0) {
      merge.add(otherwise.evaluate(PredicateSelection.narrow(batch, rest)), rest);
    }
    return merge.finish();
  }
}
