package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that hangs ends the statement and the connection after the network timeout. */
class NetworkTimeoutTest {
  private static final long HANGS_MILLIS = 30_000;

  private ConditionalS3Server server;
  private final AtomicInteger closings = new AtomicInteger();
  private final Executor closer =
      task -> {
        closings.incrementAndGet();
        task.run();
      };

  @BeforeEach
  void start() throws SQLException {
    server = ConditionalS3Server.start();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a integer)");
      statement.execute("INSERT INTO t VALUES (1), (2)");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db", properties);
  }

  private static int rows(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t WHERE a > 0")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aStoreThatHangsClosesTheConnection() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(closer, 300);
      assertThat(connection.getNetworkTimeout()).isEqualTo(300);
      server.latencyMillis(HANGS_MILLIS);
      long start = System.nanoTime();
      assertThatThrownBy(() -> rows(statement))
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasMessageContaining("the network timeout of 300 ms")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(connection.isClosed()).isTrue();
      assertThat(connection.isValid(1)).isFalse();
      assertThat(closings).hasValue(1);
      assertThatThrownBy(connection::createStatement)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
    }
    server.latencyMillis(0);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement)).isEqualTo(2);
    }
  }

  @Test
  void itEndsAWriteAsWellAndNothingOfItIsThere() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement)).isEqualTo(2);
      connection.setNetworkTimeout(closer, 300);
      server.latencyMillis(HANGS_MILLIS);
      assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO t VALUES (3)"))
          .isInstanceOf(SQLTransientConnectionException.class);
      assertThat(connection.isClosed()).isTrue();
      server.latencyMillis(0);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement)).isEqualTo(2);
    }
  }

  @Test
  void aStoreThatIsInTimeIsNotDisturbed() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(closer, 20_000);
      server.latencyMillis(30);
      assertThat(rows(statement)).isEqualTo(2);
      statement.executeUpdate("INSERT INTO t VALUES (3)");
      connection.setNetworkTimeout(closer, 0);
      assertThat(rows(statement)).isEqualTo(3);
      assertThat(connection.isClosed()).isFalse();
    }
    assertThat(closings).hasValue(0);
  }

  @Test
  void argumentsAreChecked() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(connection.getNetworkTimeout()).isZero();
      assertThatThrownBy(() -> connection.setNetworkTimeout(closer, -1))
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("22023"));
      assertThatThrownBy(() -> connection.setNetworkTimeout(null, 1))
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("22023"));
    }
  }
}
