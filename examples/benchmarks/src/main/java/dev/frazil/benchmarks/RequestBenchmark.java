package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/**
 * Object-store requests of a point SELECT and of a single-row INSERT, counted by the S3 test
 * server, and their latency at 30 ms a request. A fresh connection here means a fresh engine:
 * nothing cached.
 */
public final class RequestBenchmark {
  private static final int LATENCY_MILLIS = 30;

  private RequestBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      S3Database database = new S3Database(server, "requests");
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE item (id bigint, name varchar)");
        statement.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
      }
      server.resetCounts();
      try (Connection connection = database.connect()) {
        select(connection);
        System.out.println("fresh point SELECT, one file: " + server.counts());
        server.resetCounts();
        select(connection);
        System.out.println("second point SELECT:          " + server.counts());
        insert(connection);
        server.resetCounts();
        insert(connection);
        System.out.println("warm single-row INSERT:       " + server.counts());
        server.latencyMillis(LATENCY_MILLIS);
        latency("point SELECT of one file, warm", () -> select(connection));
        latency("single-row INSERT, warm", () -> insert(connection));
      }
    }
  }

  private static void select(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM item WHERE id = 2")) {
      if (!rows.next() || !rows.getString(1).equals("two")) {
        throw new IllegalStateException("wrong answer");
      }
    }
  }

  private static void insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO item VALUES (4, 'four')");
    }
  }

  private static void latency(String what, Contest.Work work) throws Exception {
    double[] millis = new double[15];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s at %d ms a request: median %.0f ms%n",
        what,
        LATENCY_MILLIS,
        millis[millis.length / 2]);
  }
}
