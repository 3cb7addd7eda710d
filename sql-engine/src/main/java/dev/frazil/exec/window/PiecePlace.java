package dev.frazil.exec.window;

/**
 * Where a few pieces of a large partition stand in it.
 *
 * @param span which pieces
 * @param pieceCount all pieces of the partition
 * @param rowsBefore rows of the partition before the first one here
 * @param rowCount rows of the whole partition
 * @param groupsBefore groups of peers that begin before the first row here and do not hold it
 * @param firstGroupStart where the peers of the first row here begin, in the partition
 * @param lastGroupEnd where the peers of the last row here end, in the partition
 */
record PiecePlace(
    PieceSpan span,
    int pieceCount,
    long rowsBefore,
    long rowCount,
    long groupsBefore,
    long firstGroupStart,
    long lastGroupEnd) {}
