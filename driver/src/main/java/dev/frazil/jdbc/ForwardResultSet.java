package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows read forwards, one batch in memory at a time, whatever the fetch size. Used by one thread at
 * a time.
 */
final class ForwardResultSet extends JdbcResultSet {
  private RowSource source;
  private final long maxRows;
  private @Nullable RowBatch following;
  private long rowNumber;
  private boolean afterLast;
  private @Nullable ColumnBatches batches;

  /**
   * @param statement null for metadata
   * @param maxRows 0 for no limit
   */
  ForwardResultSet(
      @Nullable JdbcStatement statement,
      List<ResultColumn> columns,
      RowSource source,
      long maxRows,
      int maxFieldSize) {
    super(statement, columns, maxFieldSize);
    this.source = source;
    this.maxRows = maxRows;
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return type == ColumnBatches.class ? type.cast(batches()) : super.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return type == ColumnBatches.class || super.isWrapperFor(type);
  }

  /** Gives the rows away as columns. */
  private ColumnBatches batches() throws SQLException {
    checkOpen();
    ColumnBatches given = batches;
    if (given == null) {
      if (rowNumber > 0 || afterLast) {
        throw SqlExceptions.of(
            SqlState.OBJECT_NOT_IN_STATE,
            "rows were read by next() already; unwrap ColumnBatches before that");
      }
      given = new ResultBatches(this, source, following, maxRows);
      batches = given;
      following = null;
      source = new ResultBatches.Taken(source);
    }
    return given;
  }

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
      RowBatch fetched = following != null ? following : fetch();
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

  /** What failed once fails again: the rows that are missing must not seem to be the end. */
  private @Nullable RowBatch fetch() throws SQLException {
    try {
      RowBatch fetched = source.next();
      checkOpen(); // closed by another thread while this one waited: not the end of the rows
      return fetched;
    } catch (SQLException e) {
      source = new FailedRows(source, e);
      throw e;
    }
  }

  private record FailedRows(RowSource source, SQLException failure) implements RowSource {
    @Override
    public @Nullable RowBatch next() throws SQLException {
      throw failure;
    }

    @Override
    public void close() throws SQLException {
      source.close();
    }
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
      following = fetch();
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

  @Override
  void closeRows() throws SQLException {
    following = null;
    source.close();
  }

  @Override
  boolean standsAfterLast() {
    return afterLast;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return TYPE_FORWARD_ONLY;
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
}
