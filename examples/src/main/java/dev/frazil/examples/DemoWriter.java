package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;

/**
 * A process that writes transactions over two tables and prints a line for each acknowledged one.
 */
final class DemoWriter {
  private static final int ROWS_A_BATCH = 10;

  private DemoWriter() {}

  public static void main(String[] arguments) throws SQLException {
    String writer = arguments[1];
    int batches = Integer.parseInt(arguments[2]);
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      connection.setAutoCommit(false);
      for (int batch = 0; batch < batches; ) {
        try {
          write(connection, writer, batch);
          connection.commit();
          System.out.println("acknowledged " + batch);
          batch++;
        } catch (SQLTransactionRollbackException conflict) {
          connection.rollback();
        }
      }
    }
  }

  private static void write(Connection connection, String writer, int batch) throws SQLException {
    try (PreparedStatement reading =
            connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)");
        PreparedStatement ledger =
            connection.prepareStatement("INSERT INTO ledger VALUES (?, ?, ?)")) {
      for (int row = 0; row < ROWS_A_BATCH; row++) {
        reading.setString(1, writer);
        reading.setInt(2, batch);
        reading.setLong(3, row);
        reading.addBatch();
      }
      reading.executeBatch();
      ledger.setString(1, writer);
      ledger.setInt(2, batch);
      ledger.setInt(3, ROWS_A_BATCH);
      ledger.executeUpdate();
    }
  }
}
