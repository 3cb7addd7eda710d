package dev.frazil.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** The one kind of result set that there is. */
final class ResultSetKind {
  private ResultSetKind() {}

  /** Every result set is forward-only and read-only; asking for more gives a warning. */
  static @Nullable SQLWarning degraded(int type, int concurrency, int holdability)
      throws SQLException {
    if ((type != ResultSet.TYPE_FORWARD_ONLY
            && type != ResultSet.TYPE_SCROLL_INSENSITIVE
            && type != ResultSet.TYPE_SCROLL_SENSITIVE)
        || (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE)
        || (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
            && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      throw SqlExceptions.invalid(
          "the type, concurrency or holdability is no constant of ResultSet");
    }
    if (type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY) {
      return null;
    }
    return new SQLWarning(
        "the result set will be TYPE_FORWARD_ONLY and CONCUR_READ_ONLY, the only kind there is",
        "01S02");
  }
}
