package dev.frazil.exec.window;

import dev.frazil.vector.ColumnVector;

/** Computes one window function, chunk by chunk. One thread. */
interface WindowEvaluator {

  /** Takes the next rows; those before are done. */
  void open(WindowRows rows);

  /** The values of rows {@code from..from + count} of what was opened. */
  ColumnVector evaluate(int from, int count);

  /** Whether a partition may arrive in several pieces. */
  boolean takesPieces();

  /** Whether a piece must not end within a group of peers. */
  default boolean needsPeers() {
    return true;
  }

  /** How many of rows {@code from..from + count} to evaluate at once; at least one. */
  default int rowsAtOnce(int from, int count) {
    return count;
  }

  /**
   * Sees a piece of a partition that does not fit in memory, before any of them is opened: all
   * pieces in order, the first one being number 0. Then they are opened one by one and tell their
   * {@link WindowRows#place() place}. Number 0 {@linkplain WindowRows#continues() continues} where
   * the rows opened last were of the same partition.
   */
  default void gather(WindowRows piece, int number) {}

  /** Bytes of heap held of the pieces gathered. */
  default long gatheredBytes() {
    return 0;
  }

  /** Bytes of heap that each row of a chunk costs at most. */
  long bytesPerRow();
}
