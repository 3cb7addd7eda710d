package dev.frazil.jdbc;

import dev.frazil.vector.RowBatch;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a result set gets its rows, batch by batch. Used by one thread at a time. */
interface RowSource {
  /** The next batch, without a selection and with at least one row; null at the end. */
  @Nullable RowBatch next() throws SQLException;

  void close() throws SQLException;
}
