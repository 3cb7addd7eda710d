package dev.frazil.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Time from {@code main} to the first row in a fresh JVM without flags: connect, one filter over a
 * table of 25 rows. DuckDB's driver does the same over the same file, in turn. Also counts the
 * classes loaded.
 */
public final class ColdStartBenchmark {
  private static final int RUNS = 7;

  private ColdStartBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3) {
      firstRow(arguments[0], arguments[1], Long.parseLong(arguments[2]));
      return;
    }
    Path folder = Files.createTempDirectory("frazil-cold");
    String url = "jdbc:iceberg:" + folder;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE nation (id integer, name varchar)");
      StringBuilder insert = new StringBuilder("INSERT INTO nation VALUES (0, 'nation 0')");
      for (int i = 1; i < 25; i++) {
        insert.append(", (").append(i).append(", 'nation ").append(i).append("')");
      }
      statement.execute(insert.toString());
    }
    String query = "SELECT name FROM nation WHERE id = 7";
    String theirQuery =
        "SELECT name FROM read_parquet('" + folder + "/main/nation*/data/*.parquet') WHERE id = 7";
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int run = -1; run < RUNS; run++) {
      double our = child(List.of(), url, query);
      double their = child(List.of(), "jdbc:duckdb:", theirQuery);
      if (run >= 0) {
        ours.add(our);
        theirs.add(their);
      }
    }
    Path log = folder.resolve("classes.log");
    child(List.of("-Xlog:class+load:file=" + log), url, query);
    long classes;
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      classes = lines.filter(line -> line.contains("source:")).count();
    }
    System.out.printf(
        Locale.ROOT,
        "first row in a fresh JVM, from main: Frazil %s, DuckDB %s; classes loaded by Frazil's JVM: %d%n",
        summary(ours),
        summary(theirs),
        classes);
  }

  private static void firstRow(String url, String query, long ignored) throws Exception {
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next() || !rows.getString(1).equals("nation 7")) {
        throw new IllegalStateException("wrong answer");
      }
      System.out.println((System.nanoTime() - start) / 1e6);
    }
  }

  private static double child(List<String> flags, String url, String query)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ColdStartBenchmark.class.getName()));
    command.addAll(List.of(url, query, "0"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the child failed: " + output);
    }
    return Double.parseDouble(output.trim());
  }

  private static String summary(List<Double> milliseconds) {
    double[] sorted = milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.0f ms (%.0f to %.0f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
