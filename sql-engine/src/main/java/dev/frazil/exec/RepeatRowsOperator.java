package dev.frazil.exec;

import dev.frazil.plan.SetOperator;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends INTERSECT and EXCEPT: its input has each distinct row once, followed by how often each side
 * holds it; the row comes out as often as the operator asks.
 */
final class RepeatRowsOperator implements Operator {
  private final SetOperator operator;
  private final boolean all;
  private final int sides;
  private final Operator input;
  private @Nullable RowBatch batch;
  private int row;
  private long repeated;

  RepeatRowsOperator(SetOperator operator, boolean all, int sides, Operator input) {
    this.operator = operator;
    this.all = all;
    this.sides = sides;
    this.input = input;
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      RowBatch current = batch;
      if (current == null) {
        current = input.next();
        if (current == null) {
          return null;
        }
        batch = current;
        row = 0;
        repeated = 0;
      }
      RowBatch result = repeat(current);
      if (row >= current.rowCount()) {
        batch = null;
      }
      if (result != null) {
        return result;
      }
    }
  }

  private @Nullable RowBatch repeat(RowBatch current) {
    int[] rows = new int[RowBatch.TARGET_ROWS];
    int count = 0;
    while (row < current.rowCount() && count < rows.length) {
      if (repeated < wanted(current, row)) {
        rows[count++] = row;
        repeated++;
      } else {
        row++;
        repeated = 0;
      }
    }
    if (count == 0) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (ColumnVector column : current.columns().subList(0, current.columns().size() - sides)) {
      columns.add(VectorGather.gather(column, rows, count));
    }
    return new RowBatch(columns, count);
  }

  private long wanted(RowBatch current, int position) {
    int firstSide = current.columns().size() - sides;
    long times = held(current, firstSide, position);
    for (int side = firstSide + 1; side < current.columns().size(); side++) {
      long held = held(current, side, position);
      if (operator == SetOperator.INTERSECT) {
        times = Math.min(times, held);
      } else if (all) {
        times -= held;
      } else if (held > 0) {
        times = 0;
      }
    }
    return all ? times : Math.min(times, 1);
  }

  private static long held(RowBatch current, int side, int position) {
    return ((LongVector) current.column(side)).values()[position];
  }

  @Override
  public void close() {
    input.close();
  }
}
