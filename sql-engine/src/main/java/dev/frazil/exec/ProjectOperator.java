package dev.frazil.exec;

import dev.frazil.exec.expression.Evaluator;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes one expression a column; the selection of the input stays. */
final class ProjectOperator implements Operator {
  private final Operator input;
  private final List<Evaluator> expressions;

  ProjectOperator(Operator input, List<Evaluator> expressions) {
    this.input = input;
    this.expressions = expressions;
  }

  @Override
  public @Nullable RowBatch next() {
    RowBatch batch = input.next();
    if (batch == null) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>(expressions.size());
    for (Evaluator expression : expressions) {
      columns.add(expression.evaluate(batch));
    }
    return new RowBatch(columns, batch.rowCount(), batch.selection());
  }

  @Override
  public void close() {
    input.close();
  }
}
