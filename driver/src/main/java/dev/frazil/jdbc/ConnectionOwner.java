package dev.frazil.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Whoever gave a connection away and hears of its end. Thread-safe. */
interface ConnectionOwner {
  /** The connection was closed, maybe not for the first time. */
  void release() throws SQLException;

  /** A statement of the connection was closed. */
  default void statementClosed(PreparedStatement statement) {}
}
