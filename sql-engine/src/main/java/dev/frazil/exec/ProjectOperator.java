package dev.frazil.exec;

import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ResultArrays;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes one expression a column; the selection of the input stays. */
final class ProjectOperator implements Operator {
  /** A batch with fewer rows alive than one in so many is gathered. */
  private static final long SPARSE = 4;

  private final Operator input;
  private final List<Evaluator> expressions;
  private final ResultArrays arrays;

  /**
   * @param arrays what the expressions were compiled with
   */
  ProjectOperator(Operator input, List<Evaluator> expressions, ResultArrays arrays) {
    this.input = input;
    this.expressions = expressions;
    this.arrays = arrays;
  }

  @Override
  public @Nullable RowBatch next() {
    RowBatch batch = input.next();
    if (batch == null) {
      return null;
    }
    if (batch.selectedCount() * SPARSE < batch.rowCount()) {
      // gathered once here, the expressions can share what they have in common
      batch = RowBatches.compact(batch);
    }
    arrays.nextBatch();
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
