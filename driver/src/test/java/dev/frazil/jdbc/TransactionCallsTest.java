package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.ServerFault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints and idempotency tokens through {@code java.sql}. */
@Tag("slow")
class TransactionCallsTest {
  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
    statement = connection.createStatement();
    statement.execute("CREATE TABLE t (n integer)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static List<Integer> rows(Connection of) throws SQLException {
    List<Integer> rows = new ArrayList<>();
    try (Statement query = of.createStatement();
        ResultSet result = query.executeQuery("SELECT n FROM t ORDER BY n")) {
      while (result.next()) {
        rows.add(result.getInt(1));
      }
    }
    return rows;
  }

  @Test
  void theClientInfoHasTheTokenHoweverItWasSet() throws SQLException {
    assertThat(connection.getClientInfo("IdempotencyToken")).isNull();
    statement.execute("SET IDEMPOTENCY_TOKEN = 'by-sql'");
    assertThat(connection.getClientInfo("IdempotencyToken")).isEqualTo("by-sql");
    assertThat(connection.getClientInfo()).containsEntry("IdempotencyToken", "by-sql");
    connection.setClientInfo("IdempotencyToken", "by-call");
    assertThat(connection.getClientInfo("IdempotencyToken")).isEqualTo("by-call");
    statement.execute("SET IDEMPOTENCY_TOKEN = DEFAULT");
    assertThat(connection.getClientInfo()).doesNotContainKey("IdempotencyToken");
    Properties properties = new Properties();
    properties.setProperty("idempotencyToken", "by-property");
    try (Connection other = DriverManager.getConnection("jdbc:iceberg:" + folder, properties)) {
      assertThat(other.getClientInfo("IdempotencyToken")).isEqualTo("by-property");
    }
  }

  private static void fails(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void whatIsAlreadySoMayBeSetInATransaction() throws SQLException {
    connection.setAutoCommit(false);
    statement.executeUpdate("INSERT INTO t VALUES (1)");
    connection.setReadOnly(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    fails("25000", () -> connection.setReadOnly(true));
    fails(
        "25000", () -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
    connection.rollback();
    assertThat(rows(connection)).isEmpty();
  }

  @Test
  void savepointsNamedAndUnnamed() throws SQLException {
    assertThat(connection.getMetaData().supportsSavepoints()).isTrue();
    connection.setAutoCommit(false);
    statement.executeUpdate("INSERT INTO t VALUES (1)");
    Savepoint unnamed = connection.setSavepoint();
    statement.executeUpdate("INSERT INTO t VALUES (2)");
    Savepoint named = connection.setSavepoint("later");
    statement.executeUpdate("DELETE FROM t");
    assertThat(rows(connection)).isEmpty();
    connection.rollback(named);
    assertThat(rows(connection)).containsExactly(1, 2);
    statement.execute("ROLLBACK TO SAVEPOINT later");
    assertThat(named.getSavepointName()).isEqualTo("later");
    assertThat(unnamed.getSavepointId()).isPositive();
    fails("3B001", named::getSavepointId);
    fails("3B001", unnamed::getSavepointName);
    connection.releaseSavepoint(named);
    fails("3B001", () -> connection.rollback(named));
    connection.rollback(unnamed);
    assertThat(rows(connection)).containsExactly(1);
    connection.commit();
    fails("3B001", () -> connection.rollback(unnamed));
    connection.setAutoCommit(true);
    fails("25000", connection::setSavepoint);
    fails("25000", () -> connection.setSavepoint("s"));
    assertThat(rows(connection)).containsExactly(1);
  }

  @Test
  void aStatementHasATokenOfItsOwnForOneExecution() throws SQLException {
    connection.setClientInfo("IdempotencyToken", "of-the-connection");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, 1);
      for (int expected : new int[] {1, 0, 0}) {
        insert.unwrap(FrazilStatement.class).setIdempotencyToken("event-1");
        assertThat(insert.executeUpdate()).isEqualTo(expected);
      }
      insert.unwrap(FrazilStatement.class).setIdempotencyToken("event-2");
      insert.addBatch();
      insert.setInt(1, 2);
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1, 1);
      insert.setInt(1, 3);
      assertThat(insert.executeUpdate()).as("under the connection's").isEqualTo(1);
      fails("25000", insert::executeUpdate);
      connection.setAutoCommit(false);
      insert.unwrap(FrazilStatement.class).setIdempotencyToken("event-3");
      fails("25000", insert::executeUpdate);
      connection.setAutoCommit(true);
    }
    assertThat(rows(connection)).containsExactly(1, 1, 2, 3);
    assertThat(connection.unwrap(FrazilConnection.class).findCommit("event-2")).isPresent();
    assertThat(connection.getClientInfo("IdempotencyToken")).isEqualTo("of-the-connection");
    statement.unwrap(FrazilStatement.class).setIdempotencyToken("event-4");
    statement.addBatch("INSERT INTO t VALUES (4)");
    fails("0A000", statement::executeBatch);
  }

  @Test
  void prepareStatementsLiveThroughARollback() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int n = 0; n < 5; n++) {
        Savepoint savepoint = connection.setSavepoint();
        insert.setInt(1, n);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        if (n % 2 == 0) {
          connection.rollback(savepoint);
        }
      }
    }
    connection.commit();
    assertThat(rows(connection)).containsExactly(1, 3);
  }

  @Test
  void anUnknownOutcomeIsLookedUpByItsToken() throws SQLException {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      Properties properties = new Properties();
      properties.setProperty("endpoint", server.endpoint());
      properties.setProperty("pathStyleAccess", "true");
      properties.setProperty("region", ConditionalS3Server.REGION);
      properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
      properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
      String url = "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/tokens";
      try (Connection s3 = DriverManager.getConnection(url, properties);
          Statement write = s3.createStatement()) {
        write.execute("CREATE TABLE t (n integer)");
        FrazilConnection frazil = s3.unwrap(FrazilConnection.class);
        frazil.setIdempotencyToken("order-4711");
        assertThat(frazil.findCommit("order-4711")).isEmpty();
        server.faults().nextConditionalPut(ServerFault.LOST_ANSWER);
        server
            .faults()
            .deny(
                request ->
                    request.method().equals("GET")
                        && request.key().endsWith("root.json")
                        && server.faults().injected().containsKey(ServerFault.LOST_ANSWER));
        assertThatThrownBy(() -> write.executeUpdate("INSERT INTO t VALUES (1)"))
            .isInstanceOfSatisfying(
                UnknownCommitOutcomeException.class,
                e -> {
                  assertThat(e.getSQLState()).isEqualTo("08007");
                  assertThat(e.idempotencyToken()).isEqualTo("order-4711");
                  assertThat(e.getMessage()).contains("order-4711");
                  server.faults().calm();
                  try {
                    assertThat(frazil.findCommit("order-4711")).contains(e.commitId());
                  } catch (SQLException unexpected) {
                    throw new AssertionError(unexpected);
                  }
                });
        frazil.setIdempotencyToken("order-4711");
        assertThat(write.executeUpdate("INSERT INTO t VALUES (1)")).isZero();
        assertThat(rows(s3)).containsExactly(1);
      }
    }
  }
}
