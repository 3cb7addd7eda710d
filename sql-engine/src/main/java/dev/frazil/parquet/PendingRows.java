package dev.frazil.parquet;

import dev.frazil.vector.ColumnVector;

/**
 * Rows that stand next to each other in a file, whose columns are decoded when somebody asks for
 * them: each column at most once, and before the reader goes on to the next rows. Pages of which no
 * row is asked for are not decompressed. Belongs to one thread at a time.
 */
public interface PendingRows {
  /** At most {@code RowBatch.TARGET_ROWS}. */
  int rowCount();

  /** Position in the file, from 0, of the first row. */
  long firstRowPosition();

  /** All rows of the request with that index. */
  ColumnVector column(int index);

  /**
   * Some rows of the request with that index, next to each other in the result.
   *
   * @param rows {@code rows[0..count)}, ascending, each in {@code [0, rowCount())}
   */
  ColumnVector column(int index, int[] rows, int count);
}
