package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows read forwards, one batch in memory at a time, whatever the fetch size. Used by one thread at
 * a time.
 */
final class JdbcResultSet extends ColumnGetters implements SelfWrapper {
  private final @Nullable JdbcStatement statement;
  private final List<ResultColumn> columns;
  private final ColumnAccessor[] accessors;
  private final RowSource source;
  private final long maxRows;
  private @Nullable Map<String, Integer> positions;

  private @Nullable RowBatch batch;
  private @Nullable RowBatch following;
  private long rowNumber;
  private boolean afterLast;
  private boolean closed;
  private int fetchSize;

  /**
   * @param statement null for metadata
   * @param maxRows 0 for no limit
   */
  JdbcResultSet(
      @Nullable JdbcStatement statement,
      List<ResultColumn> columns,
      RowSource source,
      long maxRows,
      int maxFieldSize) {
    super(maxFieldSize);
    this.statement = statement;
    this.columns = columns;
    this.source = source;
    this.maxRows = maxRows;
    this.accessors =
        columns.stream().map(c -> ColumnAccessor.of(c.type())).toArray(ColumnAccessor[]::new);
  }

  // ---- moving

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (afterLast) {
      return false;
    }
    if (maxRows > 0 && rowNumber == maxRows) {
      return end();
    }
    RowBatch current = batch;
    if (current != null && row + 1 < current.rowCount()) {
      row++;
    } else {
      RowBatch fetched = following != null ? following : source.next();
      following = null;
      if (fetched == null) {
        return end();
      }
      batch = fetched;
      row = 0;
    }
    rowNumber++;
    return true;
  }

  private boolean end() throws SQLException {
    afterLast = true;
    batch = null;
    source.close();
    if (statement != null) {
      statement.resultExhausted(this);
    }
    return false;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return rowNumber == 0 && !afterLast && another();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return afterLast && rowNumber > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return rowNumber == 1 && !afterLast;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    if (afterLast || rowNumber == 0) {
      return false;
    }
    return rowNumber == maxRows || !another();
  }

  /** Whether a row follows; may fetch it. */
  private boolean another() throws SQLException {
    RowBatch current = batch;
    if (current != null && row + 1 < current.rowCount()) {
      return true;
    }
    if (following == null) {
      following = source.next();
    }
    return following != null;
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return afterLast ? 0 : (int) Math.min(rowNumber, Integer.MAX_VALUE);
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void afterLast() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean first() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean last() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean absolute(int wanted) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean previous() throws SQLException {
    throw forwardOnly();
  }

  private SQLException forwardOnly() throws SQLException {
    checkOpen();
    return SqlExceptions.unsupported("scrolling in a result set of TYPE_FORWARD_ONLY");
  }

  // ---- columns

  @Override
  public int findColumn(@Nullable String columnLabel) throws SQLException {
    checkOpen();
    if (columnLabel == null) {
      throw SqlExceptions.invalid("the column label is null");
    }
    Map<String, Integer> index = positions;
    if (index == null) {
      index = new HashMap<>();
      for (int i = columns.size(); i > 0; i--) {
        index.put(columns.get(i - 1).label().toLowerCase(Locale.ROOT), i);
      }
      for (int i = columns.size(); i > 0; i--) {
        index.put(columns.get(i - 1).label(), i);
      }
      positions = index;
    }
    Integer exact = index.get(columnLabel);
    Integer found = exact != null ? exact : index.get(columnLabel.toLowerCase(Locale.ROOT));
    if (found == null) {
      List<String> labels = columns.stream().map(ResultColumn::label).toList();
      Optional<String> nearest = NearestName.of(columnLabel, labels);
      throw SqlExceptions.of(
          SqlState.UNDEFINED_COLUMN,
          "the result has no column '"
              + columnLabel
              + "'"
              + nearest.map(name -> "; did you mean '" + name + "'?").orElse(""));
    }
    return found;
  }

  @Override
  boolean locate(int columnIndex) throws SQLException {
    checkOpen();
    RowBatch current = batch;
    if (current == null || rowNumber == 0) {
      throw SqlExceptions.of(
          SqlState.OBJECT_NOT_IN_STATE,
          afterLast
              ? "the result set stands after its last row"
              : "the result set stands before its first row; call next() first");
    }
    if (columnIndex < 1 || columnIndex > accessors.length) {
      throw SqlExceptions.invalid(
          "there is no column " + columnIndex + "; the result has " + accessors.length);
    }
    ColumnVector column = current.column(columnIndex - 1);
    vector = column;
    accessor = accessors[columnIndex - 1];
    lastWasNull = column.isNull(row);
    return !lastWasNull;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new JdbcResultSetMetaData(columns);
  }

  // ---- state

  @Override
  void checkOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result set");
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    batch = null;
    following = null;
    vector = null;
    try {
      source.close();
    } finally {
      if (statement != null) {
        statement.resultClosed(this);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public @Nullable String getCursorName() throws SQLException {
    throw SqlExceptions.unsupported("a named cursor");
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != FETCH_FORWARD) {
      throw SqlExceptions.unsupported("a fetch direction other than FETCH_FORWARD");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return FETCH_FORWARD;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlExceptions.invalid("the fetch size must not be negative");
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }
}
