package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pools keep, and what they are told. */
@Timeout(30)
class PooledConnectionTest {
  private final FakeEngine engine =
      FakeEngine.create().value("q", Primitive.INTEGER, 1, 2, 3).update("u", 1);
  private final EngineRegistry registry = new EngineRegistry(any -> engine);
  private final List<String> events = new ArrayList<>();

  private PooledConnection pooled() throws SQLException {
    PooledConnection pooled =
        new FrazilPooledConnection(JdbcUrl.parse("jdbc:iceberg:/fake", new Properties()), registry);
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            assertThat(event.getSource()).isSameAs(pooled);
            events.add("closed");
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error " + event.getSQLException().getSQLState());
          }
        });
    pooled.addStatementEventListener(
        new StatementEventListener() {
          @Override
          public void statementClosed(StatementEvent event) {
            events.add("statement closed " + event.getStatement());
          }

          @Override
          public void statementErrorOccurred(StatementEvent event) {
            events.add("statement error");
          }
        });
    return pooled;
  }

  @Test
  void theEngineStaysWhileUsersComeAndGo() throws SQLException {
    PooledConnection pooled = pooled();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pooled.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getSchema()).isEqualTo("main");
        assertThat(connection.getClientInfo("ClientUser")).isNull();
        assertThat((Throwable) connection.getWarnings()).isNull();
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setSchema("sales.emea");
        connection.setClientInfo("ClientUser", "somebody");
        connection.setClientInfo("nonsense", "x");
        assertThat((Throwable) connection.getWarnings()).isNotNull();
      }
      assertThat(engine.sessions.get(i).closed).as("rolled back").isTrue();
      assertThat(engine.closed).isFalse();
    }
    assertThat(events).containsExactly("closed", "closed", "closed");
    pooled.close();
    pooled.close();
    assertThat(engine.closed).isTrue();
    assertState(pooled::getConnection, "08003");
  }

  @Test
  void theNextConnectionClosesTheOneBefore() throws SQLException {
    PooledConnection pooled = pooled();
    Connection first = pooled.getConnection();
    ResultSet rows = first.createStatement().executeQuery("q");
    Connection second = pooled.getConnection();
    assertThat(first.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThat(engine.cursorsOpen).isZero();
    assertThat(second.createStatement().executeQuery("q").next()).isTrue();
    first.close();
    assertThat(events).as("the pool knows").isEmpty();
    second.close();
    second.close();
    assertThat(events).containsExactly("closed");
    Connection third = pooled.getConnection();
    pooled.close();
    assertThat(third.isClosed()).isTrue();
    assertThat(events).containsExactly("closed");
  }

  @Test
  void preparedStatementsTellOfTheirEnd() throws SQLException {
    PooledConnection pooled = pooled();
    try (Connection connection = pooled.getConnection()) {
      PreparedStatement statement = connection.prepareStatement("q");
      assertThat(statement.getConnection()).isSameAs(connection);
      statement.close();
      statement.close();
      connection.createStatement().close();
    }
    assertThat(events).containsExactly("statement closed q", "closed");
  }

  @Test
  void onlyErrorsOfTheConnectionAreTold() throws SQLException {
    PooledConnection pooled = pooled();
    try (Connection connection = pooled.getConnection()) {
      assertState(() -> connection.createStatement().execute("nonsense"), "42601");
      assertState(() -> connection.createStatement().execute("unreachable"), "08001");
      assertState(() -> connection.createStatement().execute("unknown"), "08007");
    }
    assertThat(events).containsExactly("error 08001", "closed");
  }

  @Test
  void aListenerThatThrowsHidesNothing() throws SQLException {
    PooledConnection pooled = pooled();
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            throw new IllegalStateException("closed");
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            throw new IllegalStateException("failed");
          }
        });
    Connection connection = pooled.getConnection();
    assertState(() -> connection.createStatement().execute("unreachable"), "08001");
    connection.close();
    pooled.close();
    assertThat(engine.closed).isTrue();
  }

  @Test
  void aListenerClosesWhileThePoolDoes() throws Exception {
    PooledConnection pooled = pooled();
    Thread evicting =
        new Thread(
            new FutureTask<>(
                () -> {
                  pooled.close();
                  return true;
                }));
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {}

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            evicting.start();
            while (evicting.getState() != Thread.State.WAITING) {
              Thread.onSpinWait(); // until it waits for the statement that fails
            }
            try {
              pooled.close();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    Connection connection = pooled.getConnection();
    FutureTask<Boolean> failing =
        new FutureTask<>(
            () -> {
              assertState(() -> connection.createStatement().execute("unreachable"), "08001");
              return true;
            });
    Thread user = new Thread(failing);
    user.setDaemon(true);
    user.start();
    assertThat(failing.get(10, TimeUnit.SECONDS)).isTrue();
    evicting.join();
    assertThat(engine.closed).isTrue();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void listenersLeave() throws SQLException {
    PooledConnection pooled = pooled();
    ConnectionEventListener listener =
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            events.add("twice");
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {}
        };
    pooled.addConnectionEventListener(listener);
    pooled.getConnection().close();
    pooled.removeConnectionEventListener(listener);
    pooled.getConnection().close();
    assertThat(events).containsExactly("closed", "twice", "closed");
  }

  @Test
  void theDataSourceGivesThem(@TempDir Path folder) throws SQLException {
    FrazilDataSource source = new FrazilDataSource();
    assertState(source::getPooledConnection, "22023");
    source.setUrl("jdbc:iceberg:" + folder.resolve("db"));
    PooledConnection pooled = source.getPooledConnection();
    try (Connection connection = pooled.getConnection()) {
      connection.createStatement().execute("CREATE TABLE t AS SELECT 1 AS n");
      connection.setAutoCommit(false);
      connection.createStatement().execute("INSERT INTO t VALUES (2)");
    }
    try (Connection connection = pooled.getConnection();
        ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).as("what was not committed is gone").isEqualTo(1);
    }
    pooled.close();
    try (Connection built = source.createConnectionBuilder().user("u").password("p").build()) {
      assertThat(built.isValid(0)).isTrue();
    }
    PooledConnection again = source.createPooledConnectionBuilder().user("u").build();
    again.getConnection().close();
    again.close();
    ShardingKey key = new ShardingKey() {};
    assertState(() -> source.createConnectionBuilder().shardingKey(key).build(), "0A000");
    assertState(
        () -> source.createPooledConnectionBuilder().superShardingKey(key).build(), "0A000");
    assertState(source::createShardingKeyBuilder, "0A000");
    assertState(() -> source.setLoginTimeout(-1), "22023");
    source.setLoginTimeout(3);
    assertThat(source.getLoginTimeout()).isEqualTo(3);
  }
}
