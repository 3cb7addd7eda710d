package dev.frazil.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * The kind of result sets that a statement gives: forward-only or insensitive to changes, always
 * read-only, and open after a commit.
 *
 * @param warning what was asked for and is not given; null where all is
 */
record ResultSetKind(boolean scrollable, @Nullable SQLWarning warning) {
  static final ResultSetKind FORWARD = new ResultSetKind(false, null);

  /** The nearest kind that there is; asking for more gives a warning. */
  static ResultSetKind of(int type, int concurrency, int holdability) throws SQLException {
    if ((type != ResultSet.TYPE_FORWARD_ONLY
            && type != ResultSet.TYPE_SCROLL_INSENSITIVE
            && type != ResultSet.TYPE_SCROLL_SENSITIVE)
        || (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE)
        || (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
            && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      throw SqlExceptions.invalid(
          "the type, concurrency or holdability is no constant of ResultSet");
    }
    boolean scrollable = type != ResultSet.TYPE_FORWARD_ONLY;
    if (type == ResultSet.TYPE_SCROLL_SENSITIVE || concurrency == ResultSet.CONCUR_UPDATABLE) {
      return new ResultSetKind(
          scrollable,
          new SQLWarning(
              "the result set will be "
                  + (scrollable ? "TYPE_SCROLL_INSENSITIVE" : "TYPE_FORWARD_ONLY")
                  + " and CONCUR_READ_ONLY: changes of others are not shown in it, and rows are"
                  + " changed by UPDATE",
              "01S02"));
    }
    if (holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      return new ResultSetKind(
          scrollable, new SQLWarning("the result set will be HOLD_CURSORS_OVER_COMMIT", "01S02"));
    }
    return new ResultSetKind(scrollable, null);
  }

  int type() {
    return scrollable ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
  }

  /** A fetch direction that is one. */
  static int direction(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlExceptions.invalid("the fetch direction is no constant of ResultSet");
    }
    return direction;
  }
}
