package dev.frazil.jdbc;

import dev.frazil.engine.ExpectedResult;
import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement with markers. A batch is one unit: one commit in autocommit, or none. */
class JdbcPreparedStatement extends ParameterSetters {
  private final PreparedQuery query;
  private final @Nullable PreparedQuery keyed;
  private final ParameterBinder binder;
  private final List<ParameterValues> batch = new ArrayList<>();

  /**
   * @param keyed the same, returning the columns that are kept as generated keys; null for none
   */
  JdbcPreparedStatement(
      JdbcConnection connection,
      PreparedQuery query,
      @Nullable PreparedQuery keyed,
      ResultSetKind kind)
      throws SQLException {
    super(connection, kind);
    this.query = query;
    this.keyed = keyed;
    this.binder = new ParameterBinder(connection.ask(query::parameters));
  }

  @Override
  ParameterBinder binder() throws SQLException {
    checkOpen();
    return binder;
  }

  @Override
  public boolean execute() throws SQLException {
    checkOpen();
    ParameterValues values = binder.values();
    return keyed != null
        ? runForKeys(keyed, values, begin())
        : run(query, values, ExpectedResult.ANY, begin());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    checkOpen();
    ParameterValues values = binder.values();
    return query(query, values, begin());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    checkOpen();
    ParameterValues values = binder.values();
    return keyed != null ? updateForKeys(keyed, values, begin()) : update(query, values, begin());
  }

  @Override
  public int executeUpdate() throws SQLException {
    return narrowed(executeLargeUpdate());
  }

  @Override
  public void clearParameters() throws SQLException {
    binder().clear();
  }

  @Override
  public void addBatch() throws SQLException {
    batch.add(binder().values());
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  /**
   * All or nothing: when it fails, no row of the batch is there. Generated keys are those of all
   * sets, in their order.
   */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    if (keyed == null && owner().ask(query::givesRows)) {
      throw SqlExceptions.of(
          SqlState.INVALID_STATEMENT, "a statement that gives rows cannot run as a batch");
    }
    List<ParameterValues> rows = List.copyOf(batch);
    batch.clear();
    if (rows.isEmpty()) {
      return new long[0];
    }
    Execution execution = begin();
    try {
      return keyed == null
          ? execution.work(named(() -> query.executeBatch(rows, execution.token())))
          : batchForKeys(keyed, rows, execution);
    } catch (SQLException e) {
      long[] counts = new long[rows.size()];
      Arrays.fill(counts, EXECUTE_FAILED);
      throw batchFailure(e, counts);
    }
  }

  /** Also before the first execution; null for a statement without rows. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    List<ResultColumn> columns = owner().ask(query::columns);
    return columns.isEmpty() ? null : new JdbcResultSetMetaData(columns, owner().types(), Set.of());
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new JdbcParameterMetaData(owner().ask(query::parameters), owner().types());
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw prepared();
  }

  @Override
  @Nullable List<String> keyNames(String sql, int @Nullable [] positions) throws SQLException {
    throw prepared();
  }

  @Override
  boolean executeForKeys(String sql, List<String> columns) throws SQLException {
    throw prepared();
  }

  @Override
  long updateForKeys(String sql, List<String> columns) throws SQLException {
    throw prepared();
  }

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    throw prepared();
  }

  private SQLException prepared() throws SQLException {
    checkOpen();
    return SqlExceptions.of(
        SqlState.OBJECT_NOT_IN_STATE,
        "a prepared statement has its SQL already; call the method without SQL");
  }

  @Override
  public String toString() {
    return query.sql();
  }
}
