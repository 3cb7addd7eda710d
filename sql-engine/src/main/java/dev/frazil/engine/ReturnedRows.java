package dev.frazil.engine;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a RETURNING: collected while the statement runs, because they are true only when it
 * has succeeded, then read. They count in the memory budget (53200). One thread.
 */
final class ReturnedRows implements ResultCursor {
  private final List<ResultColumn> columns;
  private final MemoryReservation reservation;
  private final Deque<RowBatch> batches = new ArrayDeque<>();

  ReturnedRows(List<ResultColumn> columns, MemoryBudget memory) {
    this.columns = columns;
    this.reservation = memory.open("the rows of RETURNING");
  }

  /** Takes the last columns of the rows alive. */
  void add(RowBatch batch) {
    int count = batch.selectedCount();
    if (count == 0) {
      return;
    }
    int all = batch.columns().size();
    RowBatch last =
        new RowBatch(batch.columns().subList(all - columns.size(), all), batch.rowCount());
    RowBatch copy = RowBatches.gather(last, RowBatches.positions(batch), count);
    reservation.grow(RowBatches.memoryBytes(copy));
    batches.add(copy);
  }

  /** Forgets the rows of a run that had no effect. */
  void clear() {
    batches.clear();
    reservation.shrink(reservation.bytes());
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable RowBatch next() {
    RowBatch batch = batches.poll();
    if (batch != null) {
      reservation.shrink(RowBatches.memoryBytes(batch));
    }
    return batch;
  }

  @Override
  public void close() {
    batches.clear();
    reservation.close();
  }
}
