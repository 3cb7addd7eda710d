package dev.frazil.parquet.read;

import dev.frazil.vector.ColumnVector;

/** One requested column within one row group. Belongs to one thread at a time. */
interface ColumnSource {
  /** Goes to a row, counted from the start of the row group; never backwards. */
  void seek(long row);

  /** The next {@code rows} rows. */
  ColumnVector read(int rows);
}
