package dev.frazil.exec.window;

/** Pieces {@code first..last} of a partition that does not fit in memory. */
record PieceSpan(int first, int last) {

  PieceSpan and(PieceSpan other) {
    return new PieceSpan(Math.min(first, other.first), Math.max(last, other.last));
  }
}
