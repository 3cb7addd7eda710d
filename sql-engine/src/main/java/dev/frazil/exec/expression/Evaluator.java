package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;

/**
 * A compiled expression. Only the rows alive in a batch are looked at: errors (22003, 22012, ...)
 * come from them alone. One thread at a time: it holds buffers and caches; compile one a thread.
 */
public interface Evaluator {

  /**
   * The value of each row: a vector of {@code batch.rowCount()} rows, of which only the rows alive
   * are defined.
   */
  ColumnVector evaluate(RowBatch batch);

  /** The rows alive for which the expression, a predicate, is true. */
  SelectionVector select(RowBatch batch);
}
