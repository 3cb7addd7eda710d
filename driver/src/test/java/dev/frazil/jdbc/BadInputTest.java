package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does wrong, over the real engine: class, SQLState, and a message that helps. */
class BadInputTest {
  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE orders (id bigint NOT NULL, customer varchar, price decimal(10, 2),"
            + " placed date)");
    statement.execute("INSERT INTO orders VALUES (1, 'Ann', 9.50, DATE '2024-02-29')");
  }

  /** Whatever went wrong, nothing is lost and the connection still works. */
  @AfterEach
  void nothingIsLost() throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT id, customer, price FROM orders")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(2)).isEqualTo("Ann");
      assertThat(rows.next()).isFalse();
    }
    connection.close();
  }

  private void fails(
      String sql, Class<? extends SQLException> type, String state, String... messageParts) {
    assertThatThrownBy(() -> run(sql))
        .isInstanceOf(type)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).as(sql).isEqualTo(state))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .as(sql)
                    .satisfies(
                        m -> List.of(messageParts).forEach(part -> assertThat(m).contains(part))))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
  }

  private void run(String sql) throws SQLException {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  @Test
  void malformedSqlNamesThePosition() {
    fails("SELEC 1", SQLSyntaxErrorException.class, "42601", "line 1, column 1");
    fails("SELECT id\nFROM orders WHERE", SQLSyntaxErrorException.class, "42601", "line 2");
    fails("SELECT 'open", SQLSyntaxErrorException.class, "42601");
    fails("", SQLSyntaxErrorException.class, "42601");
    fails("SELECT {x 1}", SQLSyntaxErrorException.class, "42601", "escape");
  }

  /** Planning may start in any of these calls; what it throws leaves as a SQLException in all. */
  @Test
  void everyWayToRunItFailsAlike() {
    for (String bad :
        List.of("SELEC 1", "SELECT x FROM nowhere.orders", "DELETE FROM orders WHERE idd = 1")) {
      for (ThrowingCallable way :
          List.<ThrowingCallable>of(
              () -> statement.execute(bad),
              () -> statement.executeQuery(bad),
              () -> statement.executeUpdate(bad),
              () -> statement.executeLargeUpdate(bad),
              () -> connection.prepareStatement(bad))) {
        assertThatThrownBy(way).isExactlyInstanceOf(SQLSyntaxErrorException.class);
      }
      assertThatThrownBy(
              () -> {
                statement.addBatch(bad);
                statement.executeBatch();
              })
          .isInstanceOf(BatchUpdateException.class)
          .hasCauseInstanceOf(SQLSyntaxErrorException.class);
    }
    assertThatThrownBy(() -> statement.executeUpdate("SELECT id FROM orders"))
        .isExactlyInstanceOf(SQLSyntaxErrorException.class)
        .hasMessageContaining("executeQuery");
    assertThatThrownBy(() -> statement.executeQuery("DELETE FROM orders"))
        .isExactlyInstanceOf(SQLSyntaxErrorException.class)
        .hasMessageContaining("executeUpdate");
  }

  @Test
  void unknownNamesNameTheNearest() {
    fails("SELECT * FROM ordres", SQLSyntaxErrorException.class, "42P01", "ordres", "orders");
    fails("SELECT pricee FROM orders", SQLSyntaxErrorException.class, "42703", "pricee", "price");
    fails("SELECT * FROM nowhere.orders", SQLSyntaxErrorException.class, "42P01", "nowhere");
    fails("SELECT no_such(id) FROM orders", SQLSyntaxErrorException.class, "42883", "no_such");
    fails("DROP TABLE ordres", SQLSyntaxErrorException.class, "42P01", "ordres");
  }

  @Test
  void wrongTypesAndValues() {
    fails(
        "INSERT INTO orders (id, customer, price, placed) VALUES ('apple', 'b', 1, NULL)",
        SQLDataException.class,
        "22018");
    fails(
        "INSERT INTO orders (customer) VALUES ('Bob')",
        SQLIntegrityConstraintViolationException.class,
        "23502",
        "id");
    fails("SELECT 1 / (id - 1) FROM orders", SQLDataException.class, "22012");
    fails("SELECT CAST(customer AS integer) FROM orders", SQLDataException.class, "22018", "Ann");
    fails("SELECT CAST(id * 10000000000 AS integer) FROM orders", SQLDataException.class, "22003");
    fails("SELECT id + placed + customer FROM orders", SQLSyntaxErrorException.class, "42804");
  }

  @Test
  void whatExistsAlready() {
    fails("CREATE TABLE orders (id bigint)", SQLSyntaxErrorException.class, "42P07", "orders");
    fails("CREATE SCHEMA main", SQLSyntaxErrorException.class, "42P06", "main");
  }

  @Test
  void whatIsNotSupportedIsNamed() throws SQLException {
    fails("CREATE INDEX i ON orders (id)", SQLFeatureNotSupportedException.class, "0A000", "INDEX");
    assertThatThrownBy(() -> connection.prepareCall("{? = call x()}"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void readOnlyConnectionsRefuseWrites() throws SQLException {
    connection.setReadOnly(true);
    fails("DELETE FROM orders", SQLException.class, "25006");
    connection.setReadOnly(false);
  }

  @Test
  void injectionStaysData() throws SQLException {
    String hostile = "'; DROP TABLE orders; --";
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM orders WHERE customer = ?")) {
      query.setString(1, hostile);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        assertThat(rows.getLong(1)).isZero();
      }
    }
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> tryToWrite(file))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"))
        .hasMessageContaining("file");
  }

  @Test
  void aFolderOfOtherThingsIsNoDatabase() throws Exception {
    Path other = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(other.resolve("holiday.txt"), "sun");
    assertThatThrownBy(() -> tryToWrite(other))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"))
        .hasMessageContaining("photos");
    assertThat(other.resolve("holiday.txt")).hasContent("sun");
  }

  private static void tryToWrite(Path location) throws SQLException {
    try (Connection elsewhere = DriverManager.getConnection("jdbc:iceberg:" + location);
        Statement create = elsewhere.createStatement()) {
      create.execute("CREATE TABLE t (id bigint)");
    }
  }
}
