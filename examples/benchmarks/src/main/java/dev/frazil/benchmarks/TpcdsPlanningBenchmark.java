package dev.frazil.benchmarks;

import dev.frazil.testing.TpcdsQueries;
import dev.frazil.testing.TpcdsRows;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long the queries of TPC-DS take to plan, by EXPLAIN of texts that were never seen before: the
 * first time in a fresh JVM and, in the later half of the rounds (20; the first argument), warm,
 * wall and CPU. A folder as the second argument keeps the tables for the next run.
 */
public final class TpcdsPlanningBenchmark {
  private static final int ROUNDS = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TpcdsPlanningBenchmark() {}

  /** Milliseconds of one query: the first plan's, and the medians of the warm ones. */
  private record Planning(double firstWall, double warmWall, double warmCpu) {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("frazil-tpcds");
    boolean empty = !Files.exists(folder.resolve("db"));
    try (Connection connection =
        DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"))) {
      if (empty) {
        for (Table table : TpcdsRows.tables()) {
          load(connection, table);
        }
      }
      print(measure(connection, rounds));
    }
  }

  private static void load(Connection connection, Table table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table.getName() + " " + TpcdsRows.definition(table));
    }
    Column[] columns = table.getColumns();
    String markers = String.join(", ", Collections.nCopies(columns.length, "?"));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table.getName() + " VALUES (" + markers + ")")) {
      for (List<@Nullable String> row : TpcdsRows.of(table)) {
        for (int i = 0; i < columns.length; i++) {
          String value = row.get(i);
          insert.setObject(i + 1, value == null ? null : TpcdsRows.value(columns[i], value));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Map<String, Planning> measure(Connection connection, int rounds)
      throws IOException, SQLException {
    Map<String, double[][]> wallAndCpu = new LinkedHashMap<>();
    Map<String, String> queries = TpcdsQueries.all();
    try (Statement statement = connection.createStatement()) {
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<String, String> query : queries.entrySet()) {
          double[][] millis =
              wallAndCpu.computeIfAbsent(query.getKey(), name -> new double[2][rounds]);
          // blanks make the text another one, so that no plan of it is at hand
          String sql = "EXPLAIN " + query.getValue() + " ".repeat(round);
          long wall = System.nanoTime();
          long cpu = THREADS.getCurrentThreadCpuTime();
          try (ResultSet plan = statement.executeQuery(sql)) {
            while (plan.next()) {
              plan.getString(1);
            }
          }
          millis[0][round] = (System.nanoTime() - wall) / 1e6;
          millis[1][round] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
        }
      }
    }
    Map<String, Planning> planning = new LinkedHashMap<>();
    wallAndCpu.forEach(
        (name, millis) ->
            planning.put(
                name, new Planning(millis[0][0], warmMedian(millis[0]), warmMedian(millis[1]))));
    return planning;
  }

  private static double warmMedian(double[] millis) {
    return median(Arrays.copyOfRange(millis, millis.length / 2, millis.length));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(Map<String, Planning> planning) {
    planning.forEach(
        (name, of) ->
            System.out.printf(
                Locale.ROOT,
                "%-5s first %.0f ms, warm %.1f ms, CPU %.1f ms%n",
                name,
                of.firstWall(),
                of.warmWall(),
                of.warmCpu()));
    System.out.println(planning.size() + " queries");
    summary("first", planning, Planning::firstWall);
    summary("warm", planning, Planning::warmWall);
    summary("warm CPU", planning, Planning::warmCpu);
  }

  private static void summary(
      String what, Map<String, Planning> planning, ToDoubleFunction<Planning> millis) {
    double[] all = planning.values().stream().mapToDouble(millis).toArray();
    double median = median(all);
    double worst = all[all.length - 1];
    String worstName =
        planning.entrySet().stream()
            .filter(entry -> millis.applyAsDouble(entry.getValue()) == worst)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    System.out.printf(
        Locale.ROOT, "%s: median %.1f ms, worst %.1f ms (%s)%n", what, median, worst, worstName);
  }
}
