package dev.frazil.jdbc;

import dev.frazil.engine.BatchResult;
import dev.frazil.engine.ExpectedResult;
import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.StatementResult;
import dev.frazil.error.SqlState;
import dev.frazil.vector.RowBatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement: one result at a time. {@link #cancel} may be called from any thread. */
class JdbcStatement extends StatementSettings {
  private final JdbcConnection connection;
  private final List<String> batch = new ArrayList<>();
  private volatile @Nullable Execution running;
  private @Nullable JdbcResultSet result;
  private @Nullable JdbcResultSet generatedKeys;
  private long updateCount = -1;
  private volatile boolean closed;

  JdbcStatement(JdbcConnection connection, @Nullable SQLWarning warning) {
    super(connection.defaultTimeoutSeconds(), warning);
    this.connection = connection;
  }

  // ---- running

  @Override
  public boolean execute(String sql) throws SQLException {
    Execution execution = begin();
    return run(prepare(sql, execution), ParameterValues.none(), ExpectedResult.ANY, execution);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    Execution execution = begin();
    return query(prepare(sql, execution), ParameterValues.none(), execution);
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    Execution execution = begin();
    return update(prepare(sql, execution), ParameterValues.none(), execution);
  }

  @Override
  boolean executeForKeys(String sql, List<String> columns) throws SQLException {
    Execution execution = begin();
    return runForKeys(prepare(sql, columns, execution), ParameterValues.none(), execution);
  }

  @Override
  long updateForKeys(String sql, List<String> columns) throws SQLException {
    Execution execution = begin();
    return updateForKeys(prepare(sql, columns, execution), ParameterValues.none(), execution);
  }

  private PreparedQuery prepare(String sql, List<String> keys, Execution execution)
      throws SQLException {
    return connection.prepare(text(sql), keys, execution);
  }

  private PreparedQuery prepare(String sql, Execution execution) throws SQLException {
    return connection.prepare(text(sql), execution);
  }

  private String text(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw SqlExceptions.invalid("the statement is null");
    }
    return escapeProcessing() ? EscapeSyntax.translate(sql) : sql;
  }

  /** Closes the result of the run before, and starts the clock of this one. */
  final Execution begin() throws SQLException {
    checkOpen();
    clearWarnings();
    JdbcResultSet previous = result;
    result = null;
    updateCount = -1;
    if (previous != null) {
      previous.close();
    }
    closeGeneratedKeys();
    Execution execution = new Execution(connection.lock(), getQueryTimeout());
    running = execution;
    return execution;
  }

  final boolean run(
      PreparedQuery query, ParameterValues parameters, ExpectedResult expected, Execution execution)
      throws SQLException {
    return take(
        execution.work(named(() -> query.execute(parameters, expected, execution.token()))),
        execution);
  }

  /** Runs a statement; the rows that it returns of those that it changes become generated keys. */
  final boolean runForKeys(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    StatementResult given =
        execution.work(
            named(() -> query.execute(parameters, ExpectedResult.ANY, execution.token())));
    if (given instanceof StatementResult.Rows rows && rows.changedRows() >= 0) {
      generatedKeys = resultSet(rows.cursor(), 0, execution);
      updateCount = rows.changedRows();
      running = null;
      return false;
    }
    return take(given, execution);
  }

  final long updateForKeys(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    if (runForKeys(query, parameters, execution)) {
      getMoreResults(CLOSE_CURRENT_RESULT);
      throw SqlExceptions.of(
          SqlState.INVALID_STATEMENT,
          "the statement gives rows; call executeQuery or execute instead of executeUpdate");
    }
    return Math.max(updateCount, 0);
  }

  /** Runs a batch; the rows that it returns of those that it changes become generated keys. */
  final long[] batchForKeys(PreparedQuery query, List<ParameterValues> sets, Execution execution)
      throws SQLException {
    BatchResult given =
        execution.work(named(() -> query.executeReturningBatch(sets, execution.token())));
    if (given.returned() != null) {
      generatedKeys = resultSet(given.returned(), 0, execution);
    }
    running = null;
    return given.counts();
  }

  private JdbcResultSet resultSet(ResultCursor cursor, long maxRows, Execution execution)
      throws SQLException {
    JdbcResultSet set =
        new JdbcResultSet(
            this, cursor.columns(), new CursorRows(cursor, execution), maxRows, getMaxFieldSize());
    set.setFetchSize(getFetchSize());
    return set;
  }

  private boolean take(StatementResult given, Execution execution) throws SQLException {
    if (given instanceof StatementResult.Rows rows) {
      result = resultSet(rows.cursor(), getLargeMaxRows(), execution);
      return true;
    }
    updateCount = ((StatementResult.UpdateCount) given).rows();
    running = null;
    return false;
  }

  final ResultSet query(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    run(query, parameters, ExpectedResult.ROWS, execution);
    JdbcResultSet set = result;
    if (set == null) {
      throw SqlExceptions.of(SqlState.INTERNAL_ERROR, "a query gave no rows");
    }
    return set;
  }

  final long update(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    run(query, parameters, ExpectedResult.UPDATE_COUNT, execution);
    return Math.max(updateCount, 0);
  }

  /** The rows of a cursor, pulled under the connection's lock and the statement's timeout. */
  private record CursorRows(ResultCursor cursor, Execution execution) implements RowSource {
    @Override
    public @Nullable RowBatch next() throws SQLException {
      return execution.<@Nullable RowBatch>work(cursor::next);
    }

    @Override
    public void close() throws SQLException {
      execution.work(
          () -> {
            cursor.close();
            return true;
          });
    }
  }

  // ---- results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return result;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return updateCount;
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    JdbcResultSet keys = generatedKeys;
    return keys == null ? super.getGeneratedKeys() : keys;
  }

  private void closeGeneratedKeys() throws SQLException {
    JdbcResultSet keys = generatedKeys;
    generatedKeys = null;
    if (keys != null) {
      keys.close();
    }
  }

  /** There is one result only. */
  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    JdbcResultSet set = result;
    result = null;
    updateCount = -1;
    if (set != null && current != KEEP_CURRENT_RESULT) {
      set.close();
    }
    return false;
  }

  void resultExhausted(JdbcResultSet set) {
    if (result == set) {
      running = null;
    }
  }

  void resultClosed(JdbcResultSet set) throws SQLException {
    if (result == set) {
      running = null;
      if (isCloseOnCompletion()) {
        close();
      }
    }
  }

  // ---- batches

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.invalid("the statement is null");
    }
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  /**
   * Runs the statements in order. Each commits by itself in autocommit; the first that fails ends
   * the batch, and the exception holds the counts of those before it.
   */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<String> statements = List.copyOf(batch);
    batch.clear();
    if (hasIdempotencyToken()) {
      throw SqlExceptions.unsupported("a batch of several commits under one idempotency token");
    }
    long[] counts = new long[statements.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = executeLargeUpdate(statements.get(i));
      } catch (SQLException e) {
        throw batchFailure(e, Arrays.copyOf(counts, i));
      }
    }
    return counts;
  }

  // ---- state

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    cancelRunning();
  }

  void cancelRunning() {
    Execution execution = running;
    if (execution != null) {
      execution.cancel();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection;
  }

  @Override
  final JdbcConnection owner() {
    return connection;
  }

  @Override
  final void checkOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("statement");
    }
    connection.checkOpen();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    connection.forget(this);
    JdbcResultSet set = result;
    result = null;
    running = null;
    if (set != null) {
      set.close();
    }
    closeGeneratedKeys();
  }
}
