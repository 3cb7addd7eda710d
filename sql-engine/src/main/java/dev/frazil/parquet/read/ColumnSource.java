package dev.frazil.parquet.read;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorGather;

/** One requested column within one row group. Belongs to one thread at a time. */
interface ColumnSource {
  /** Lets the next vector take the arrays of the one before, which nobody looks at any more. */
  default void reuseVectors() {}

  /** Goes to a row, counted from the start of the row group; never backwards. */
  void seek(long row);

  /** The next {@code rows} rows. */
  ColumnVector read(int rows);

  /** Of the next {@code rows} rows only {@code positions[0..count)}, which ascend. */
  default ColumnVector readSome(int rows, int[] positions, int count) {
    return VectorGather.gather(read(rows), positions, count);
  }
}
