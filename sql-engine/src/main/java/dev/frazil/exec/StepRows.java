package dev.frazil.exec;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one step of a recursion, for the next step to read: in memory where they fit, else in
 * a temporary file. Added to by one thread, then read any number of times.
 */
final class StepRows implements AutoCloseable {
  /**
   * The rows of two steps are held at a time, and what the step itself holds stands beside them.
   */
  private static final int SHARE_OF_BUDGET = 4;

  private final QueryContext context;
  private final List<SqlType> types;
  private final MemoryReservation reservation;
  private final BufferedRows rows = new BufferedRows();
  private @Nullable SpillFile file;

  StepRows(QueryContext context, List<SqlType> types) {
    this.context = context;
    this.types = types;
    this.reservation = context.memory().open("the rows of a recursive query");
  }

  void add(RowBatch batch) {
    SpillFile spilled = file;
    if (spilled != null) {
      spilled.append(batch);
      return;
    }
    rows.add(batch);
    long more = rows.sizeBytes() - reservation.bytes();
    if (rows.sizeBytes() > context.memory().limitBytes() / SHARE_OF_BUDGET
        || !reservation.tryGrow(more)) {
      spill();
    }
  }

  private void spill() {
    SpillFile spilled = new SpillFile(context, types);
    file = spilled;
    rows.batches().forEach(spilled::append);
    rows.clear();
    reservation.shrink(reservation.bytes());
  }

  boolean isEmpty() {
    return file == null && rows.rowCount() == 0;
  }

  /** No more rows are added. */
  void finish() {
    SpillFile spilled = file;
    if (spilled != null) {
      spilled.finish();
    }
  }

  /** All rows, once more. */
  Operator reader() {
    SpillFile spilled = file;
    return spilled == null ? new Replay(rows.batches()) : spilled.reader();
  }

  @Override
  public void close() {
    SpillFile spilled = file;
    file = null;
    if (spilled != null) {
      spilled.close();
    }
    rows.clear();
    reservation.close();
  }
}
