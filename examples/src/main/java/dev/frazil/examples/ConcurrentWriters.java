package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two writers move money between the same accounts at once. Each transfer is a transaction over two
 * tables; one that loses a conflict (SQLState 40001) is rolled back and run again. The sum never
 * changes.
 *
 * <p>Usage: {@code ConcurrentWriters jdbc:iceberg:/folder}
 */
public final class ConcurrentWriters {
  private static final int TRANSFERS_A_WRITER = 8;

  private ConcurrentWriters() {}

  /** What the tables say in the end. */
  public record Outcome(long sum, long transfers, int conflicts) {}

  public static void main(String[] arguments) throws Exception {
    Outcome outcome = run(arguments[0]);
    System.out.println(
        outcome.transfers()
            + " transfers, "
            + outcome.conflicts()
            + " conflicts run again, sum of all accounts "
            + outcome.sum());
  }

  static Outcome run(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE account (id integer NOT NULL, balance bigint NOT NULL)");
      statement.execute("CREATE TABLE transfer (writer varchar, amount bigint)");
      statement.execute("INSERT INTO account VALUES (1, 500), (2, 500)");

      ExecutorService writers = Executors.newFixedThreadPool(2);
      int conflicts = 0;
      try {
        List<Callable<Integer>> work = List.of(() -> write(url, "a", 3), () -> write(url, "b", -2));
        for (Future<Integer> writer : writers.invokeAll(work)) {
          conflicts += writer.get();
        }
      } finally {
        writers.shutdown();
      }
      return new Outcome(
          number(statement, "SELECT sum(balance) FROM account"),
          number(statement, "SELECT count(*) FROM transfer"),
          conflicts);
    }
  }

  private static int write(String url, String writer, long amount) throws SQLException {
    int conflicts = 0;
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (int done = 0; done < TRANSFERS_A_WRITER; ) {
        try {
          transfer(connection, writer, amount);
          connection.commit();
          done++;
        } catch (SQLTransactionRollbackException conflict) {
          connection.rollback();
          conflicts++;
        }
      }
    }
    return conflicts;
  }

  private static void transfer(Connection connection, String writer, long amount)
      throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO transfer VALUES (?, ?)")) {
      update.setLong(1, -amount);
      update.setInt(2, 1);
      update.executeUpdate();
      update.setLong(1, amount);
      update.setInt(2, 2);
      update.executeUpdate();
      insert.setString(1, writer);
      insert.setLong(2, amount);
      insert.executeUpdate();
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
