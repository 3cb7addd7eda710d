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

  /** Bytes of heap that each row of a chunk costs at most. */
  long bytesPerRow();
}
