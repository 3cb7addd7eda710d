package dev.frazil.jdbc;

import dev.frazil.engine.ResultCursor;
import dev.frazil.vector.RowBatch;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a cursor, pulled under the connection's lock and the statement's timeout. */
record CursorRows(ResultCursor cursor, Execution execution, OpenRows open) implements RowSource {
  @Override
  public @Nullable RowBatch next() throws SQLException {
    return execution.<@Nullable RowBatch>work(cursor::next);
  }

  @Override
  public void close() throws SQLException {
    execution.run(cursor::close);
    open.remove(cursor);
  }
}
