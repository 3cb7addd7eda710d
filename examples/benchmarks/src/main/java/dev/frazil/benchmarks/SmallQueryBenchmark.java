package dev.frazil.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a small query costs once the JVM is warm: one row of 25, by repeated text, by a prepared
 * statement, and by text that was never seen before, which is planned each time.
 */
public final class SmallQueryBenchmark {
  private static final int RUNS = 3_000;

  private SmallQueryBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("frazil-small");
    try (Connection connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement statement = connection.createStatement();
        PreparedStatement prepared = prepare(connection)) {
      measure(
          "repeated text",
          i -> read(statement.executeQuery("SELECT name FROM nation WHERE id = 7")));
      measure(
          "prepared",
          i -> {
            prepared.setInt(1, i % 25);
            read(prepared.executeQuery());
          });
      measure(
          "new text",
          i ->
              read(
                  statement.executeQuery(
                      "SELECT name FROM nation WHERE id = " + i % 25 + " AND id < " + (i + 30))));
    }
  }

  private static PreparedStatement prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE nation (id integer, name varchar)");
      StringBuilder insert = new StringBuilder("INSERT INTO nation VALUES (0, 'nation 0')");
      for (int i = 1; i < 25; i++) {
        insert.append(", (").append(i).append(", 'nation ").append(i).append("')");
      }
      statement.execute(insert.toString());
    }
    return connection.prepareStatement("SELECT name FROM nation WHERE id = ?");
  }

  private static void read(ResultSet rows) throws SQLException {
    try (rows) {
      if (!rows.next()) {
        throw new IllegalStateException("no row");
      }
    }
  }

  /** One run. */
  private interface Run {
    void go(int number) throws SQLException;
  }

  private static void measure(String what, Run run) throws SQLException {
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run.go(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double[] warm = Arrays.copyOfRange(millis, RUNS / 2, RUNS);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f ms, 99 of 100 within %.2f ms%n",
        what,
        warm[warm.length / 2],
        warm[warm.length * 99 / 100]);
  }
}
