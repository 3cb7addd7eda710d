package dev.frazil.exec.window;

import java.util.Arrays;

/**
 * For each row one range of rows of a piece, of which those in one piece at a time are shown. One
 * thread.
 */
final class PieceRanges implements RowRanges {
  private static final int NONE = -1;

  private final int[] pieces;
  private final int[] starts;
  private final int[] ends;
  private int shownFrom;
  private int shownTo;
  private int piece;

  PieceRanges(int count) {
    pieces = new int[count];
    Arrays.fill(pieces, NONE);
    starts = new int[count];
    ends = new int[count];
    shownTo = count;
  }

  void set(int row, int inPiece, long start, long end) {
    pieces[row] = inPiece;
    starts[row] = (int) start;
    ends[row] = (int) end;
  }

  /**
   * Shows the rows from one on that have their ranges in the same piece, or none.
   *
   * @return the row after them
   */
  int open(int from) {
    piece = NONE;
    int to = from;
    while (to < pieces.length && (pieces[to] == NONE || piece == NONE || pieces[to] == piece)) {
      piece = Math.max(piece, pieces[to]);
      to++;
    }
    shownFrom = from;
    shownTo = to;
    return to;
  }

  /** The piece of the rows shown; negative where they have none. */
  int piece() {
    return piece;
  }

  private boolean isShown(int row) {
    return row >= shownFrom && row < shownTo;
  }

  @Override
  public int start(int row) {
    return isShown(row) ? starts[row] : 0;
  }

  @Override
  public int end(int row) {
    return isShown(row) ? ends[row] : 0;
  }

  @Override
  public int ranges(int row, int[] ranges) {
    ranges[0] = start(row);
    ranges[1] = end(row);
    return ranges[0] < ranges[1] ? 1 : 0;
  }
}
