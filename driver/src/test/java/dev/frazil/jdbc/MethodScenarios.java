package dev.frazil.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls each method of JDBC on a database in a folder, and tells what happened. */
final class MethodScenarios {
  static final String WORKS = "works";

  /** What returns, but changes nothing, and why. */
  static final Map<String, String> WITHOUT_EFFECT =
      Map.ofEntries(
          Map.entry("Statement.setFetchSize", "a hint; rows are streamed in batches anyway"),
          Map.entry("ResultSet.setFetchSize", "a hint; rows are streamed in batches anyway"),
          Map.entry("Statement.setFetchDirection", "a hint; rows keep the order of the query"),
          Map.entry("ResultSet.setFetchDirection", "a hint; rows keep the order of the query"),
          Map.entry("Statement.setPoolable", "a hint; kept for isPoolable"),
          Map.entry(
              "Connection.setCatalog", "there are no catalogs, and JDBC wants it ignored then"),
          Map.entry("Connection.beginRequest", "a hint of pools; nothing is kept between requests"),
          Map.entry("Connection.endRequest", "a hint of pools; nothing is kept between requests"),
          Map.entry("DataSource.setLogWriter", "kept; what is logged goes to slf4j"),
          Map.entry(
              "DataSource.setLoginTimeout", "kept; opening a connection sends nothing to wait for"),
          Map.entry("ConnectionPoolDataSource.setLogWriter", "kept; what is logged goes to slf4j"),
          Map.entry(
              "ConnectionPoolDataSource.setLoginTimeout",
              "kept; opening a connection sends nothing to wait for"));

  /** Where null is the true answer of the scenario. */
  private static final Set<String> NULL_IS_AN_ANSWER =
      Set.of(
          "Connection.getCatalog",
          "Connection.getClientInfo",
          "Connection.getWarnings",
          "Statement.getResultSet",
          "Statement.getWarnings",
          "PreparedStatement.getMetaData",
          "ResultSet.getWarnings",
          "ResultSet.getCursorName",
          "DatabaseMetaData.getUserName",
          "DataSource.getLogWriter",
          "ConnectionPoolDataSource.getLogWriter");

  private static final String QUERY = "SELECT * FROM kinds WHERE i = 1";

  private final String url;

  MethodScenarios(Path folder) throws SQLException {
    url = "jdbc:iceberg:" + folder.resolve("db");
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE kinds (b boolean, i integer, l bigint, r real, d double, m decimal(10, 2),"
              + " da date, ti time, ts timestamp, v varchar, vb varbinary, a integer array,"
              + " s row(x integer, y varchar))");
      statement.execute(
          "INSERT INTO kinds VALUES (true, 1, 1, 1, 1, 1, DATE '2024-02-29', TIME '12:34:56',"
              + " TIMESTAMP '2024-02-29 12:34:56', 'http://localhost/', X'01', ARRAY[1], ROW(1,"
              + " 'a'))");
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /**
   * {@link #WORKS}, or what is not supported, or why there is no effect.
   *
   * @throws AssertionError where the method does anything else
   */
  String state(Class<?> type, Method method) throws Exception {
    try (Connection connection = open()) {
      Object target = target(type, method, connection);
      if (target == null) {
        return "not supported: Frazil has no " + type.getSimpleName();
      }
      Object[] arguments = MethodArguments.of(type, method, connection, url);
      Object answer;
      try {
        answer = method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof SQLFeatureNotSupportedException refusal) {
          return "not supported: " + message(refusal);
        }
        throw new AssertionError(type.getSimpleName() + ": " + method, e.getCause());
      }
      return judged(type, method, target, answer);
    }
  }

  private static String message(SQLFeatureNotSupportedException refusal) {
    return refusal.getMessage().replace(" is not supported by Frazil", "");
  }

