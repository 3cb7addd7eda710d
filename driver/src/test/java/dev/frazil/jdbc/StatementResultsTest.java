package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several results of one statement, results that fail half-way, batches, and threads. */
@Timeout(60)
class StatementResultsTest {
  private static final String THREE = "SELECT n FROM (VALUES 1, 2, 3) AS t (n) ORDER BY n";

  @TempDir private Path folder;
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n integer NOT NULL, s varchar)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void resultsAreKeptOrClosedAsAsked() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(THREE);
      ResultSet kept = statement.getResultSet();
      assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
      assertThat(kept.isClosed()).isFalse();
      assertThat(kept.next()).isTrue();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
      assertThat(kept.isClosed()).isTrue();
      assertState(() -> statement.getMoreResults(7), "22023");
      statement.execute(THREE);
      ResultSet left = statement.getResultSet();
      assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
      ResultSet last = statement.executeQuery(THREE);
      assertThat(left.isClosed()).as("by the next execution").isTrue();
      assertThat(last.isClosed()).isFalse();
    }
  }

  @Test
  void closeOnCompletionWaitsForAllResults() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    statement.executeQuery(THREE);
    ResultSet second = statement.executeQuery(THREE);
    assertThat(statement.isClosed()).as("an execution closes results, not itself").isFalse();
    assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
    second.close();
    assertThat(statement.isClosed()).isTrue();
    assertThat(connection.isClosed()).isFalse();

    Statement keyed = connection.createStatement();
    keyed.closeOnCompletion();
    keyed.executeUpdate("INSERT INTO t VALUES (1, 'a')", Statement.RETURN_GENERATED_KEYS);
    assertThat(keyed.isClosed()).as("the keys are still open").isFalse();
    ResultSet keys = keyed.getGeneratedKeys();
    assertThat(keys.next()).isTrue();
    keys.close();
    assertThat(keyed.isClosed()).isTrue();
  }

  @Test
  void aFailureHalfWayIsNotAnEnd() throws SQLException {
    String digits = "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)";
    String failing =
        "SELECT 1 / (a.n + 10 * b.n + 100 * c.n + 1000 * d.n - 9999) FROM %1$s AS a (n), %1$s AS b (n), %1$s AS c (n), %1$s AS d (n)"
            .formatted(digits);
    try (Connection serial = DriverManager.getConnection("jdbc:iceberg:" + folder + "?threads=1");
        Statement statement = serial.createStatement()) {
      assertThatThrownBy(
              () -> {
                ResultSet rows = statement.executeQuery(failing);
                while (rows.next()) {
                  assertThat(rows.getInt(1)).isNotPositive();
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
      ResultSet current = statement.getResultSet();
      assertThat(current.isClosed()).isFalse();
      assertState(current::next, "22012");
      assertState(current::isLast, "22012");
      assertThat(statement.executeQuery(THREE).next()).as("usable afterwards").isTrue();
    }
  }

  @Test
  void aFailedBatchTellsCountsAndIsForgotten() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, 'p')")) {
      statement.addBatch("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      statement.addBatch("INSERT INTO t VALUES (NULL, 'c')");
      statement.addBatch("INSERT INTO t VALUES (3, 'd')");
      assertThatThrownBy(statement::executeLargeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getLargeUpdateCounts()).containsExactly(2);
                assertThat(e.getSQLState()).isEqualTo("23502");
                assertThat(e.getCause()).isInstanceOf(SQLException.class);
                assertThat((Throwable) e.getNextException()).isSameAs(e.getCause());
              });
      assertThat(statement.executeBatch()).as("forgotten").isEmpty();
      insert.setInt(1, 4);
      insert.addBatch();
      insert.setNull(1, java.sql.Types.INTEGER);
      insert.addBatch();
      assertThatThrownBy(insert::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e ->
                  assertThat(e.getLargeUpdateCounts())
                      .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED));
      assertThat(insert.executeBatch()).isEmpty();
      insert.clearParameters();
      assertState(insert::executeUpdate, "22023");
      try (ResultSet rows = statement.executeQuery("SELECT count(*), max(n) FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).as("no row of the batch that is one unit").isEqualTo(2);
      }
      statement.addBatch(THREE);
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }
  }

  @Test
  void isolationReadOnlyAndTransactions() throws SQLException {
    assertState(() -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE), "0A000");
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO t VALUES (1, 'a')");
      assertState(() -> connection.setReadOnly(true), "25000");
      ResultSet rows = statement.executeQuery(THREE);
      assertThat(rows.next()).isTrue();
      connection.commit();
      assertThat(rows.next()).as("held over the commit").isTrue();
      assertThat(rows.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      connection.setReadOnly(true);
      assertState(() -> statement.executeUpdate("DELETE FROM t"), "25006");
    }
  }

  @Test
  void severalStatementsInOneTextAreRefusedWhole() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertState(() -> statement.execute("INSERT INTO t VALUES (1, 'a'); DELETE FROM t"), "42601");
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t;")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }

  /** Threads on one connection wait for each other; each has its own statement. */
  @Test
  void threadsShareAConnection() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int number = thread;
        Callable<Integer> work =
            () -> {
              int seen = 0;
              try (PreparedStatement insert =
                      connection.prepareStatement("INSERT INTO t VALUES (?, 'x')");
                  PreparedStatement query =
                      connection.prepareStatement("SELECT n FROM t WHERE n = ?")) {
                for (int i = 0; i < 10; i++) {
                  insert.setInt(1, number * 100 + i);
                  assertThat(insert.executeUpdate()).isEqualTo(1);
                  query.setInt(1, number * 100 + i);
                  try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                      assertThat(rows.getInt(1)).isEqualTo(number * 100 + i);
                      seen++;
                    }
                  }
                }
              }
              return seen;
            };
        done.add(threads.submit(work));
      }
      for (Future<Integer> future : done) {
        assertThat(future.get()).isEqualTo(10);
      }
    } finally {
      threads.shutdownNow();
    }
    try (ResultSet rows =
        connection.createStatement().executeQuery("SELECT count(DISTINCT n) FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(40);
    }
  }

  @Test
  void aConnectionIsClosedWhileAnotherThreadReads() throws Exception {
    ResultSet rows = connection.createStatement().executeQuery(THREE);
    Thread closer =
        new Thread(
            () -> {
              try {
                connection.close();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    closer.start();
    closer.join();
    assertState(rows::next, "55000");
    assertThat(connection.isValid(0)).isFalse();
    connection.abort(Runnable::run);
    assertState(connection::createStatement, "08003");
  }
}
