package dev.frazil.exec.window;

import java.util.function.IntFunction;

/**
 * Where a piece of a large partition stands in it, and the way to the others.
 *
 * @param piece which one
 * @param pieces all pieces of the partition
 * @param loader gives the rows of a piece; those of an earlier call may be read again for it
 * @param rowsBefore rows of the partition before the first one here
 * @param groupsBefore groups of peers that begin before the first row here and do not hold it
 * @param firstGroupStart where the peers of the first row here begin, in the partition
 * @param lastGroupEnd where the peers of the last row here end, in the partition
 */
record PiecePlace(
    int piece,
    PartitionPieces pieces,
    IntFunction<WindowRows> loader,
    long rowsBefore,
    long groupsBefore,
    long firstGroupStart,
    long lastGroupEnd) {

  /** Rows of the whole partition. */
  long rowCount() {
    return pieces.rowCount();
  }

  WindowRows load(int number) {
    return loader.apply(number);
  }
}
