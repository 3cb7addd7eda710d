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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What result sets have in common, however one moves in them. Used by one thread at a time. */
abstract class JdbcResultSet extends ColumnGetters implements SelfWrapper {
  final @Nullable JdbcStatement statement;
  private final List<ResultColumn> columns;
  private final ReportedTypes types;
  private Set<String> smallColumns = Set.of();
  private final ColumnAccessor[] accessors;
  private @Nullable Map<String, Integer> positions;

  /** Holds the current row; null where there is none. */
  @Nullable RowBatch batch;

  private boolean closed;
  private int fetchSize;

  /**
   * @param statement null for metadata
   */
  JdbcResultSet(@Nullable JdbcStatement statement, List<ResultColumn> columns, int maxFieldSize) {
    super(maxFieldSize);
    this.statement = statement;
    this.columns = columns;
    this.types = statement == null ? ReportedTypes.ALL : statement.owner().types();
    this.accessors =
        columns.stream().map(c -> types.accessor(c.type())).toArray(ColumnAccessor[]::new);
  }

  /** Names the columns whose type is SMALLINT to the client, which the engine does not have. */
  JdbcResultSet withSmall(Set<String> labels) {
    smallColumns = labels;
    return this;
  }

  /** Ends the work that gives the rows. */
  abstract void closeRows() throws SQLException;

  abstract boolean standsAfterLast();

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
    if (current == null) {
      throw SqlExceptions.of(
          SqlState.OBJECT_NOT_IN_STATE,
          standsAfterLast()
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
    return new JdbcResultSetMetaData(columns, types, smallColumns);
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
    vector = null;
    try {
      closeRows();
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
