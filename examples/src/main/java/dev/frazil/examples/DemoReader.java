package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process that reads two tables in one transaction, over and over, and prints whether they agree.
 */
final class DemoReader {
  private DemoReader() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      while (true) {
        long readings = number(statement, "SELECT count(*) FROM reading");
        long entered = number(statement, "SELECT coalesce(sum(rows_written), 0) FROM ledger");
        System.out.println((readings == entered ? "consistent " : "torn ") + readings);
        connection.commit();
      }
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
