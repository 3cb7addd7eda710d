package dev.frazil.jdbc;

import dev.frazil.engine.BatchResult;
import dev.frazil.engine.ExpectedResult;
import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.StatementResult;
import dev.frazil.error.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement: one result at a time. {@link #cancel} may be called from any thread. */
class JdbcStatement extends StatementSettings {
  private final JdbcConnection connection;
  private final List<String> batch = new ArrayList<>();
  private volatile @Nullable Execution running;
  private final OpenRows open;
  private final StatementResults results;
  private volatile boolean closed;

  JdbcStatement(JdbcConnection connection, ResultSetKind kind) {
    super(connection.defaultTimeoutSeconds(), kind);
    this.connection = connection;
    this.open = new OpenRows(connection.resources());
    this.results = new StatementResults(this, open);
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
  @Nullable List<String> keyNames(String sql, int @Nullable [] positions) throws SQLException {
    checkOpen();
    return connection.keyNamesOf(text(sql), positions);
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
    results.clear();
    Execution execution = new Execution(connection.lock(), getQueryTimeout());
    running = execution;
    started(execution);
    return execution;
  }

  final boolean run(
      PreparedQuery query, ParameterValues parameters, ExpectedResult expected, Execution execution)
      throws SQLException {
    return take(
        execution.work(
            named(
                () ->
                    StartedCursor.start(
                        query.execute(parameters, expected, execution.token()),
                        execution.token()))),
        execution);
  }

  /** Runs a statement; the rows that it returns of those that it changes become generated keys. */
  final boolean runForKeys(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    StatementResult given =
        execution.work(
            named(() -> query.execute(parameters, ExpectedResult.ANY, execution.token())));
    if (given instanceof StatementResult.Rows rows && rows.changedRows() >= 0) {
      results.keys(rows.cursor(), execution);
      results.count(rows.changedRows());
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
    return Math.max(results.updateCount(), 0);
  }

  /** Runs a batch; the rows that it returns of those that it changes become generated keys. */
  final long[] batchForKeys(PreparedQuery query, List<ParameterValues> sets, Execution execution)
      throws SQLException {
    BatchResult given =
        execution.work(named(() -> query.executeReturningBatch(sets, execution.token())));
    if (given.returned() != null) {
      results.keys(given.returned(), execution);
    }
    running = null;
    return given.counts();
  }

  private boolean take(StatementResult given, Execution execution) throws SQLException {
    if (given instanceof StatementResult.Rows rows) {
      results.rows(rows.cursor(), execution);
      return true;
    }
    results.count(((StatementResult.UpdateCount) given).rows());
    running = null;
    return false;
  }

  final ResultSet query(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    run(query, parameters, ExpectedResult.ROWS, execution);
    JdbcResultSet set = results.current();
    if (set == null) {
      throw SqlExceptions.of(SqlState.INTERNAL_ERROR, "a query gave no rows");
    }
    return set;
  }

  final long update(PreparedQuery query, ParameterValues parameters, Execution execution)
      throws SQLException {
    run(query, parameters, ExpectedResult.UPDATE_COUNT, execution);
    return Math.max(results.updateCount(), 0);
  }

  // ---- results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return results.current();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return results.updateCount();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    JdbcResultSet keys = results.generatedKeys();
    return keys == null ? super.getGeneratedKeys() : keys;
  }

  /** There is one result only; the argument says what becomes of it. */
  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    results.leave(current);
    return false;
  }

  void resultExhausted(JdbcResultSet set) {
    if (results.current() == set) {
      running = null;
    }
  }

  void resultClosed(JdbcResultSet set) throws SQLException {
    if (results.current() == set) {
      running = null;
    }
    if (closesOnCompletion() && results.has(set) && results.allClosed()) {
      close();
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
    connection.checkOpen();
    if (closed) {
      throw SqlExceptions.closed("statement");
    }
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
    running = null;
    try {
      results.clear();
    } finally {
      open.end();
    }
  }
}
