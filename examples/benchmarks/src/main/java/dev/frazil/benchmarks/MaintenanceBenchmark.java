package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
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
import org.jspecify.annotations.Nullable;

/**
 * Commits of one row each to a table that is maintained by them, and to one that is not: {@code
 * MaintenanceBenchmark COMMITS FOLDER} on a folder, {@code MaintenanceBenchmark COMMITS s3
 * [MILLIS]} on the S3 test server with a latency, its requests counted. What the commits take, what
 * they leave, and how long the table takes to be read then, by new engines on S3.
 */
public final class MaintenanceBenchmark {
  private static final int READS = 5;

  private MaintenanceBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int commits = Integer.parseInt(arguments[0]);
    for (boolean isMaintained : new boolean[] {false, true}) {
      if (arguments[1].equals("s3")) {
        try (ConditionalS3Server server = ConditionalS3Server.start()) {
          int latencyMillis = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
          server.latencyMillis(latencyMillis);
          S3Database database = new S3Database(server, "maintenance");
          run("S3, " + latencyMillis + " ms", commits, isMaintained, database::connect, server);
        }
      } else {
        Path folder = Files.createTempDirectory(Path.of(arguments[1]), "maintenance-");
        run(
            "folder",
            commits,
            isMaintained,
            () -> DriverManager.getConnection("jdbc:iceberg:" + folder),
            null);
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private interface Connections {
    Connection open() throws SQLException;
  }

  private static void run(
      String where,
      int commits,
      boolean isMaintained,
      Connections connections,
      @Nullable ConditionalS3Server server)
      throws SQLException {
    String what = where + (isMaintained ? ", maintained: " : ", left alone: ");
    try (Connection connection = connections.open();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "CREATE TABLE item (id bigint, name varchar) WITH (\"write.frazil.auto-maintain\" = '"
              + isMaintained
              + "')");
      sql.execute("INSERT INTO item VALUES (-1, 'warm')");
      if (server != null) {
        server.resetCounts();
      }
      double[] millis = new double[commits];
      long begun = System.nanoTime();
      for (int i = 0; i < commits; i++) {
        long start = System.nanoTime();
        sql.executeUpdate("INSERT INTO item VALUES (" + i + ", 'name " + i + "')");
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double lastTenth = Arrays.stream(millis).skip(commits - commits / 10).average().orElse(0);
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "%s%d commits in %.1f s, median %.1f ms, p99 %.1f, longest %.0f; mean of the last tenth"
              + " %.1f ms%s%n",
          what,
          commits,
          seconds,
          millis[commits / 2],
          millis[commits * 99 / 100],
          millis[commits - 1],
          lastTenth,
          server == null ? "" : "; requests " + server.counts());
      System.out.printf(
          Locale.ROOT,
          "%s%s data files, %s manifests, %s snapshots%n",
          what,
          one(sql, "SELECT count(*) FROM \"item$files\" WHERE content = 0"),
          one(sql, "SELECT count(*) FROM \"item$manifests\""),
          one(sql, "SELECT count(*) FROM \"item$snapshots\""));
    }
    read(what, "point read", connections, server, "SELECT count(*) FROM item WHERE id = 7", 1);
    read(
        what,
        "full scan",
        connections,
        server,
        "SELECT sum(id) - sum(id) + count(name) FROM item",
        commits + 1L);
  }

  /** On S3 by a new engine each time, as a connection is there that others do not share. */
  private static void read(
      String what,
      String name,
      Connections connections,
      @Nullable ConditionalS3Server server,
      String query,
      long expected)
      throws SQLException {
    double[] millis = new double[READS];
    if (server != null) {
      server.resetCounts();
    }
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      try (Connection connection = connections.open();
          Statement sql = connection.createStatement()) {
        if (!one(sql, query).equals(Long.toString(expected))) {
          throw new IllegalStateException("a wrong answer from " + query);
        }
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s%s: median %.1f ms%s%n",
        what,
        name,
        millis[READS / 2],
        server == null ? "" : "; requests of " + READS + ": " + server.counts());
  }

  private static String one(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
