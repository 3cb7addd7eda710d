package dev.frazil.exec;

import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * A running node of a plan: batches are pulled from it by one thread. Work starts with the first
 * {@link #next()}.
 */
public interface Operator extends AutoCloseable {

  /** The next batch, never one without rows alive; null at the end. */
  @Nullable RowBatch next();

  /**
   * Frees memory, files and threads; may be called at any point, twice, and from a failed state.
   */
  @Override
  void close();
}
