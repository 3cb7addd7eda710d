package dev.frazil.benchmarks;

import dev.frazil.jdbc.ColumnBatches;
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
 * Reading all rows of a table through JDBC: a bigint and a double by getters, and as arrays by
 * {@link ColumnBatches}. Ten million rows, the sums compared.
 */
public final class ColumnBatchBenchmark {
  private static final String DIGITS = "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)";
  private static final int ROWS = 10_000_000;
  private static final int ROUNDS = 9;

  private ColumnBatchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("frazil-columns");
    try (Connection connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT CAST(a.n AS bigint) + 10 * b.n + 100 * c.n + 1000 * d.n"
              + " + 10000 * e.n + 100000 * f.n + 1000000 * g.n AS l, a.n / 4.0e0 AS d FROM "
              + String.join(" AS %s (n), ", DIGITS, DIGITS, DIGITS, DIGITS, DIGITS, DIGITS, DIGITS)
                  .formatted("a", "b", "c", "d", "e", "f")
              + " AS g (n)");
      double[] getters = new double[ROUNDS];
      double[] columns = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        getters[i] = seconds(() -> byGetters(statement));
        columns[i] = seconds(() -> byColumns(statement));
      }
      report("getLong and getDouble", getters);
      report("ColumnBatches", columns);
    }
  }

  private static double byGetters(Statement statement) throws SQLException {
    long longs = 0;
    double doubles = 0;
    try (ResultSet rows = statement.executeQuery("SELECT l, d FROM t")) {
      while (rows.next()) {
        longs += rows.getLong(1);
        doubles += rows.getDouble(2);
      }
    }
    return longs + doubles;
  }

  private static double byColumns(Statement statement) throws SQLException {
    long longs = 0;
    double doubles = 0;
    try (ResultSet rows = statement.executeQuery("SELECT l, d FROM t")) {
      ColumnBatches batches = rows.unwrap(ColumnBatches.class);
      for (ColumnBatches.Batch batch = batches.next(); batch != null; batch = batches.next()) {
        long[] l = batch.column(1).longs();
        double[] d = batch.column(2).doubles();
        for (int i = 0; i < batch.rowCount(); i++) {
          longs += l[i];
          doubles += d[i];
        }
      }
    }
    return longs + doubles;
  }

  /** One way to sum. */
  private interface Sum {
    double of() throws SQLException;
  }

  private static double seconds(Sum sum) throws SQLException {
    long start = System.nanoTime();
    double found = sum.of();
    double wanted = ROWS / 2.0 * (ROWS - 1) + ROWS / 10 * 45 / 4.0;
    if (found != wanted) {
      throw new IllegalStateException(found + " in place of " + wanted);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void report(String what, double[] seconds) {
    double[] warm = Arrays.copyOfRange(seconds, 2, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f s, %.0f million rows/s%n",
        what,
        warm[warm.length / 2],
        ROWS / 1e6 / warm[warm.length / 2]);
  }
}
