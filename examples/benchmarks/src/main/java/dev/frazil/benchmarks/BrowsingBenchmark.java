package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Browsing a database of 2,000 tables of 20 columns, as SQL clients do: time, S3 requests and rows
 * of metadata calls at 30 ms a request, the first time and again. Arguments: tables, milliseconds a
 * request.
 */
public final class BrowsingBenchmark {
  private static final int COLUMNS = 20;
  private static final int ROUNDS = 5;

  private BrowsingBenchmark() {}

  private interface Call {
    ResultSet of(DatabaseMetaData metaData) throws SQLException;
  }

  public static void main(String[] arguments) throws Exception {
    int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    int latencyMillis = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      try (Connection connection = connect(server, 0)) {
        create(connection, tables);
      }
      // Another client of the same process, so that the JVM is warm and the caches are not.
      try (Connection connection = connect(server, 1)) {
        browse(server, connection, "JVM warming up");
      }
      server.latencyMillis(latencyMillis);
      for (int round = 1; round <= ROUNDS; round++) {
        try (Connection connection = connect(server, 1 + round)) {
          browse(server, connection, "cold " + round);
          browse(server, connection, "warm " + round);
        }
      }
    }
  }

  /** Connections of another client share nothing with those of the others. */
  private static Connection connect(ConditionalS3Server server, int client) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    properties.setProperty("requestTimeoutMillis", Integer.toString(60_000 + client));
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/browsing", properties);
  }

  private static void create(Connection connection, int tables) throws SQLException {
    StringBuilder columns = new StringBuilder("id bigint PRIMARY KEY");
    for (int i = 1; i < COLUMNS; i++) {
      columns.append(", column_").append(i).append(" varchar COMMENT 'column ").append(i);
      columns.append("'");
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables; i++) {
        statement.execute("CREATE TABLE table_" + i + " (" + columns + ") COMMENT 'a table'");
      }
    }
    connection.commit();
  }

  private static void browse(ConditionalS3Server server, Connection connection, String when)
      throws SQLException {
    measure(server, connection, when, "getSchemas", m -> m.getSchemas(null, "%"));
    measure(server, connection, when, "getTables", m -> m.getTables(null, "main", "%", null));
    measure(
        server,
        connection,
        when,
        "getColumns of one table",
        m -> m.getColumns(null, "main", "table\\_7", "%"));
    measure(
        server,
        connection,
        when,
        "getPrimaryKeys of it",
        m -> m.getPrimaryKeys(null, "main", "table_7"));
    measure(
        server,
        connection,
        when,
        "getColumns of all tables",
        m -> m.getColumns(null, "main", "%", "%"));
  }

  private static void measure(
      ConditionalS3Server server, Connection connection, String when, String what, Call call)
      throws SQLException {
    server.resetCounts();
    long start = System.nanoTime();
    long rows = 0;
    try (ResultSet result = call.of(connection.getMetaData())) {
      while (result.next()) {
        rows++;
      }
    }
    System.out.printf(
        "%-15s %-25s %8.1f ms %6d rows  %s%n",
        when, what, (System.nanoTime() - start) / 1e6, rows, server.counts());
  }
}
