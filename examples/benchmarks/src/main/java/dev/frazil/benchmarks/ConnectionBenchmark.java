package dev.frazil.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a connection costs once the JVM is warm: open it, read one row of 25 by its key, close it.
 * While another one is open, as in a pool, and while none is, as when a pool throws its last one
 * away; DuckDB on a file of the same rows beside it.
 */
public final class ConnectionBenchmark {
  private static final int RUNS = 1_000;
  private static final String QUERY = "SELECT name FROM nation WHERE id = 7";

  private ConnectionBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("frazil-connection");
    String frazil = "jdbc:iceberg:" + folder.resolve("warehouse");
    String duckdb = "jdbc:duckdb:" + folder.resolve("nation.duckdb");
    for (String url : new String[] {frazil, duckdb}) {
      String engine = url.equals(frazil) ? "Frazil" : "DuckDB";
      fill(url);
      try (Connection held = DriverManager.getConnection(url)) {
        read(held);
        measure(engine + ", a second connection", url);
      }
      measure(engine + ", the only connection", url);
    }
  }

  private static void fill(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE nation (id integer, name varchar)");
      StringBuilder insert = new StringBuilder("INSERT INTO nation VALUES (0, 'nation 0')");
      for (int i = 1; i < 25; i++) {
        insert.append(", (").append(i).append(", 'nation ").append(i).append("')");
      }
      statement.execute(insert.toString());
    }
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      if (!rows.next() || !rows.getString(1).equals("nation 7")) {
        throw new IllegalStateException("not the row");
      }
    }
  }

  private static void measure(String what, String url) throws SQLException {
    double[] millis = new double[RUNS];
    double[] open = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      try (Connection connection = DriverManager.getConnection(url)) {
        open[i] = (System.nanoTime() - start) / 1e6;
        read(connection);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: open %.2f ms, open and first row %.2f ms, 99 of 100 within %.2f ms; the first in this"
            + " JVM %.1f ms%n",
        what,
        warm(open, 50),
        warm(millis, 50),
        warm(millis, 99),
        millis[0]);
  }

  private static double warm(double[] millis, int percent) {
    double[] sorted = Arrays.copyOfRange(millis, RUNS / 2, RUNS);
    Arrays.sort(sorted);
    return sorted[sorted.length * percent / 100];
  }
}
