package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.frazil.clients.hikari.KeepUsableConnections;
import dev.frazil.jdbc.FrazilConnection;
import dev.frazil.jdbc.FrazilDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HikariCP over Frazil: what the guide docs/guides/pools.md says. */
@Tag("slow")
class HikariTest {
  private static final String LONG_QUERY =
      "SELECT count(*) FROM generate_series(1, 10000000) a(x), generate_series(1, 10000000) b(y)"
          + " WHERE x % 7 = y % 11";

  @TempDir Path folder;
  private final HikariConfig config = new HikariConfig();

  @BeforeEach
  void nameTheDatabase() {
    config.setJdbcUrl("jdbc:iceberg:" + folder.resolve("shop"));
    config.setPoolName("shop");
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(2);
  }

  @Test
  void tenConnectionsReadAndWriteAtOnce() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(config)) {
      execute(pool, "CREATE TABLE orders (id bigint PRIMARY KEY, amount decimal(10,2))");
      ExecutorService threads = Executors.newFixedThreadPool(10);
      List<Future<?>> work = new ArrayList<>();
      for (int worker = 0; worker < 10; worker++) {
        int first = worker * 100;
        work.add(
            threads.submit(
                () -> {
                  insert(pool, first);
                  return sum(pool);
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
      threads.shutdown();
      assertThat(sum(pool)).isEqualTo(20);
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(2, 10);
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  private static void insert(HikariDataSource pool, int first) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO orders VALUES (?, 1.00)")) {
      for (int id = first; id < first + 2; id++) {
        insert.setLong(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static long sum(HikariDataSource pool) throws SQLException {
    return number(pool, "SELECT sum(amount) FROM orders");
  }

  @Test
  void aConnectionComesBackAsThePoolIsConfigured() throws Exception {
    try (HikariDataSource setup = new HikariDataSource(config)) {
      execute(setup, "CREATE SCHEMA sales");
      execute(setup, "CREATE TABLE sales.t (id integer)");
    }
    HikariConfig wanted = new HikariConfig();
    config.copyStateTo(wanted);
    wanted.setMaximumPoolSize(1);
    wanted.setMinimumIdle(1);
    wanted.setAutoCommit(false);
    wanted.setSchema("sales");
    wanted.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    wanted.setConnectionInitSql("SET TIME ZONE 'Asia/Kathmandu'");
    wanted.setConnectionTestQuery("SELECT 1");
    try (HikariDataSource pool = new HikariDataSource(wanted)) {
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.getSchema()).isEqualTo("sales");
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement();
            ResultSet zone = statement.executeQuery("SHOW TIME ZONE")) {
          zone.next();
          assertThat(zone.getString(1)).isEqualTo("Asia/Kathmandu");
          statement.executeUpdate("INSERT INTO t VALUES (1)");
          connection.commit();
          connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
          statement.executeUpdate("INSERT INTO t VALUES (2)");
        }
        connection.setSchema("main");
        connection.setReadOnly(false);
        connection.setAutoCommit(false);
      } // not committed: the pool rolls back, and sets back what was changed
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getSchema()).isEqualTo("sales");
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      }
      assertThat(number(pool, "SELECT count(*) FROM t")).isEqualTo(1);
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
    }
  }

  @Test
  void aReadOnlyPoolRefusesWrites() throws Exception {
    try (HikariDataSource setup = new HikariDataSource(config)) {
      execute(setup, "CREATE TABLE t (id integer)");
    }
    HikariConfig readers = new HikariConfig();
    config.copyStateTo(readers);
    readers.setReadOnly(true);
    try (HikariDataSource pool = new HikariDataSource(readers)) {
      assertThat(number(pool, "SELECT count(*) FROM t")).isZero();
      assertThatThrownBy(() -> execute(pool, "INSERT INTO t VALUES (1)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }

  @Test
  void itTakesADataSourceAndItsProperties() throws Exception {
    HikariConfig byClass = new HikariConfig();
    byClass.setDataSourceClassName(FrazilDataSource.class.getName());
    byClass.addDataSourceProperty("url", "jdbc:iceberg:" + folder.resolve("shop"));
    byClass.addDataSourceProperty("applicationName", "billing");
    byClass.addDataSourceProperty("queryTimeout", 30);
    byClass.addDataSourceProperty("conflictRetries", "5");
    byClass.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(byClass)) {
      assertThat(text(pool, "SHOW applicationName")).isEqualTo("billing");
      assertThat(text(pool, "SHOW queryTimeout")).isEqualTo("30");
      assertThat(text(pool, "SHOW conflictRetries")).isEqualTo("5");
    }
  }

  @Test
  void aBrokenConnectionIsReplaced() throws Exception {
    config.setMaximumPoolSize(1);
    config.setMinimumIdle(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Connection raw;
      try (Connection connection = pool.getConnection()) {
        raw = driver(connection);
        assertThat(connection.isValid(1)).isTrue();
        raw.abort(Runnable::run);
        assertThat(connection.isValid(1)).isFalse();
        assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
      }
      assertThat(number(pool, "SELECT 1")).isEqualTo(1);
      try (Connection connection = pool.getConnection()) {
        assertThat(driver(connection)).isNotSameAs(raw);
      }
    }
  }

  /** HikariCP throws a connection away on 0A000 (before version 7 on a timeout as well). */
  @Test
  void withoutTheOverrideARefusalCostsAConnection() throws Exception {
    config.setMaximumPoolSize(1);
    config.setMinimumIdle(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      execute(pool, "CREATE TABLE t (id integer)");
      assertThat(survives(pool, HikariTest::refused)).isFalse();
      assertThat(survives(pool, HikariTest::timedOut)).isTrue();
      assertThat(survives(pool, HikariTest::wrong)).isTrue();
      assertThat(survives(pool, connection -> conflict(pool, connection))).isTrue();
    }
  }

  @Test
  void withTheOverrideTheConnectionIsKept() throws Exception {
    config.setExceptionOverrideClassName(KeepUsableConnections.class.getName());
    config.setMaximumPoolSize(1);
    config.setMinimumIdle(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      execute(pool, "CREATE TABLE t (id integer)");
      assertThat(survives(pool, HikariTest::refused)).isTrue();
      assertThat(survives(pool, HikariTest::timedOut)).isTrue();
      assertThat(survives(pool, HikariTest::wrong)).isTrue();
      assertThat(
              survives(
                  pool,
                  connection -> {
                    driver(connection).close();
                    connection.createStatement();
                  }))
          .isFalse();
    }
  }

  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  /** Whether the one connection of the pool is the same after a failure. */
  private static boolean survives(HikariDataSource pool, Work failing) throws SQLException {
    Connection before;
    try (Connection connection = pool.getConnection()) {
      before = driver(connection);
      assertThatThrownBy(() -> failing.on(connection)).isInstanceOf(SQLException.class);
    }
    try (Connection connection = pool.getConnection()) {
      return driver(connection) == before;
    }
  }

  private static Connection driver(Connection pooled) throws SQLException {
    return (Connection) pooled.unwrap(FrazilConnection.class);
  }

  private static void refused(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE counted (id bigint GENERATED ALWAYS AS IDENTITY)");
    }
  }

  private static void timedOut(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      statement.executeQuery(LONG_QUERY).next();
    } catch (SQLTimeoutException e) {
      assertThat(e.getSQLState()).isEqualTo("57014");
      throw e;
    }
  }

  private static void wrong(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT nothing FROM t");
    }
  }

  private static void conflict(HikariDataSource pool, Connection connection) throws SQLException {
    try (Connection other = DriverManager.getConnection(pool.getJdbcUrl());
        Statement mine = connection.createStatement();
        Statement theirs = other.createStatement()) {
      connection.setAutoCommit(false);
      mine.executeQuery("SELECT count(*) FROM t").next();
      theirs.executeUpdate("INSERT INTO t VALUES (1)");
      mine.executeUpdate("INSERT INTO t VALUES (2)");
      connection.commit();
    } catch (SQLTransactionRollbackException e) {
      assertThat(e.getSQLState()).isEqualTo("40001");
      throw e;
    }
  }

  @Test
  void aLeakIsTold() throws Exception {
    config.setLeakDetectionThreshold(2_000);
    try (LogLines log = new LogLines("com.zaxxer.hikari");
        HikariDataSource pool = new HikariDataSource(config);
        Connection leaked = pool.getConnection()) {
      assertThat(leaked.isValid(1)).isTrue();
      log.await("Connection leak detection triggered");
      assertThat(log.lines())
          .noneMatch(line -> line.startsWith("WARNING") && line.contains("network timeout"));
    }
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsToldAtOnce() {
    config.setJdbcUrl("jdbc:iceberg:" + folder.resolve("shop") + "?colour=red");
    config.setInitializationFailTimeout(1);
    assertThatThrownBy(() -> new HikariDataSource(config).close())
        .hasRootCauseInstanceOf(SQLException.class)
        .rootCause()
        .hasMessageContaining("colour");
  }

  @Test
  void aPoolThatIsUsedUpSaysSo() throws Exception {
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection taken = pool.getConnection()) {
      assertThat(taken.isClosed()).isFalse();
      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
    }
  }

  private static void execute(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String text(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
