package dev.frazil.jdbc;

import dev.frazil.engine.ScrollableCursor.Chunk;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows read in any order, as they were when they were read first. {@code position} counts from 1; 0
 * is before the first row, one more than there are rows is after the last. Used by one thread at a
 * time.
 */
final class ScrollableResultSet extends JdbcResultSet {
  private final ScrollRows rows;
  private long position;
  private int fetchDirection = FETCH_FORWARD;

  ScrollableResultSet(
      @Nullable JdbcStatement statement,
      List<ResultColumn> columns,
      ScrollRows rows,
      int maxFieldSize) {
    super(statement, columns, maxFieldSize);
    this.rows = rows;
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    RowBatch current = batch;
    if (current != null && row + 1 < current.rowCount()) {
      row++;
      position++;
      return true;
    }
    return (current != null || position == 0) && moveTo(position + 1);
  }

  @Override
  public boolean previous() throws SQLException {
    checkOpen();
    if (batch != null && row > 0) {
      row--;
      position--;
      return true;
    }
    return moveTo(position - 1);
  }

  @Override
  public boolean absolute(int wanted) throws SQLException {
    checkOpen();
    return moveTo(wanted >= 0 ? wanted : rows.count() + 1 + wanted);
  }

  @Override
  public boolean relative(int offset) throws SQLException {
    checkOpen();
    return offset == 0 ? batch != null : moveTo(position + offset);
  }

  @Override
  public boolean first() throws SQLException {
    checkOpen();
    return moveTo(1);
  }

  @Override
  public boolean last() throws SQLException {
    checkOpen();
    return moveTo(rows.count());
  }

  @Override
  public void beforeFirst() throws SQLException {
    checkOpen();
    moveTo(0);
  }

  @Override
  public void afterLast() throws SQLException {
    checkOpen();
    moveTo(rows.count() + 1);
  }

  /** Stands on a row, or before or after all of them. */
  private boolean moveTo(long target) throws SQLException {
    Chunk chunk = target <= 0 ? null : rows.at(target - 1);
    if (chunk != null) {
      batch = chunk.batch();
      row = (int) (target - 1 - chunk.firstRow());
      position = target;
      return true;
    }
    checkOpen(); // closed by another thread while this one waited: not the end of the rows
    position = target <= 0 ? 0 : rows.count() + 1;
    batch = null;
    return false;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return position == 0 && rows.at(0) != null;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return standsAfterLast() && position > 1;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return position == 1 && batch != null;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    return batch != null && rows.at(position) == null;
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return batch == null ? 0 : (int) Math.min(position, Integer.MAX_VALUE);
  }

  @Override
  void closeRows() throws SQLException {
    rows.close();
  }

  @Override
  boolean standsAfterLast() {
    return position > 0 && batch == null;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return TYPE_SCROLL_INSENSITIVE;
  }

  /** A hint: rows are kept in the order in which they were read. */
  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    fetchDirection = ResultSetKind.direction(direction);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return fetchDirection;
  }
}
