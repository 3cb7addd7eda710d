package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.Arrays;
import java.util.List;

/**
 * AND and OR, three-valued. An operand only sees the rows that the ones before it left undecided.
 */
final class LogicEvaluator implements Evaluator {
  private final boolean isAnd;
  private final List<Evaluator> operands;

  LogicEvaluator(boolean isAnd, List<Evaluator> operands) {
    this.isAnd = isAnd;
    this.operands = List.copyOf(operands);
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    return isAnd ? selectAll(batch) : selectAny(batch);
  }

  private SelectionVector selectAll(RowBatch batch) {
    RowBatch rest = batch;
    for (Evaluator operand : operands) {
      SelectionVector chosen = operand.select(rest);
      if (chosen.count() == 0) {
        return chosen;
      }
      if (chosen.count() < rest.selectedCount()) {
        rest = PredicateSelection.narrow(batch, chosen);
      }
    }
    return PredicateSelection.alive(rest);
  }

  private SelectionVector selectAny(RowBatch batch) {
    SelectionVector chosen = new SelectionVector(new int[0], 0);
    SelectionVector rest = PredicateSelection.alive(batch);
    for (Evaluator operand : operands) {
      SelectionVector more = operand.select(PredicateSelection.narrow(batch, rest));
      chosen = PredicateSelection.union(chosen, more);
      rest = PredicateSelection.minus(rest, more);
      if (rest.count() == 0) {
        break;
      }
    }
    return chosen;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    boolean[] values = new boolean[rows];
    Arrays.fill(values, isAnd);
    boolean[] nulls = new boolean[rows];
    boolean anyNull = false;
    SelectionVector rest = PredicateSelection.alive(batch);
    for (Evaluator operand : operands) {
      BooleanVector truth =
          VectorEvaluator.truth(operand.evaluate(PredicateSelection.narrow(batch, rest)));
      int[] undecided = new int[rest.count()];
      int next = 0;
      for (int i = 0; i < rest.count(); i++) {
        int row = rest.positions()[i];
        if (truth.isNull(row)) {
          nulls[row] = true;
          anyNull = true;
          undecided[next++] = row;
        } else if (truth.values()[row] == isAnd) {
          undecided[next++] = row;
        } else {
          values[row] = !isAnd;
          nulls[row] = false;
        }
      }
      rest = new SelectionVector(undecided, next);
      if (next == 0) {
        break;
      }
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, values, anyNull ? nulls : null);
  }
}
