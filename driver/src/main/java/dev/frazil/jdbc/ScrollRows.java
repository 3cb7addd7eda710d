package dev.frazil.jdbc;

import dev.frazil.engine.ScrollableCursor;
import dev.frazil.engine.ScrollableCursor.Chunk;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows in any order, read under the connection's lock and the statement's timeout. */
record ScrollRows(ScrollableCursor cursor, Execution execution, OpenRows open) {
  /** The rows around one, counted from 0; null past the last row. */
  @Nullable Chunk at(long row) throws SQLException {
    return execution.<@Nullable Chunk>work(() -> cursor.at(row));
  }

  /** How many there are; reads them all. */
  long count() throws SQLException {
    return execution.work(cursor::count);
  }

  void close() throws SQLException {
    execution.run(cursor::close);
    open.remove(cursor);
  }
}
