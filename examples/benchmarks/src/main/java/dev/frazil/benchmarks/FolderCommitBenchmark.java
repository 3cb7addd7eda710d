package dev.frazil.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Several processes insert single rows into one table of a local folder, as fast as they can: how
 * many commits a second all of them make, and how fairly they share them. Then counts the rows.
 * Arguments: the number of processes (8), seconds (15).
 */
public final class FolderCommitBenchmark {
  private FolderCommitBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3) {
      write(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    int processes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    Path folder = Files.createTempDirectory("frazil-benchmark-");
    String url = "jdbc:iceberg:" + folder.resolve("db");
    try {
      measure(url, processes, seconds);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void measure(String url, int processes, int seconds) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (writer integer, n integer)");
      List<Process> children = new ArrayList<>();
      for (int writer = 0; writer < processes; writer++) {
        statement.execute("CREATE TABLE warm" + writer + " (writer integer, n integer)");
        children.add(start(url, writer, seconds));
      }
      for (Process child : children) {
        child.inputReader(StandardCharsets.UTF_8).readLine(); // ready
      }
      for (Process child : children) {
        child.getOutputStream().close(); // go
      }
      long acknowledged = 0;
      long failed = 0;
      long fewest = Long.MAX_VALUE;
      long most = 0;
      List<Double> waits = new ArrayList<>();
      for (Process child : children) {
        String[] words;
        try (BufferedReader reader = child.inputReader(StandardCharsets.UTF_8)) {
          words = reader.readLine().split(" ");
        }
        long own = Long.parseLong(words[0]);
        acknowledged += own;
        failed += Long.parseLong(words[1]);
        fewest = Math.min(fewest, own);
        most = Math.max(most, own);
        for (int i = 2; i < words.length; i++) {
          waits.add(Double.parseDouble(words[i]));
        }
        child.waitFor();
      }
      double[] sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
        rows.next();
        System.out.printf(
            Locale.ROOT,
            "%d processes, one table: %.1f commits/s, of a process %d to %d, p50 %.0f ms, p99"
                + " %.0f ms, longest %.0f ms; %d conflicts, acknowledged %d, found %d%n",
            processes,
            acknowledged / (double) seconds,
            fewest,
            most,
            sorted[sorted.length / 2],
            sorted[sorted.length * 99 / 100],
            sorted[sorted.length - 1],
            failed,
            acknowledged,
            rows.getLong(1));
      }
    }
  }

  private static Process start(String url, int writer, int seconds) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FolderCommitBenchmark.class.getName()));
    command.addAll(Arrays.asList(url, "" + writer, "" + seconds));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * Says that it is ready, waits, and answers with one line: commits, conflicts, and the
   * milliseconds of each statement.
   */
  private static void write(String url, int writer, int seconds) throws Exception {
    StringBuilder waits = new StringBuilder();
    long commits = 0;
    long conflicts = 0;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 5; i++) {
        statement.executeUpdate("INSERT INTO warm" + writer + " VALUES (0, 0)");
      }
      System.out.println("ready");
      System.in.read();
      long deadlineNanos = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < deadlineNanos) {
        long start = System.nanoTime();
        try {
          statement.executeUpdate("INSERT INTO t VALUES (" + writer + ", " + commits + ")");
          commits++;
        } catch (SQLTransientException e) {
          conflicts++;
        } catch (SQLException e) {
          throw new IllegalStateException("writer " + writer, e);
        }
        waits.append(' ').append((System.nanoTime() - start) / 1_000_000);
      }
    }
    System.out.println(commits + " " + conflicts + waits);
  }
}
