package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the rows alive when they are few, so that the loops beneath need not skip: they run over
 * all rows of what they are given and look at the selection only to report an error.
 */
final class SparseEvaluator implements Evaluator {
  /** Batches with fewer than a quarter of their rows alive are gathered. */
  private static final int DENSE_FRACTION = 4;

  private final Evaluator expression;
  private final SqlType type;
  private final boolean[] used;

  /**
   * @param used which columns of the input the expression reads
   */
  SparseEvaluator(Evaluator expression, SqlType type, boolean[] used) {
    this.expression = expression;
    this.type = type;
    this.used = used;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    SelectionVector alive = batch.selection();
    if (alive == null || isDense(batch)) {
      return expression.evaluate(batch);
    }
    if (alive.count() == 0) {
      return ConstantVectors.nulls(type, batch.rowCount());
    }
    ColumnVector dense = expression.evaluate(gather(batch, alive));
    return Scatter.to(dense, alive, batch.rowCount());
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    SelectionVector alive = batch.selection();
    if (alive == null || isDense(batch)) {
      return expression.select(batch);
    }
    if (alive.count() == 0) {
      return alive;
    }
    SelectionVector chosen = expression.select(gather(batch, alive));
    int[] rows = new int[chosen.count()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = alive.positions()[chosen.positions()[i]];
    }
    return new SelectionVector(rows, rows.length);
  }

  private static boolean isDense(RowBatch batch) {
    return batch.selectedCount() * (long) DENSE_FRACTION >= batch.rowCount();
  }

  private RowBatch gather(RowBatch batch, SelectionVector alive) {
    List<ColumnVector> columns = new ArrayList<>(used.length);
    for (int i = 0; i < used.length; i++) {
      ColumnVector column = batch.column(i);
      columns.add(used[i] ? VectorGather.gather(column, alive.positions(), alive.count()) : column);
    }
    return new RowBatch(columns, alive.count());
  }
}
