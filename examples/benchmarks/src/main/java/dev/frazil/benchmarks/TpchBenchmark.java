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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * TPC-H queries by JDBC against DuckDB's driver on the very same Parquet files, interleaved, with
 * two threads each.
 *
 * <p>Usage: {@code TpchBenchmark [scale factor] [folder] [rounds] [--queries=Q1,Q6]}. The folder
 * keeps the data for the next run; {@code hadoop:/folder} is a warehouse that Spark wrote, with the
 * eight tables in the namespace {@code main}. Every query runs once before the rounds to compare
 * the answers; these first runs, in the order of the queries, are reported as well, and are all
 * there is for 0 rounds.
 */
public final class TpchBenchmark {
  private static final List<TpchTable<?>> TABLES = TpchTable.getTables();
  private static final String SELECTION = "--queries=";
  private static final String HADOOP = "hadoop:";
  private static final int WARM_UP_ROUNDS = 3;

  private TpchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    List<String> places =
        Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).toList();
    double scaleFactor = places.size() > 0 ? Double.parseDouble(places.get(0)) : 1;
    String place =
        places.size() > 1 ? places.get(1) : Files.createTempDirectory("frazil-tpch").toString();
    boolean isOfSpark = place.startsWith(HADOOP);
    Path folder = Path.of(isOfSpark ? place.substring(HADOOP.length()) : place).toAbsolutePath();
    int rounds = places.size() > 2 ? Integer.parseInt(places.get(2)) : 7;
    Map<String, String> queries = TpchQueries.named(selected(arguments));
    String url = "jdbc:iceberg:" + (isOfSpark ? HADOOP : "") + folder + "?threads=2";
    try (Connection frazil = DriverManager.getConnection(url);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      if (!isOfSpark) {
        load(frazil, scaleFactor);
      }
      prepare(duckdb, folder + "/main/%s" + (isOfSpark ? "" : "-*") + "/data/**/*.parquet");
      run(frazil, duckdb, queries, rounds);
    }
  }

  private static List<String> selected(String[] arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(SELECTION))
        .flatMap(argument -> Arrays.stream(argument.substring(SELECTION.length()).split(",")))
        .toList();
  }

  private static void run(
      Connection frazil, Connection duckdb, Map<String, String> queries, int rounds)
      throws Exception {
    Ratios first = new Ratios("first run, wall");
    Ratios wall = new Ratios("warm, wall");
    Ratios cpu = new Ratios("warm, CPU");
    for (Map.Entry<String, String> query : queries.entrySet()) {
      long start = System.nanoTime();
      List<List<Object>> ours = rows(frazil, query.getValue());
      long between = System.nanoTime();
      List<List<Object>> theirs = rows(duckdb, query.getValue());
      double oursNanos = (double) (between - start);
      double theirsNanos = (double) (System.nanoTime() - between);
      first.add(query.getKey(), oursNanos, theirsNanos);
      requireSameAnswer(query.getKey(), ours, theirs);
    }
    System.out.println(first);
    if (rounds == 0) {
      return;
    }
    Contest contest = new Contest(WARM_UP_ROUNDS, rounds);
    for (Map.Entry<String, String> query : queries.entrySet()) {
      List<Contest.Times> times =
          contest.run(
              query.getKey(),
              List.of(
                  new Contest.Contestant("Frazil", () -> rows(frazil, query.getValue())),
                  new Contest.Contestant("DuckDB", () -> rows(duckdb, query.getValue()))));
      wall.add(query.getKey(), times.get(0).wallMillis(), times.get(1).wallMillis());
      cpu.add(query.getKey(), times.get(0).cpuMillis(), times.get(1).cpuMillis());
    }
    for (Ratios ratios : List.of(wall, cpu)) {
      System.out.println(ratios);
    }
  }

  /** Ratios of one measure over the queries. */
  private static final class Ratios {
    private final String measure;
    private final Map<String, Double> byQuery = new LinkedHashMap<>();

    Ratios(String measure) {
      this.measure = measure;
    }

    void add(String query, double ours, double theirs) {
      byQuery.put(query, ours / theirs);
    }

    @Override
    public String toString() {
      double logarithms = byQuery.values().stream().mapToDouble(Math::log).sum();
      Map.Entry<String, Double> worst =
          Collections.max(byQuery.entrySet(), Map.Entry.comparingByValue());
      return String.format(
          Locale.ROOT,
          "%s: geometric mean of the ratios %.2f, worst %s %.2f; %s",
          measure,
          Math.exp(logarithms / byQuery.size()),
          worst.getKey(),
          worst.getValue(),
          byQuery.entrySet().stream()
              .map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), each.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }

  private static void load(Connection frazil, double scaleFactor) throws SQLException {
    Set<String> known = new HashSet<>();
    try (ResultSet tables = frazil.getMetaData().getTables(null, null, "%", null)) {
      while (tables.next()) {
        known.add(tables.getString("TABLE_NAME"));
      }
    }
    for (TpchTable<?> table : TABLES) {
      if (known.contains(table.getTableName())) {
        continue;
      }
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

  /**
   * @param files where the files of a table lie, with {@code %s} for its name
   */
  private static void prepare(Connection duckdb, String files) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("SET threads = 2");
      for (TpchTable<?> table : TABLES) {
        statement.execute(
            "CREATE VIEW %s AS SELECT * FROM read_parquet('%s')"
                .formatted(table.getTableName(), files.formatted(table.getTableName())));
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
