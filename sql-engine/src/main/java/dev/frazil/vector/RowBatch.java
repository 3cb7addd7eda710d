package dev.frazil.vector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch of rows, column by column. {@code rowCount} is the length of every column; with a
 * selection only the rows that it names are alive. Consumers either honour the selection or compact
 * first.
 *
 * @param rowCount rows in each column, alive or not; a batch may have rows and no columns
 * @param selection null when every row is alive
 */
public record RowBatch(
    List<ColumnVector> columns, int rowCount, @Nullable SelectionVector selection) {
  /** Rows that a producer aims at; no consumer relies on it. */
  public static final int TARGET_ROWS = 4096;

  public RowBatch {
    columns = List.copyOf(columns);
  }

  /** A batch of which every row is alive. */
  public RowBatch(List<ColumnVector> columns, int rowCount) {
    this(columns, rowCount, null);
  }

  /** Rows alive. */
  public int selectedCount() {
    return selection == null ? rowCount : selection.count();
  }

  public ColumnVector column(int index) {
    return columns.get(index);
  }
}
