package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Scans from S3 at 30 ms a request beside the same scans without latency: what is left of the
 * difference is time in which nothing but waiting was done. Over many small files, over many files
 * of several megabytes, and over one large file; the server runs in the same process. The arguments
 * name the tables to measure: small, medium, large.
 */
public final class S3ScanBenchmark {
  private static final int LATENCY_MILLIS = 30;
  private static final int REPETITIONS = 5;

  private S3ScanBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      S3Database database = new S3Database(server, "scans");
      String[] tables =
          arguments.length > 0 ? arguments : new String[] {"small", "medium", "large"};
      write(database, List.of(tables));
      for (String table : tables) {
        measure(server, database, "SELECT count(*), sum(v), max(s) FROM " + table);
        measure(server, database, "SELECT sum(v) FROM " + table + " WHERE k = 7");
      }
    }
  }

  private static void write(S3Database database, List<String> tables) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE digits (n integer)");
      statement.execute(
          "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      String columns = "(id bigint, k integer, v double, s varchar)";
      for (String table : List.of("small", "medium", "large")) {
        statement.execute("CREATE TABLE " + table + " " + columns);
      }
      String thousand = "digits a CROSS JOIN digits b CROSS JOIN digits c";
      for (int file = 0; file < 64; file++) {
        statement.executeUpdate("INSERT INTO small " + rows(file, thousand, "0", "0"));
      }
      String many = thousand + " CROSS JOIN digits d CROSS JOIN digits e";
      for (int file = 0; file < 16 && !tables.equals(List.of("small")); file++) {
        statement.executeUpdate("INSERT INTO medium " + rows(file, many, "d.n", "e.n"));
      }
      if (tables.contains("large")) {
        statement.executeUpdate("INSERT INTO large SELECT * FROM medium");
      }
    }
  }

  private static String rows(int file, String from, String fourth, String fifth) {
    String id =
        "(CAST("
            + file
            + " AS bigint) * 100000 + a.n * 10000 + b.n * 1000 + c.n * 100 + "
            + fourth
            + " * 10 + "
            + fifth
            + ")";
    return "SELECT "
        + id
        + ", CAST(mod("
        + id
        + " * 7919, CAST(1000 AS bigint)) AS integer), sqrt("
        + id
        + "), 'row ' || CAST("
        + id
        + " AS varchar) FROM "
        + from;
  }

  private static void measure(ConditionalS3Server server, S3Database database, String sql)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      server.latencyMillis(0);
      median(statement, sql); // warm
      double without = median(statement, sql);
      server.latencyMillis(LATENCY_MILLIS);
      server.resetCounts();
      double with = median(statement, sql);
      long requests = server.counts().values().stream().mapToLong(Long::longValue).sum();
      server.latencyMillis(0);
      System.out.printf(
          Locale.ROOT,
          "%-62s %3d requests; %4.0f ms without latency, %4.0f ms at %d ms a request%n",
          sql,
          requests / REPETITIONS,
          without,
          with,
          LATENCY_MILLIS);
    }
  }

  private static double median(Statement statement, String sql) throws SQLException {
    double[] millis = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[REPETITIONS / 2];
  }
}
