package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Commits a second of 1, 4 and 16 writers, on one table and on a table each, at 30 ms a request;
 * then counts the rows: each acknowledged commit must be there.
 */
public final class CommitBenchmark {
  private static final int LATENCY_MILLIS = 30;
  private static final long SECONDS = 15;

  private CommitBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      for (boolean sameTable : new boolean[] {true, false}) {
        for (int writers : new int[] {1, 4, 16}) {
          server.latencyMillis(0);
          S3Database database = new S3Database(server, (sameTable ? "same" : "disjoint") + writers);
          measure(server, database, writers, sameTable);
        }
      }
    }
  }

  private static void measure(
      ConditionalS3Server server, S3Database database, int writers, boolean sameTable)
      throws Exception {
    int tables = sameTable ? 1 : writers;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int table = 0; table < tables; table++) {
        statement.execute("CREATE TABLE t" + table + " (writer integer, n integer)");
      }
      server.latencyMillis(LATENCY_MILLIS);
      long deadlineNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      List<Callable<List<Double>>> work = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        work.add(() -> write(database, "t" + number % tables, number, deadlineNanos));
      }
      List<Double> latencies = new ArrayList<>();
      long start = System.nanoTime();
      long fewest = Long.MAX_VALUE;
      for (Future<List<Double>> future : threads.invokeAll(work)) {
        latencies.addAll(future.get());
        fewest = Math.min(fewest, future.get().size());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      threads.shutdown();
      server.latencyMillis(0);
      long found = 0;
      for (int table = 0; table < tables; table++) {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t" + table)) {
          rows.next();
          found += rows.getLong(1);
        }
      }
      double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%2d writers, %s: %.1f commits/s, p50 %.0f ms, p99 %.0f ms, fewest of a writer %d,"
              + " acknowledged %d, found %d, lost %d%n",
          writers,
          sameTable ? "one table" : "a table each",
          sorted.length / seconds,
          sorted[sorted.length / 2],
          sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
          fewest,
          sorted.length,
          found,
          Math.max(0, sorted.length - found));
    }
  }

  private static List<Double> write(
      S3Database database, String table, int writer, long deadlineNanos) throws SQLException {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int n = 0; System.nanoTime() < deadlineNanos; n++) {
        long start = System.nanoTime();
        statement.executeUpdate("INSERT INTO " + table + " VALUES (" + writer + ", " + n + ")");
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return millis;
  }
}
