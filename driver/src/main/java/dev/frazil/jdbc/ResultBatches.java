package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batches of a result set that gave its rows away. Used by one thread at a time. */
final class ResultBatches implements ColumnBatches {
  private final JdbcResultSet owner;
  private final RowSource source;
  private @Nullable RowBatch first;
  private long rowsLeft;
  private @Nullable SQLException failure;

  /**
   * @param first a batch that was read already
   * @param maxRows 0 for no limit
   */
  ResultBatches(JdbcResultSet owner, RowSource source, @Nullable RowBatch first, long maxRows) {
    this.owner = owner;
    this.source = source;
    this.first = first;
    this.rowsLeft = maxRows == 0 ? Long.MAX_VALUE : maxRows;
  }

  @Override
  public @Nullable Batch next() throws SQLException {
    owner.checkOpen();
    RowBatch batch = rowsLeft == 0 ? null : following();
    if (batch == null) {
      rowsLeft = 0;
      source.close();
      return null;
    }
    int rows = (int) Math.min(rowsLeft, batch.rowCount());
    rowsLeft -= rows;
    List<Column> columns = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      columns.add(VectorColumn.of(column));
    }
    return new Batch(rows, columns);
  }

  /** What failed once fails again: the rows that are missing must not seem to be the end. */
  private @Nullable RowBatch following() throws SQLException {
    RowBatch known = first;
    first = null;
    if (known != null) {
      return known;
    }
    if (failure != null) {
      throw failure;
    }
    try {
      RowBatch batch = source.next();
      owner.checkOpen(); // closed by another thread while this one waited: not the end
      return batch;
    } catch (SQLException e) {
      failure = e;
      throw e;
    }
  }

  /** What is left to the result set: nothing to be read, all to be closed. */
  record Taken(RowSource source) implements RowSource {
    @Override
    public @Nullable RowBatch next() throws SQLException {
      throw SqlExceptions.of(
          SqlState.OBJECT_NOT_IN_STATE,
          "the rows are read as ColumnBatches; run the statement again to read them one by one");
    }

    @Override
    public void close() throws SQLException {
      source.close();
    }
  }
}
