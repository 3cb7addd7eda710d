package dev.frazil.parquet;

import org.jspecify.annotations.Nullable;

/**
 * The rows of one morsel, batch by batch in ascending position. Belongs to one thread at a time.
 * Errors: XX001 names file, column and page offset.
 */
public interface BatchReader extends AutoCloseable {
  /**
   * Sends the requests for the morsel's bytes, to be waited for by the first read; does nothing
   * where the store answers fast.
   *
   * @return bytes that are on their way
   */
  long prefetch();

  /** The next rows, at most {@code RowBatch.TARGET_ROWS}; null when the morsel is read. */
  @Nullable PositionedBatch next();

  /** As {@link #next}, with no column decoded yet. */
  @Nullable PendingRows nextRows();

  /**
   * Lets batches take the arrays of the batch before: whoever reads keeps nothing of a batch when
   * it asks for the next one.
   */
  void reuseBatches();

  /** Gives buffers back; {@link #next} must not be called afterwards. */
  @Override
  void close();
}
