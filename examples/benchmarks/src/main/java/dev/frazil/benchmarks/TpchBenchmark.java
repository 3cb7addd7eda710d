package dev.frazil.benchmarks;

import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * TPC-H queries by JDBC against DuckDB's driver on the very same Parquet files, interleaved, with
 * two threads each.
 *
 * <p>Usage: {@code TpchBenchmark [scale factor] [folder] [rounds]}. The folder keeps the data for
 * the next run.
 */
public final class TpchBenchmark {
  private static final List<TpchTable<?>> TABLES =
      List.of(TpchTable.LINE_ITEM, TpchTable.ORDERS, TpchTable.CUSTOMER, TpchTable.PART);

  private TpchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    double scaleFactor = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("frazil-tpch");
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
    String url = "jdbc:iceberg:" + folder.toAbsolutePath() + "?threads=2";
    try (Connection frazil = DriverManager.getConnection(url);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      load(frazil, folder, scaleFactor);
      prepare(duckdb, folder);
      Contest contest = new Contest(3, rounds);
      double logarithms = 0;
      for (Map.Entry<String, String> query : TpchQueries.all().entrySet()) {
        requireSameAnswer(
            query.getKey(), rows(frazil, query.getValue()), rows(duckdb, query.getValue()));
        List<Double> medians =
            contest.run(
                "TPC-H SF" + scaleFactor + " " + query.getKey(),
                List.of(
                    new Contest.Contestant("Frazil", () -> rows(frazil, query.getValue())),
                    new Contest.Contestant("DuckDB", () -> rows(duckdb, query.getValue()))));
        logarithms += Math.log(medians.get(0) / medians.get(1));
      }
      System.out.printf(
          Locale.ROOT,
          "geometric mean of the ratios %.2f%n",
          Math.exp(logarithms / TpchQueries.all().size()));
    }
  }

  private static void load(Connection frazil, Path folder, double scaleFactor) throws SQLException {
    if (Files.exists(folder.resolve("main"))) {
      return;
    }
    for (TpchTable<?> table : TABLES) {
      long start = System.nanoTime();
      long rows = TpchData.load(frazil, table, scaleFactor);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "loaded %s: %d rows by JDBC batches in %.1f s, %.0f rows/s%n",
          table.getTableName(),
          rows,
          seconds,
          rows / seconds);
    }
  }

  private static void prepare(Connection duckdb, Path folder) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("SET threads = 2");
      for (TpchTable<?> table : TABLES) {
        statement.execute(
            "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/main/%s*/data/**/*.parquet')"
                .formatted(table.getTableName(), folder.toAbsolutePath(), table.getTableName()));
      }
    }
  }

  private static List<List<Object>> rows(Connection connection, String query) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(canonical(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Numbers to four digits, since one engine's quotient of decimals is the other's double. */
  private static Object canonical(Object value) {
    if (value instanceof Number number) {
      return new BigDecimal(number.toString()).setScale(4, RoundingMode.HALF_UP);
    }
    return String.valueOf(value);
  }

  private static void requireSameAnswer(
      String query, List<List<Object>> ours, List<List<Object>> theirs) {
    if (!ours.equals(theirs)) {
      throw new IllegalStateException(query + " differs\nours:   " + ours + "\ntheirs: " + theirs);
    }
  }
}
