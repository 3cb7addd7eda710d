package dev.frazil.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Point queries on a table of very many data files (100,000 by default; the first argument), in
 * manifests of 1,000: how long until the one file is found and read, fresh and warm, when the
 * partition tells the manifest and the file, and when only bounds tell it, so that every manifest
 * must be looked through. The files are real and tiny; they lie in memory where the machine has
 * such a place. A folder as the second argument keeps the table for the next run.
 */
public final class PlanningBenchmark {
  private static final int FILES_A_MANIFEST = 1_000;
  private static final int REPETITIONS = 101;

  private PlanningBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    if (arguments.length > 1) {
      String url = "jdbc:iceberg:" + arguments[1];
      if (!Files.exists(Path.of(arguments[1]))) {
        write(url, files / FILES_A_MANIFEST);
      }
      measure(url, files / FILES_A_MANIFEST);
      return;
    }
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "frazil-planning-")
            : Files.createTempDirectory("frazil-planning-");
    try {
      String url = "jdbc:iceberg:" + folder.resolve("db");
      write(url, files / FILES_A_MANIFEST);
      measure(url, files / FILES_A_MANIFEST);
    } finally {
      delete(folder);
    }
  }

  private static void write(String url, int manifests) throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE digits (n integer)");
      statement.execute(
          "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      statement.execute(
          "CREATE TABLE t (day integer, part integer, id bigint) PARTITIONED BY (day, part)");
      for (int day = 0; day < manifests; day++) {
        statement.executeUpdate(
            "INSERT INTO t SELECT "
                + day
                + ", a.n * 100 + b.n * 10 + c.n, CAST("
                + day
                + " AS bigint) * 1000 + a.n * 100 + b.n * 10 + c.n"
                + " FROM digits a CROSS JOIN digits b CROSS JOIN digits c");
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d data files in %d manifests written in %.0f s%n",
        manifests * FILES_A_MANIFEST,
        manifests,
        (System.nanoTime() - start) / 1e9);
  }

  private static void measure(String url, int manifests) throws SQLException {
    int day = manifests / 2;
    query(url, "by partition", "SELECT id FROM t WHERE day = " + day + " AND part = 123");
    query(url, "by bounds", "SELECT id FROM t WHERE id = " + (day * 1_000L + 123));
    query(url, "small table", "SELECT n FROM digits WHERE n = 3");
  }

  private static void query(String url, String what, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      double fresh = run(statement, sql);
      double[] warm = new double[REPETITIONS];
      for (int i = 0; i < REPETITIONS; i++) {
        warm[i] = run(statement, sql);
      }
      Arrays.sort(warm);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          Locale.ROOT,
          "%-12s fresh connection %.0f ms, warm median %.1f ms, best %.1f ms; heap in use after"
              + " collection %d MB%n",
          what,
          fresh,
          warm[REPETITIONS / 2],
          warm[0],
          (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
  }

  private static double run(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getLong(1);
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
