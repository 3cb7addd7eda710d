package dev.frazil.exec.join;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.Operator;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.plan.JoinKind;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's probe of a {@link JoinTable}. Where a probe row has at most one partner the probe
 * columns pass uncopied, under a selection; else pairs are gathered, a batch at a time.
 */
final class ProbeOperator implements Operator {
  private final JoinPlan plan;
  private final Operator input;
  private final JoinTable table;
  private final NullKeys nullKeys;
  private final GroupTable.Finder finder;
  private final @Nullable Evaluator residual;
  private final Operator unmatchedBuildRows;
  private final CancellationToken cancellation;
  private int[] groups = new int[RowBatch.TARGET_ROWS];
  private @Nullable PairCursor pairs;
  private boolean probed;

  /**
   * @param nullKeys what NOT IN must know of the whole build side
   * @param unmatchedBuildRows rows to give once the input has ended
   */
  ProbeOperator(
      JoinPlan plan,
      Operator input,
      JoinTable table,
      NullKeys nullKeys,
      @Nullable Evaluator residual,
      Operator unmatchedBuildRows,
      CancellationToken cancellation) {
    this.plan = plan;
    this.input = input;
    this.table = table;
    this.nullKeys = nullKeys;
    this.finder = table.finder();
    this.residual = residual;
    this.unmatchedBuildRows = unmatchedBuildRows;
    this.cancellation = cancellation;
  }

  @Override
  public @Nullable RowBatch next() {
    while (!probed) {
      cancellation.check();
      PairCursor current = pairs;
      RowBatch result;
      if (current != null) {
        result = current.next();
        if (result == null) {
          pairs = null;
        }
      } else {
        RowBatch batch = input.next();
        if (batch == null) {
          probed = true;
          break;
        }
        result = probe(batch);
      }
      if (result != null) {
        return result;
      }
    }
    return unmatchedBuildRows.next();
  }

  /** The result where it is one batch; else null, and perhaps a cursor. */
  private @Nullable RowBatch probe(RowBatch batch) {
    SelectionVector selection = batch.selection();
    int[] rows = selection == null ? null : selection.positions();
    int count = batch.selectedCount();
    if (groups.length < count) {
      groups = new int[count];
    }
    if (table.rowCount() == 0) {
      Arrays.fill(groups, 0, count, GroupTable.NONE);
    } else {
      finder.find(JoinTable.keyColumns(batch, plan.leftKeys()), rows, count, groups);
    }
    if (residual == null && plan.kind().givesRightOnly()) {
      mark(count);
      return null;
    }
    if (residual == null && !plan.givesPairs()) {
      return semi(batch, rows, count);
    }
    if (residual == null && table.unique()) {
      return aligned(batch, rows, count);
    }
    pairs = new PairCursor(plan, table, residual, batch, groups, cancellation);
    return null;
  }

  /** The rows of one key are marked together: the first tells of all. */
  private void mark(int count) {
    for (int k = 0; k < count; k++) {
      int row = groups[k];
      while (row != JoinTable.NONE && !table.isMatched(row)) {
        table.markMatched(row);
        row = table.nextRow(row);
      }
    }
  }

  private @Nullable RowBatch semi(RowBatch batch, int @Nullable [] rows, int count) {
    boolean nullAware = plan.kind() == JoinKind.NULL_AWARE_ANTI;
    if (nullAware && nullKeys.anyNull()) {
      return null;
    }
    boolean[] nulls =
        nullAware && !nullKeys.empty() ? batch.column(plan.leftKeys().get(0)).nulls() : null;
    boolean wanted = plan.kind() == JoinKind.SEMI;
    int[] left = new int[count];
    int kept = 0;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (groups[k] != GroupTable.NONE == wanted && (nulls == null || !nulls[row])) {
        left[kept++] = row;
      }
    }
    return selected(batch, left, kept);
  }

  private static @Nullable RowBatch selected(RowBatch batch, int[] rows, int count) {
    if (count == 0) {
      return null;
    }
    return count == batch.rowCount()
        ? new RowBatch(batch.columns(), count)
        : new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(rows, count));
  }

  /** Each probe row has one partner or none. */
  private @Nullable RowBatch aligned(RowBatch batch, int @Nullable [] rows, int count) {
    int[] probeRows = new int[count];
    int[] buildRows = new int[count];
    int found = 0;
    boolean keepAll = plan.keepsLeft();
    boolean mark = plan.keepsRight();
    for (int k = 0; k < count; k++) {
      int group = groups[k];
      if (keepAll || group != GroupTable.NONE) {
        probeRows[found] = rows == null ? k : rows[k];
        buildRows[found++] = group;
        if (mark && group != GroupTable.NONE) {
          table.markMatched(group);
        }
      }
    }
    if (found == 0) {
      return null;
    }
    if (found * 2L < batch.rowCount()) {
      return gathered(batch, probeRows, buildRows, found);
    }
    SelectionVector selection = null;
    if (found < batch.rowCount()) {
      int[] spread = new int[batch.rowCount()];
      for (int k = 0; k < found; k++) {
        spread[probeRows[k]] = buildRows[k];
      }
      buildRows = spread;
      selection = new SelectionVector(probeRows, found);
    }
    List<ColumnVector> columns = new ArrayList<>(batch.columns());
    for (ColumnVector column : table.rows().columns()) {
      columns.add(VectorGather.gatherOrNull(column, buildRows, batch.rowCount()));
    }
    return new RowBatch(columns, batch.rowCount(), selection);
  }

  private RowBatch gathered(RowBatch batch, int[] probeRows, int[] buildRows, int count) {
    List<ColumnVector> columns =
        new ArrayList<>(RowBatches.gather(batch, probeRows, count).columns());
    for (ColumnVector column : table.rows().columns()) {
      columns.add(VectorGather.gatherOrNull(column, buildRows, count));
    }
    return new RowBatch(columns, count);
  }

  @Override
  public void close() {
    input.close();
    unmatchedBuildRows.close();
  }

  /**
   * What NOT IN must know of the whole right side.
   *
   * @param anyNull whether a key is null
   * @param empty whether it has no row
   */
  record NullKeys(boolean anyNull, boolean empty) {}
}
