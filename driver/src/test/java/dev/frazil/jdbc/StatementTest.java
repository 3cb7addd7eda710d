package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.type.SqlType.Primitive;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements over an engine whose answers are known. */
@Timeout(30)
class StatementTest {
  private final FakeEngine engine =
      FakeEngine.create()
          .value("q", Primitive.INTEGER, 1, 2, 3)
          .endless("endless", 1000)
          .update("u", 2)
          .update("insert", 1, Primitive.INTEGER)
          .update("conflict", 1, Primitive.INTEGER);

  @Test
  void aResultWithoutEndIsStreamed() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("endless")) {
      for (int i = 0; i < 2500; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(i % 1000);
        assertThat(rows.getRow()).isEqualTo(i + 1);
      }
      assertThat(engine.batchesPulled).isEqualTo(3);
    }
    assertThat(engine.cursorsOpen).isZero();
  }

  @Test
  void maxRowsEndsTheResultAndTheWork() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(1500);
      int count = 0;
      try (ResultSet rows = statement.executeQuery("endless")) {
        while (rows.next()) {
          count++;
          assertThat(rows.isLast()).isEqualTo(count == 1500);
        }
        assertThat(rows.isAfterLast()).isTrue();
        assertThat(engine.cursorsOpen).as("closed before the result set is").isZero();
      }
      assertThat(count).isEqualTo(1500);
    }
  }

  @Test
  void anotherThreadCancels() throws Exception {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Throwable> failure =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.execute("hang");
                  return new AssertionError("it ended");
                } catch (SQLException e) {
                  return e;
                }
              });
      while (!failure.isDone()) {
        statement.cancel();
        Thread.onSpinWait();
      }
      assertThat(failure.get(10, TimeUnit.SECONDS))
          .isInstanceOf(SQLException.class)
          .isNotInstanceOf(SQLTimeoutException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57014"));
      assertThat(statement.executeUpdate("u")).as("usable afterwards").isEqualTo(2);
    }
  }

  @Test
  void cancelEndsAResultThatIsBeingRead() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("endless")) {
      assertThat(rows.next()).isTrue();
      statement.cancel();
      assertState(
          () -> {
            while (rows.next()) {
              assertThat(rows.getInt(1)).isNotNegative();
            }
          },
          "57014");
    }
    assertThat(engine.cursorsOpen).isZero();
  }

  @Test
  void timeIsUp() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("hang"))
          .isInstanceOfSatisfying(
              SQLTimeoutException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
          .hasMessageContaining("1 s");
      assertThat(statement.executeUpdate("u")).isEqualTo(2);
    }
  }

  @Test
  void timeOfTheReaderDoesNotCount() throws Exception {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      try (ResultSet rows = statement.executeQuery("endless")) {
        rows.next();
        Thread.sleep(1200);
        for (int i = 0; i < 2000; i++) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
  }

  @Test
  void queriesAndUpdatesAreToldApart() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      assertState(() -> statement.executeQuery("u"), "42000");
      assertState(() -> statement.executeUpdate("q"), "42000");
      assertThat(engine.executedBatches).as("refused before it ran").isEmpty();
      assertThat(statement.execute("q")).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.getResultSet().next()).isTrue();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getResultSet()).isNull();
      assertThat(statement.execute("u")).isFalse();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(2);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }
  }

  @Test
  void closingClosesWhatHangsOnIt() throws SQLException {
    Connection connection = engine.connect();
    Statement statement = connection.createStatement();
    ResultSet first = statement.executeQuery("q");
    ResultSet second = statement.executeQuery("q");
    assertThat(first.isClosed()).as("a statement has one result").isTrue();
    connection.close();
    assertThat(second.isClosed()).isTrue();
    assertThat(statement.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThat(engine.sessions.get(0).closed).isTrue();
    assertThat(engine.closed).isTrue();
    connection.close();
    assertState(connection::createStatement, "08003");
    assertState(() -> statement.execute("q"), "08003");
  }

  @Test
  void onlyPreparedStatementsArePoolableByDefault() throws SQLException {
    FakeEngine engine = FakeEngine.create().value("q", Primitive.VARCHAR, "1");
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("q")) {
      assertThat(statement.isPoolable()).isFalse();
      assertThat(prepared.isPoolable()).isTrue();
      statement.close();
      assertThatThrownBy(statement::isCloseOnCompletion).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void closeOnCompletion() throws SQLException {
    try (Connection connection = engine.connect()) {
      Statement statement = connection.createStatement();
      statement.closeOnCompletion();
      statement.executeQuery("q").close();
      assertThat(statement.isClosed()).isTrue();
    }
  }

  @Test
  void aPreparedBatchIsOneUnit() throws SQLException {
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("insert")) {
      for (int i = 0; i < 3; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
      assertThat(engine.executedBatches).hasSize(1);
      assertThat(engine.executedBatches.get(0)).hasSize(3);
      assertThat(statement.executeBatch()).as("the batch is used up").isEmpty();
    }
  }

  @Test
  void aBatchThatFailsFailsWhole() throws SQLException {
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("conflict")) {
      statement.setInt(1, 1);
      statement.addBatch();
      statement.addBatch();
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("40001");
                assertThat(e.getUpdateCounts())
                    .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
                assertThat((Throwable) e.getNextException()).isSameAs(e.getCause());
              });
    }
  }

  @Test
  void aBatchOfStatementsStopsAtTheFirstFailure() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.addBatch("u");
      statement.addBatch("nonsense");
      statement.addBatch("u");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).containsExactly(2);
                assertThat(e.getSQLState()).isEqualTo("42601");
              });
    }
  }

  @Test
  void parametersMustBeSetAndExist() throws SQLException {
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("insert")) {
      assertThatThrownBy(statement::executeUpdate).hasMessageContaining("parameter 1 is not set");
      assertState(() -> statement.setInt(2, 1), "22023");
      assertState(() -> statement.setString(1, "apple"), "22018");
      assertState(() -> statement.setLong(1, 1L << 40), "22003");
      statement.setNull(1, java.sql.Types.INTEGER);
      assertThat(statement.executeUpdate()).isEqualTo(1);
      assertThat(engine.executedBatches.get(0).get(0).values().get(0)).isNull();
      assertState(() -> statement.executeQuery("q"), "55000");
      assertThat(statement.getMetaData()).isNull();
      assertThat(statement.getParameterMetaData().getParameterTypeName(1)).isEqualTo("integer");
    }
  }

  @Test
  void defectsOfTheEngineAreSqlExceptions() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      assertState(() -> statement.execute("defect"), "XX000");
    }
  }

  @Test
  void abortStopsWhatRuns() throws Exception {
    Connection connection = engine.connect();
    Statement statement = connection.createStatement();
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                statement.execute("hang");
                return new AssertionError("it ended");
              } catch (SQLException e) {
                return e;
              }
            });
    while (!failure.isDone()) {
      connection.abort(CompletableFuture::runAsync);
      Thread.onSpinWait();
    }
    assertThat(failure.get()).isInstanceOf(SQLException.class);
    while (!connection.isClosed()) {
      Thread.onSpinWait();
    }
  }
}
