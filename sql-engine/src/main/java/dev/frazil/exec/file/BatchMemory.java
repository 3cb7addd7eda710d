package dev.frazil.exec.file;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;

/**
 * The memory of the batch that is being read, or was read last: a batch ends early where the budget
 * has no more. One thread. Errors: 53200 for a row that does not fit.
 */
final class BatchMemory implements AutoCloseable {
  /** About how many characters of text are collected before their columns are made. */
  private static final int BATCH_CHARS = 4 << 20;

  private static final int STEP_CHARS = 1 << 14;

  /** Of the columns that are made of it, and of what their arrays have to spare. */
  private static final int BYTES_PER_CHAR = 4;

  private final MemoryReservation reservation;
  private long chars;

  BatchMemory(MemoryBudget budget) {
    this.reservation = budget.open("the rows of a file that COPY reads");
  }

  /** Lets go of the batch before. */
  void begin() {
    reservation.shrink(reservation.bytes());
    chars = 0;
  }

  /** Says that text was taken in. */
  void add(long more) {
    chars += more;
  }

  /**
   * Whether another row may be read.
   *
   * @param rows how many the batch has
   */
  boolean hasRoom(int rows) {
    if (rows >= RowBatch.TARGET_ROWS || chars >= BATCH_CHARS) {
      return false;
    }
    long missing = (chars + STEP_CHARS) * BYTES_PER_CHAR - reservation.bytes();
    if (missing <= 0) {
      return true;
    }
    if (rows > 0) {
      return reservation.tryGrow(missing);
    }
    reservation.grow(missing);
    return true;
  }

  /** Holds what the batch really is. */
  void end(RowBatch batch) {
    long change = RowBatches.memoryBytes(batch) - reservation.bytes();
    if (change > 0) {
      reservation.grow(change);
    } else {
      reservation.shrink(-change);
    }
  }

  @Override
  public void close() {
    reservation.close();
  }
}
