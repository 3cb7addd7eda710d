package dev.frazil.exec.window;

/** For each of some rows up to {@link FrameRows#MAX_RANGES} ranges of rows. */
interface RowRanges {

  /** The first row, before what is excluded. */
  int start(int row);

  /** After the last row, before what is excluded. */
  int end(int row);

  /**
   * Writes the ranges of a row, none of them empty, rising: first rows to {@code ranges[0],
   * ranges[2], ...}, the rows after the last to {@code ranges[1], ranges[3], ...}.
   *
   * @return how many
   */
  int ranges(int row, int[] ranges);
}
