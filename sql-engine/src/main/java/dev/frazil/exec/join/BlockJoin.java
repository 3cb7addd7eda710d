package dev.frazil.exec.join;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.join.ProbeOperator.NullKeys;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join of two files that no key can split any further: takes as many right rows as memory holds,
 * reads all left rows past them, and goes on with the next right rows. Which left rows had a
 * partner is kept in bits until the last block is done.
 */
final class BlockJoin implements Operator {
  /** While the batches of a block are joined to one, rows stand in memory twice. */
  private static final int COPIES = 2;

  private final JoinPlan plan;
  private final SpillFile left;
  private final Operator rightRows;
  private final QueryContext context;
  private final NullKeys nullKeys;
  private final @Nullable Evaluator residual;
  private final boolean marksLeft;
  private final BitSet matchedLeft = new BitSet();
  private final MemoryReservation reservation;
  private boolean rightEnded;
  private @Nullable JoinTable block;
  private GroupTable.@Nullable Finder finder;
  private @Nullable Operator leftRows;

  /** Number of the first row of the left batch that is read next. */
  private long nextLeft;

  private @Nullable PairCursor pairs;
  private boolean @Nullable [] pairMarks;
  private int pairBase;
  private @Nullable Operator unmatchedRight;
  private @Nullable Operator lastPass;

  BlockJoin(
      JoinPlan plan, SpillFile left, SpillFile right, QueryContext context, NullKeys nullKeys) {
    this.plan = plan;
    this.left = left;
    this.rightRows = right.reader();
    this.context = context;
    this.nullKeys = nullKeys;
    ScalarExpression condition = plan.residual();
    this.residual = condition == null ? null : ExpressionEvaluator.compile(condition, context);
    this.marksLeft = plan.keepsLeft() || plan.kind().givesLeftOnly();
    this.reservation = context.memory().open("a join");
    if (marksLeft && left.rowCount() > Integer.MAX_VALUE) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "a join without a key to split by has "
              + left.rowCount()
              + " left rows; it can hold "
              + Integer.MAX_VALUE
              + " against a right side larger than memoryLimit");
    }
    if (marksLeft) {
      reservation.grow(left.rowCount() / Byte.SIZE);
    }
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      context.cancellation().check();
      RowBatch result;
      if (pairs != null) {
        result = nextPairs(pairs);
      } else if (leftRows != null) {
        result = null;
        probe(leftRows);
      } else if (unmatchedRight != null) {
        result = unmatchedRight.next();
        if (result == null) {
          unmatchedRight = null;
          endBlock();
        }
      } else if (!rightEnded) {
        result = null;
        startBlock();
      } else {
        return lastPass();
      }
      if (result != null) {
        return result;
      }
    }
  }

  private void startBlock() {
    BufferedRows rows = new BufferedRows();
    long held = reservation.bytes();
    RowBatch batch = rightRows.next();
    while (batch != null) {
      context.cancellation().check();
      rows.add(batch);
      long needed =
          COPIES * rows.sizeBytes()
              + JoinTable.overheadBytes(rows.rowCount(), plan.rightKeys().size());
      long more = held + needed - reservation.bytes();
      if (more > 0 && !reservation.tryGrow(more)) {
        if (rows.batches().size() == 1) {
          reservation.grow(more);
        }
        break;
      }
      batch = rightRows.next();
    }
    rightEnded = batch == null;
    if (rows.rowCount() == 0) {
      return;
    }
    JoinTable built =
        new JoinTable(
            RowBatches.concat(rows.batches()),
            plan.rightKeys(),
            plan.keyTypes(),
            plan.marksRight(),
            context);
    block = built;
    finder = built.finder();
    leftRows = left.reader();
    nextLeft = 0;
  }

  private void endBlock() {
    block = null;
    finder = null;
    long marks = marksLeft ? left.rowCount() / Byte.SIZE : 0;
    reservation.shrink(reservation.bytes() - marks);
  }

  private void probe(Operator rows) {
    JoinTable table = block;
    GroupTable.Finder keys = finder;
    RowBatch batch = rows.next();
    if (table == null || keys == null || batch == null) {
      leftRows = null;
      unmatchedRight = table == null ? null : new UnmatchedRows(plan, table).forWorker();
      return;
    }
    int count = batch.rowCount();
    int[] groups = new int[count];
    keys.find(JoinTable.keyColumns(batch, plan.leftKeys()), null, count, groups);
    pairBase = (int) nextLeft;
    nextLeft += count;
    boolean[] marks = null;
    if (marksLeft) {
      marks = new boolean[count];
      for (int k = 0; k < count; k++) {
        marks[k] = matchedLeft.get(pairBase + k);
      }
    }
    pairMarks = marks;
    pairs = PairCursor.ofBlock(plan, table, residual, batch, groups, marks, context.cancellation());
  }

  private @Nullable RowBatch nextPairs(PairCursor cursor) {
    RowBatch result = cursor.next();
    if (result == null) {
      boolean[] marks = pairMarks;
      for (int k = 0; marks != null && k < marks.length; k++) {
        matchedLeft.set(pairBase + k, marks[k]);
      }
      pairs = null;
    }
    return result;
  }

  /** The left rows that come out for having, or not having, had a partner in any block. */
  private @Nullable RowBatch lastPass() {
    if (!marksLeft) {
      return null;
    }
    Operator rows = lastPass;
    if (rows == null) {
      rows = left.reader();
      lastPass = rows;
      nextLeft = 0;
    }
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      context.cancellation().check();
      int base = (int) nextLeft;
      nextLeft += batch.rowCount();
      RowBatch result = leftOnly(batch, base);
      if (result != null) {
        return result;
      }
    }
    return null;
  }

  private @Nullable RowBatch leftOnly(RowBatch batch, int base) {
    boolean nullAware = plan.kind() == JoinKind.NULL_AWARE_ANTI;
    boolean[] nulls =
        nullAware && !nullKeys.empty() ? batch.column(plan.leftKeys().get(0)).nulls() : null;
    boolean wanted = plan.kind() == JoinKind.SEMI;
    int[] kept = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < batch.rowCount(); row++) {
      if (matchedLeft.get(base + row) == wanted && (nulls == null || !nulls[row])) {
        kept[count++] = row;
      }
    }
    if (count == 0 || (nullAware && nullKeys.anyNull())) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>(batch.columns());
    if (plan.givesPairs()) {
      plan.rightTypes().forEach(type -> columns.add(ConstantVectors.nulls(type, batch.rowCount())));
    }
    return new RowBatch(columns, batch.rowCount(), new SelectionVector(kept, count));
  }

  @Override
  public void close() {
    block = null;
    pairs = null;
    reservation.close();
  }
}
