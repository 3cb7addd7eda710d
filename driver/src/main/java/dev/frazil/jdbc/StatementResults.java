package dev.frazil.jdbc;

import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.ScrollableCursor;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last run of a statement gave: rows or an update count, and generated keys beside it;
 * also result sets that the program asked to keep. Used by one thread at a time.
 */
final class StatementResults {
  private final JdbcStatement statement;
  private final OpenRows open;
  private final List<JdbcResultSet> kept = new ArrayList<>();
  private @Nullable JdbcResultSet current;
  private @Nullable JdbcResultSet generatedKeys;
  private long updateCount = -1;

  StatementResults(JdbcStatement statement, OpenRows open) {
    this.statement = statement;
    this.open = open;
  }

  @Nullable JdbcResultSet current() {
    return current;
  }

  @Nullable JdbcResultSet generatedKeys() {
    return generatedKeys;
  }

  /** -1 for none. */
  long updateCount() {
    return updateCount;
  }

  void count(long rows) {
    updateCount = rows;
  }

  void keys(ResultCursor cursor, Execution execution) throws SQLException {
    generatedKeys = take(cursor, false, execution);
  }

  JdbcResultSet rows(ResultCursor cursor, Execution execution) throws SQLException {
    JdbcResultSet set = take(cursor, true, execution);
    current = set;
    return set;
  }

  /** A result set that owns the cursor, which is closed where there is none. */
  private JdbcResultSet take(ResultCursor cursor, boolean limited, Execution execution)
      throws SQLException {
    boolean taken = false;
    try {
      JdbcResultSet set = resultSet(cursor, limited, execution);
      taken = true;
      return set;
    } finally {
      if (!taken) {
        execution.run(cursor::close);
      }
    }
  }

  private JdbcResultSet resultSet(ResultCursor cursor, boolean limited, Execution execution)
      throws SQLException {
    long maxRows = limited ? statement.getLargeMaxRows() : 0;
    int fieldSize = statement.getMaxFieldSize();
    JdbcResultSet set;
    if (statement.kind().scrollable()) {
      ScrollableCursor scrollable =
          execution.work(
              () ->
                  statement
                      .owner()
                      .session()
                      .scrollable(
                          cursor, maxRows == 0 ? Long.MAX_VALUE : maxRows, execution.token()));
      requireOpen(open.add(statement, scrollable, scrollable::close));
      ScrollRows rows = new ScrollRows(scrollable, execution, open);
      set = new ScrollableResultSet(statement, cursor.columns(), rows, fieldSize);
      set.setFetchDirection(statement.getFetchDirection());
    } else {
      requireOpen(open.add(statement, cursor, cursor::close));
      CursorRows rows = new CursorRows(cursor, execution, open);
      set = new ForwardResultSet(statement, cursor.columns(), rows, maxRows, fieldSize);
    }
    set.setFetchSize(statement.getFetchSize());
    return set;
  }

  private void requireOpen(boolean added) throws SQLException {
    if (!added) {
      statement.checkOpen();
      throw SqlExceptions.closed("statement");
    }
  }

  /** Whether a result set is one of these. */
  boolean has(JdbcResultSet set) {
    return current == set || generatedKeys == set || kept.contains(set);
  }

  /** Whether none of these is open. */
  boolean allClosed() {
    return closed(current) && closed(generatedKeys) && kept.stream().allMatch(s -> closed(s));
  }

  private static boolean closed(@Nullable JdbcResultSet set) {
    return set == null || set.isClosed();
  }

  /** {@code getMoreResults}: leaves the current result behind. */
  void leave(int what) throws SQLException {
    switch (what) {
      case Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT -> {}
      case Statement.CLOSE_ALL_RESULTS -> closeKept();
      default -> throw SqlExceptions.invalid("the argument is no constant of Statement");
    }
    JdbcResultSet set = current;
    current = null;
    updateCount = -1;
    if (set == null) {
      return;
    }
    if (what == Statement.KEEP_CURRENT_RESULT) {
      kept.add(set);
    } else {
      set.close();
    }
  }

  private void closeKept() throws SQLException {
    List<JdbcResultSet> sets = List.copyOf(kept);
    kept.clear();
    for (JdbcResultSet set : sets) {
      set.close();
    }
  }

  /** Closes all: the statement runs again, or is closed. */
  void clear() throws SQLException {
    leave(Statement.CLOSE_ALL_RESULTS);
    JdbcResultSet keys = generatedKeys;
    generatedKeys = null;
    if (keys != null) {
      keys.close();
    }
  }
}
