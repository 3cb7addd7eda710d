package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint of a connection's transaction. Immutable.
 *
 * @param number the session's own number for it
 * @param name null for one without
 */
record JdbcSavepoint(long number, @Nullable String name) implements Savepoint {

  /** The number of a savepoint of ours; 3B001 for any other object. */
  static long id(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint instanceof JdbcSavepoint own) {
      return own.number();
    }
    throw SqlExceptions.of(
        SqlState.INVALID_SAVEPOINT, "this is not a savepoint that a Frazil connection gave out");
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw SqlExceptions.of(
          SqlState.INVALID_SAVEPOINT, "the savepoint has the name '" + name + "' and no number");
    }
    return (int) number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw SqlExceptions.of(SqlState.INVALID_SAVEPOINT, "the savepoint has a number and no name");
    }
    return name;
  }
}
