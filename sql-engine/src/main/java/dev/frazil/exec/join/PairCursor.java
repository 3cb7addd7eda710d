package dev.frazil.exec.join;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.plan.JoinKind;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the candidate pairs of one probe batch, a bounded number at a time, keeps those for
 * which the residual is true, and in the end gives the probe rows that the kind of join wants for
 * having, or not having, a partner. One thread.
 */
final class PairCursor {
  private static final int MAX_PAIRS = RowBatch.TARGET_ROWS;

  /** Build rows passed over before somebody asks whether the statement was cancelled. */
  private static final int MAX_SKIPPED = 1 << 16;

  private final JoinPlan plan;
  private final JoinTable table;
  private final @Nullable Evaluator residual;
  private final RowBatch batch;
  private final int[] rows;
  private final int[] groups;
  private final boolean @Nullable [] matched;
  private final boolean onlyMarks;
  private final boolean isLastBlock;
  private final CancellationToken cancellation;
  private int current;
  private int candidate;
  private boolean ended;

  /**
   * @param groups the group of each probe row alive; read until the cursor ends
   */
  PairCursor(
      JoinPlan plan,
      JoinTable table,
      @Nullable Evaluator residual,
      RowBatch batch,
      int[] groups,
      CancellationToken cancellation) {
    this(
        plan,
        table,
        residual,
        batch,
        groups,
        plan.keepsLeft() || plan.kind().givesLeftOnly() ? new boolean[batch.selectedCount()] : null,
        true,
        cancellation);
  }

  /**
   * A cursor over some of the build rows only: it gives pairs, and marks the probe rows that have a
   * partner.
   *
   * @param matched one a probe row, set for those that had a partner before; null where it does not
   *     matter
   */
  static PairCursor ofBlock(
      JoinPlan plan,
      JoinTable table,
      @Nullable Evaluator residual,
      RowBatch batch,
      int[] groups,
      boolean @Nullable [] matched,
      CancellationToken cancellation) {
    return new PairCursor(plan, table, residual, batch, groups, matched, false, cancellation);
  }

  private PairCursor(
      JoinPlan plan,
      JoinTable table,
      @Nullable Evaluator residual,
      RowBatch batch,
      int[] groups,
      boolean @Nullable [] matched,
      boolean isLastBlock,
      CancellationToken cancellation) {
    this.plan = plan;
    this.table = table;
    this.residual = residual;
    this.batch = batch;
    this.rows = RowBatches.positions(batch);
    this.groups = groups;
    this.onlyMarks = plan.kind().givesRightOnly();
    this.matched = matched;
    this.isLastBlock = isLastBlock;
    this.cancellation = cancellation;
    this.candidate = firstCandidate();
  }

  private int firstCandidate() {
    return current < batch.selectedCount() ? groups[current] : JoinTable.NONE;
  }

  /** The next result; null at the end. */
  @Nullable RowBatch next() {
    while (current < batch.selectedCount()) {
      // A condition that nothing fulfils keeps this busy for the whole table of the other side.
      cancellation.check();
      RowBatch result = pairs();
      if (result != null) {
        return result;
      }
    }
    if (ended) {
      return null;
    }
    ended = true;
    return withoutPairs();
  }

  private @Nullable RowBatch pairs() {
    int[] ordinals = new int[MAX_PAIRS];
    int[] buildRows = new int[MAX_PAIRS];
    int count = 0;
    int skipped = 0;
    while (count < MAX_PAIRS && skipped < MAX_SKIPPED && current < batch.selectedCount()) {
      if (candidate == GroupTable.NONE || answered()) {
        current++;
        candidate = firstCandidate();
      } else if (onlyMarks && table.isMatched(candidate)) {
        skipped++;
        candidate = table.nextRow(candidate);
      } else {
        ordinals[count] = current;
        buildRows[count++] = candidate;
        candidate = table.nextRow(candidate);
      }
    }
    if (count == 0) {
      return null;
    }
    RowBatch result = gather(ordinals, buildRows, count);
    Evaluator condition = residual;
    if (condition != null) {
      SelectionVector passed = condition.select(result);
      result = new RowBatch(result.columns(), count, passed);
    }
    note(result, ordinals, buildRows);
    return plan.givesPairs() && result.selectedCount() > 0 ? result : null;
  }

  /** Whether one partner is enough and was found in an earlier round. */
  private boolean answered() {
    return matched != null && !plan.givesPairs() && matched[current];
  }

  private RowBatch gather(int[] ordinals, int[] buildRows, int count) {
    int[] probeRows = new int[count];
    for (int i = 0; i < count; i++) {
      probeRows[i] = rows[ordinals[i]];
    }
    List<ColumnVector> columns =
        new ArrayList<>(RowBatches.gather(batch, probeRows, count).columns());
    columns.addAll(RowBatches.gather(table.rows(), buildRows, count).columns());
    return new RowBatch(columns, count);
  }

  private void note(RowBatch result, int[] ordinals, int[] buildRows) {
    int[] passed = RowBatches.positions(result);
    boolean markBuild = plan.marksRight();
    for (int i = 0; i < result.selectedCount(); i++) {
      if (matched != null) {
        matched[ordinals[passed[i]]] = true;
      }
      if (markBuild) {
        table.markMatched(buildRows[passed[i]]);
      }
    }
  }

  private @Nullable RowBatch withoutPairs() {
    if (matched == null || !isLastBlock) {
      return null;
    }
    boolean wanted = plan.kind() == JoinKind.SEMI;
    int[] left = new int[matched.length];
    int count = 0;
    for (int k = 0; k < matched.length; k++) {
      if (matched[k] == wanted) {
        left[count++] = rows[k];
      }
    }
    if (count == 0) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>(batch.columns());
    if (plan.givesPairs()) {
      for (ColumnVector column : table.rows().columns()) {
        columns.add(ConstantVectors.nulls(column.type(), batch.rowCount()));
      }
    }
    return new RowBatch(columns, batch.rowCount(), new SelectionVector(left, count));
  }
}
