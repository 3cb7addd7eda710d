package dev.frazil.exec.join;

import dev.frazil.exec.Operator;
import dev.frazil.plan.JoinKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The build rows that no probe row matched, with nulls on the left; or, of a join that gives right
 * rows only, those that were matched or those that were not. Whichever worker asks last gives them:
 * then all marks are set. Each worker asks in its own thread.
 */
final class UnmatchedRows {
  private final JoinPlan plan;
  private final JoinTable table;
  private final AtomicInteger probing = new AtomicInteger();

  UnmatchedRows(JoinPlan plan, JoinTable table) {
    this.plan = plan;
    this.table = table;
  }

  /** The part of one more worker. */
  Operator forWorker() {
    probing.incrementAndGet();
    return new Share();
  }

  private final class Share implements Operator {
    private boolean asked;
    private boolean last;
    private int position;

    @Override
    public @Nullable RowBatch next() {
      if (!asked) {
        asked = true;
        last = probing.decrementAndGet() == 0;
      }
      boolean wanted = plan.kind() == JoinKind.RIGHT_SEMI;
      while (last && plan.marksRight() && position < table.rowCount()) {
        int[] rows = new int[RowBatch.TARGET_ROWS];
        int count = 0;
        while (count < rows.length && position < table.rowCount()) {
          if (table.isMatched(position) == wanted) {
            rows[count++] = position;
          }
          position++;
        }
        if (count > 0) {
          return plan.kind().givesRightOnly()
              ? RowBatches.gather(table.rows(), rows, count)
              : unmatched(rows, count);
        }
      }
      return null;
    }

    private RowBatch unmatched(int[] rows, int count) {
      List<ColumnVector> columns = new ArrayList<>();
      for (SqlType type : plan.leftTypes()) {
        columns.add(ConstantVectors.nulls(type, count));
      }
      columns.addAll(RowBatches.gather(table.rows(), rows, count).columns());
      return new RowBatch(columns, count);
    }

    @Override
    public void close() {
      last = false;
    }
  }
}
