package dev.frazil.exec.expression;

import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import org.jspecify.annotations.Nullable;

/** The rows of a batch that are alive and not null in an operand, one after the other. */
final class AliveRows {
  private final int @Nullable [] positions;
  private final int count;
  private final boolean @Nullable [] nulls;
  private int next;

  AliveRows(RowBatch batch, boolean @Nullable [] nulls) {
    SelectionVector selection = batch.selection();
    this.positions = selection == null ? null : selection.positions();
    this.count = batch.selectedCount();
    this.nulls = nulls;
  }

  /** The next row, or -1 at the end. */
  int next() {
    while (next < count) {
      int row = positions == null ? next : positions[next];
      next++;
      if (nulls == null || !nulls[row]) {
        return row;
      }
    }
    return -1;
  }
}