  private static String judged(Class<?> type, Method method, Object target, @Nullable Object answer)
      throws Exception {
    String name = type.getSimpleName() + "." + method.getName();
    boolean nothing = answer == null && method.getReturnType() != void.class;
    if (nothing && !NULL_IS_AN_ANSWER.contains(name)) {
      throw new AssertionError(name + " answers null: " + method);
    }
    if (type == PreparedStatement.class && method.getName().startsWith("set")) {
      int written = ((PreparedStatement) target).executeUpdate();
      if (written != 1) {
        throw new AssertionError(method + " wrote " + written + " rows");
      }
    }
    if (answer instanceof AutoCloseable closeable && answer != target) {
      closeable.close();
    }
    return WITHOUT_EFFECT.containsKey(name) ? "no effect: " + WITHOUT_EFFECT.get(name) : WORKS;
  }

  private @Nullable Object target(Class<?> type, Method method, Connection connection)
      throws Exception {
    if (type == Connection.class) {
      if (Set.of("commit", "rollback", "setSavepoint", "releaseSavepoint")
          .contains(method.getName())) {
        connection.setAutoCommit(false);
      }
      return connection;
    } else if (type == java.sql.Driver.class) {
      return new FrazilDriver();
    } else if (type == javax.sql.DataSource.class
        || type == javax.sql.ConnectionPoolDataSource.class) {
      FrazilDataSource source = new FrazilDataSource();
      source.setUrl(url);
      return source;
    } else if (type == javax.sql.PooledConnection.class) {
      FrazilDataSource source = new FrazilDataSource();
      source.setUrl(url);
      return source.getPooledConnection();
    } else if (type == java.sql.DatabaseMetaData.class) {
      return connection.getMetaData();
    } else if (type == java.sql.Wrapper.class) {
      return connection;
    } else if (type == java.sql.Savepoint.class) {
      connection.setAutoCommit(false);
      return method.getName().equals("getSavepointName")
          ? connection.setSavepoint("here")
          : connection.setSavepoint();
    }
    Object value = value(type, connection);
    return value == null ? statement(type, method, connection) : value;
  }

  private static @Nullable Object value(Class<?> type, Connection connection) throws SQLException {
    if (type == Blob.class) {
      Blob blob = connection.createBlob();
      blob.setBytes(1, new byte[] {1, 2});
      return blob;
    } else if (type == Clob.class || type == NClob.class) {
      Clob clob = type == Clob.class ? connection.createClob() : connection.createNClob();
      clob.setString(1, "text");
      return clob;
    } else if (type == Array.class) {
      return row(connection).getArray("a");
    } else if (type == Struct.class) {
      return row(connection).getObject("s");
    }
    return null;
  }

  private static ResultSet row(Connection connection) throws SQLException {
    ResultSet rows =
        connection
            .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)
            .executeQuery(QUERY);
    if (!rows.next()) {
      throw new AssertionError("no row: " + QUERY);
    }
    return rows;
  }

  private static Object statement(Class<?> type, Method method, Connection connection)
      throws SQLException {
    if (type == ResultSet.class) {
      return row(connection);
    } else if (type == java.sql.ResultSetMetaData.class) {
      return row(connection).getMetaData();
    } else if (type == Statement.class) {
      Statement statement = connection.createStatement();
      statement.execute("SELECT 1");
      return statement;
    } else if (type == java.sql.CallableStatement.class) {
      return connection.prepareCall("{call system.rewrite_data_files(?)}");
    } else if (type == java.sql.ParameterMetaData.class) {
      return connection.prepareStatement(QUERY.replace("1", "?")).getParameterMetaData();
    }
    return prepared(method, connection);
  }

  private static PreparedStatement prepared(Method method, Connection connection)
      throws SQLException {
    if (method.getName().equals("executeQuery")) {
      return connection.prepareStatement(QUERY);
    }
    String column = MethodArguments.column(method);
    connection.setAutoCommit(false);
    PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO kinds (" + (column == null ? "i" : column) + ") VALUES (?)");
    if (!method.getName().startsWith("set")) {
      insert.setInt(1, 1);
    }
    return insert;
  }
}
