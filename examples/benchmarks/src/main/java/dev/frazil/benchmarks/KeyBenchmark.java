package dev.frazil.benchmarks;

import io.trino.tpch.TpchTable;
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
 * What it costs to keep a primary key unique: statements on a table whose key is enforced beside
 * the same ones on a table whose key is only declared, with keys that ascend, with random ones, and
 * with UUIDs of version 7.
 *
 * <p>Usage: {@code KeyBenchmark [scale factor] [folder of TpchBenchmark]}
 */
public final class KeyBenchmark {
  private static final int STATEMENTS = 15;

  private KeyBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    double scaleFactor = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("frazil-keys");
    try (Connection frazil =
            DriverManager.getConnection("jdbc:iceberg:" + folder.toAbsolutePath() + "?threads=2");
        Statement statement = frazil.createStatement()) {
      if (!hasLineItems(frazil)) {
        TpchData.load(frazil, TpchTable.LINE_ITEM, scaleFactor);
      }
      compare(statement, "ascending", "bigint", "l_orderkey * 8 + l_linenumber", "n");
      compare(
          statement,
          "random",
          "varchar",
          "md5(CAST(l_orderkey * 8 + l_linenumber AS varchar))",
          "md5(CAST(n AS varchar))");
      compare(statement, "uuidv7", "varchar", "uuidv7()", "uuidv7()");
      compare(statement, "uuidv7_as_uuid", "uuid", "uuidv7()", "uuidv7()");
    }
  }

  private static boolean hasLineItems(Connection frazil) throws SQLException {
    try (ResultSet tables = frazil.getMetaData().getTables(null, null, "lineitem", null)) {
      return tables.next();
    }
  }

  private static void compare(
      Statement statement, String name, String type, String key, String value) throws SQLException {
    String[] tables = {"enforced_" + name, "declared_" + name};
    for (String table : tables) {
      boolean enforced = table.startsWith("enforced");
      statement.execute("DROP TABLE IF EXISTS " + table);
      statement.execute(
          "CREATE TABLE "
              + table
              + " (k "
              + type
              + ", price decimal(15, 2), PRIMARY KEY (k)"
              + (enforced ? "" : " NOT ENFORCED")
              + ")");
      long start = System.nanoTime();
      long rows =
          statement.executeLargeUpdate(
              "INSERT INTO " + table + " SELECT " + key + ", l_extendedprice FROM lineitem");
      print(table, "INSERT of " + rows + " rows", (System.nanoTime() - start) / 1e6);
    }
    for (int rows : new int[] {1, 10_000}) {
      double[][] millis = new double[tables.length][STATEMENTS];
      for (int i = 0; i < STATEMENTS; i++) {
        for (int t = 0; t < tables.length; t++) {
          long first = 1_000_000_000L * rows + (long) i * rows;
          long start = System.nanoTime();
          statement.executeUpdate(
              "INSERT INTO "
                  + tables[t]
                  + " SELECT "
                  + value
                  + ", 1 FROM UNNEST(sequence("
                  + first
                  + ", "
                  + (first + rows - 1)
                  + ")) AS s (n)");
          millis[t][i] = (System.nanoTime() - start) / 1e6;
        }
      }
      for (int t = 0; t < tables.length; t++) {
        Arrays.sort(millis[t]);
        print(tables[t], "INSERT of " + rows + " rows, median", millis[t][STATEMENTS / 2]);
      }
    }
    for (String table : tables) {
      statement.execute("DROP TABLE " + table);
    }
  }

  private static void print(String table, String what, double millis) {
    System.out.printf(Locale.ROOT, "%-20s %-32s %.1f ms%n", table, what, millis);
  }
}
