package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is never closed is freed when it is collected, and the log says so. */
@Timeout(60)
class AbandonedTest {
  private final FakeEngine engine =
      FakeEngine.create().value("q", Primitive.INTEGER, 1, 2, 3).endless("endless", 10);

  private final Logger logger = Logger.getLogger("dev.frazil");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  private static void awaitCollected(Callable<Boolean> freed) throws Exception {
    while (!freed.call()) {
      System.gc();
      Thread.sleep(5);
    }
  }

  /** In a method of its own, so that no local variable holds on to it. */
  private static void leaveResultSet(Connection connection, String sql, int type)
      throws SQLException {
    Statement statement = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY);
    assertThat(statement.executeQuery(sql).next()).isTrue();
  }

  private void leaveConnection() throws SQLException {
    leaveResultSet(engine.connect(), "endless", ResultSet.TYPE_FORWARD_ONLY);
  }

  @Test
  void aStatementOfAConnectionInUse() throws Exception {
    try (Connection connection = engine.connect()) {
      leaveResultSet(connection, "endless", ResultSet.TYPE_FORWARD_ONLY);
      leaveResultSet(connection, "endless", ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(engine.cursorsOpen).isEqualTo(2);
      awaitCollected(() -> engine.cursorsOpen == 0);
      assertThat(connection.isValid(0)).isTrue();
      assertThat(engine.sessions.get(0).closed).isFalse();
    }
    assertThat(records)
        .hasSize(2)
        .allSatisfy(
            entry -> {
              assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
              assertThat(entry.getMessage()).contains("a result set was never closed");
              assertThat(entry.getThrown()).isNull();
            });
  }

  @Test
  void aStatementWhoseResultsAreHeldIsNotCollected() throws Exception {
    try (Connection connection = engine.connect()) {
      ResultSet rows = connection.createStatement().executeQuery("endless");
      for (int i = 0; i < 5; i++) {
        System.gc();
        Thread.sleep(5);
      }
      assertThat(rows.next()).isTrue();
      assertThat(engine.cursorsOpen).isEqualTo(1);
    }
    assertThat(engine.cursorsOpen).isZero();
    assertThat(records).isEmpty();
  }

  @Test
  void aConnection() throws Exception {
    logger.setLevel(Level.FINE);
    leaveConnection();
    awaitCollected(() -> engine.closed);
    assertThat(engine.sessions.get(0).closed).isTrue();
    assertThat(engine.cursorsOpen).isZero();
    LogRecord told =
        records.stream()
            .filter(entry -> entry.getMessage().contains("a connection was never closed"))
            .findFirst()
            .orElseThrow();
    assertThat(told.getThrown().getStackTrace())
        .as("where it was opened")
        .anyMatch(frame -> frame.getMethodName().equals("leaveConnection"));
  }

  private void leavePooledConnection() throws SQLException {
    JdbcUrl url = JdbcUrl.parse("jdbc:iceberg:/fake", new Properties());
    Connection given =
        new FrazilPooledConnection(url, new EngineRegistry(any -> engine)).getConnection();
    leaveResultSet(given, "endless", ResultSet.TYPE_FORWARD_ONLY);
  }

  @Test
  void aPooledConnection() throws Exception {
    leavePooledConnection();
    awaitCollected(() -> engine.closed);
    assertThat(engine.sessions.get(0).closed).isTrue();
    assertThat(engine.cursorsOpen).isZero();
    assertThat(records)
        .anyMatch(entry -> entry.getMessage().contains("a pooled connection was never closed"));
  }

  @Test
  void theThreadThatFreesHoldsNoClassLoader() throws SQLException {
    engine.connect().close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("frazil-abandoned"))
        .hasSize(1)
        .allMatch(thread -> thread.isDaemon() && thread.getContextClassLoader() == null);
  }

  @Test
  void whatIsClosedOrReadToTheEndIsNotWarnedOf() throws Exception {
    try (Connection connection = engine.connect()) {
      for (int i = 0; i < 20; i++) {
        ResultSet rows = connection.createStatement().executeQuery("q");
        while (rows.next()) {
          assertThat(rows.getInt(1)).isPositive();
        }
        connection.prepareStatement("q");
      }
    }
    System.gc();
    Thread.sleep(50);
    assertThat(records).isEmpty();
  }

  @Test
  void temporaryFiles(@TempDir Path folder) throws Exception {
    Path temp = Files.createDirectory(folder.resolve("temp"));
    String url = "jdbc:iceberg:" + folder.resolve("w") + "?memoryLimit=16MB&tempFolder=" + temp;
    try (Connection connection = DriverManager.getConnection(url)) {
      leaveSpilled(connection);
      assertThat(ScrollableResultSetTest.spillHandles(temp)).isPositive();
      awaitCollected(() -> ScrollableResultSetTest.spillHandles(temp) == 0);
    }
  }

  private static void leaveSpilled(Connection connection) throws SQLException {
    ResultSet rows =
        connection
            .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
            .executeQuery(ScrollableResultSetTest.MILLION);
    assertThat(rows.absolute(500_000)).isTrue();
  }
}
