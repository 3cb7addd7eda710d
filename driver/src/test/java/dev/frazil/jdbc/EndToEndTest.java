package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JDBC over the real engine and a folder. */
class EndToEndTest {
  @TempDir private Path folder;

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
  }

  @Test
  void everyTypeRoundTrips() throws SQLException {
    UUID uuid = UUID.randomUUID();
    Instant instant = Instant.parse("2011-12-30T10:00:00.123456Z");
    LocalDateTime local = LocalDateTime.of(1582, 10, 10, 23, 59, 59, 999_999_000);
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE kinds (b boolean, i integer, l bigint, r real, d double, m decimal(10, 2),"
              + " w decimal(38, 3), da date, ti time, ts timestamp,"
              + " tz timestamp with time zone, v varchar, vb varbinary, u uuid)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        Object[] row = {
          true,
          7,
          1L << 40,
          1.5f,
          -0.5,
          new BigDecimal("12.70"),
          new BigDecimal("-12345678901234567890123456789012345.678"),
          LocalDate.of(2011, 12, 30),
          LocalTime.of(13, 45, 1, 123_456_000),
          local,
          instant,
          "grün",
          new byte[] {1, (byte) 0xab},
          uuid
        };
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.addBatch();
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, null);
        }
        insert.addBatch();
        assertThat(insert.executeLargeBatch()).containsExactly(1, 1);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM kinds WHERE i IS NOT NULL")) {
          assertThat(rows.next()).isTrue();
          for (int i = 0; i < row.length; i++) {
            assertThat((Object) rows.getObject(i + 1, row[i].getClass())).isEqualTo(row[i]);
            assertThat(rows.getObject(i + 1).getClass().getName())
                .isEqualTo(rows.getMetaData().getColumnClassName(i + 1));
          }
          assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = statement.executeQuery("SELECT * FROM kinds WHERE i IS NULL")) {
          assertThat(rows.next()).isTrue();
          for (int i = 1; i <= row.length; i++) {
            assertThat(rows.getObject(i)).isNull();
          }
        }
      }
    }
  }

  @Test
  void transactionsHoldTogether() throws SQLException {
    try (Connection writer = open();
        Connection reader = open();
        Statement write = writer.createStatement();
        Statement read = reader.createStatement()) {
      write.execute("CREATE TABLE a (n bigint)");
      write.execute("CREATE TABLE b (n bigint)");
      writer.setAutoCommit(false);
      write.executeUpdate("INSERT INTO a VALUES (1)");
      write.executeUpdate("INSERT INTO b VALUES (1)");
      assertThat(count(write, "a")).as("own changes").isEqualTo(1);
      assertThat(count(read, "a")).as("not yet").isZero();
      writer.commit();
      assertThat(count(read, "a") + count(read, "b")).isEqualTo(2);
      write.executeUpdate("DELETE FROM a WHERE n = 1");
      writer.rollback();
      assertThat(count(read, "a")).isEqualTo(1);
      writer.setAutoCommit(true);
      assertThat(write.executeUpdate("UPDATE a SET n = n + 1")).isEqualTo(1);
    }
  }

  @Test
  void aStatementOfTheOtherKindDoesNothing() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE a (n bigint)");
      assertThatThrownBy(() -> statement.executeQuery("INSERT INTO a VALUES (1)"))
          .isInstanceOf(SQLSyntaxErrorException.class)
          .hasMessageContaining("call executeUpdate or execute instead of executeQuery");
      assertThatThrownBy(() -> statement.executeQuery("DROP TABLE a"))
          .isInstanceOf(SQLSyntaxErrorException.class);
      assertThatThrownBy(() -> statement.executeUpdate("SELECT * FROM a"))
          .isInstanceOf(SQLSyntaxErrorException.class)
          .hasMessageContaining("call executeQuery or execute instead of executeUpdate");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO a VALUES (?)")) {
        insert.setLong(1, 1);
        assertThatThrownBy(insert::executeQuery).isInstanceOf(SQLSyntaxErrorException.class);
      }
      assertThat(count(statement, "a")).isZero();
    }
  }

  @Test
  void theApplicationsNameStandsInTheSnapshots() throws SQLException, IOException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE a (n bigint)");
      connection.setClientInfo("ApplicationName", "nightly load");
      statement.executeUpdate("INSERT INTO a VALUES (1)");
      assertThat(metadata()).anyMatch(text -> text.contains("nightly load"));
      connection.setAutoCommit(false);
      connection.setClientInfo("ApplicationName", "repair");
      statement.executeUpdate("INSERT INTO a VALUES (2)");
      connection.commit();
      assertThat(metadata()).anyMatch(text -> text.contains("repair"));
    }
  }

  private List<String> metadata() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".metadata.json")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void thePropertyQueryTimeoutIsTheDefaultOfStatements() throws SQLException {
    String slow = "SELECT count(*) FROM t a, t b, t c WHERE a.n + b.n < c.n - 5999";
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:iceberg:" + folder.resolve("db") + "?queryTimeout=1");
        Statement statement = connection.createStatement();
        PreparedStatement insert = prepareRows(connection, 6_000)) {
      assertThat(statement.getQueryTimeout()).isEqualTo(1);
      assertThatThrownBy(() -> statement.executeQuery(slow).next())
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("raise setQueryTimeout or the property queryTimeout");
      assertThat(insert.isClosed()).isFalse();
      statement.setQueryTimeout(0);
      try (ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
        assertThat(rows.next()).isTrue();
        pause(1_200);
        int read = 1;
        while (rows.next()) {
          read++;
        }
        assertThat(read).as("the statement has no timeout any more").isEqualTo(6_000);
      }
    }
  }

  private static PreparedStatement prepareRows(Connection connection, int rows)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n bigint)");
    }
    PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)");
    for (int i = 0; i < rows; i++) {
      insert.setLong(1, i);
      insert.addBatch();
    }
    insert.executeBatch();
    return insert;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void aClientBrowses() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA sales");
      statement.execute("CREATE TABLE sales.deals (id bigint NOT NULL, price decimal(10, 2))");
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(strings(metaData.getSchemas(), 1)).contains("main", "sales");
      assertThat(strings(metaData.getTables(null, "sales", "%", null), 3)).containsExactly("deals");
      try (ResultSet columns = metaData.getColumns(null, "sales", "%", "%")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
        assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(1);
        assertThat(columns.next()).isTrue();
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
        assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(2);
        assertThat(columns.next()).isFalse();
      }
      connection.setSchema("sales");
      try (PreparedStatement query =
          connection.prepareStatement("SELECT id, price AS p FROM deals WHERE 1 = 0;")) {
        ResultSetMetaData before = query.getMetaData();
        assertThat(before.getColumnLabel(2)).isEqualTo("p");
        assertThat(before.getColumnName(2)).isEqualTo("price");
        assertThat(before.getTableName(1)).isEqualTo("deals");
        assertThat(before.getSchemaName(1)).isEqualTo("sales");
        assertThat(before.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
        assertThat(before.getPrecision(2)).isEqualTo(10);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @Test
  void escapesAndNullOrder() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT {d '2024-02-29'}, {ts '2024-02-29 13:45:00'}, {fn upper('a')} -- {x}")) {
      rows.next();
      assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
      assertThat(rows.getObject(2, LocalDateTime.class))
          .isEqualTo(LocalDateTime.of(2024, 2, 29, 13, 45));
      assertThat(rows.getString(3)).isEqualTo("A");
      assertThat(connection.getMetaData().nullsAreSortedAtEnd()).isTrue();
    }
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      String values = "SELECT n FROM (VALUES (1), (CAST(NULL AS integer))) AS t (n) ORDER BY n";
      assertThat(strings(statement.executeQuery(values), 1)).containsExactly("1", null);
      assertThat(strings(statement.executeQuery(values + " DESC"), 1)).containsExactly("1", null);
    }
  }

  @Test
  void connectionsOfOneConfigurationShareTheEngine() throws SQLException {
    int before = EngineRegistry.SHARED.enginesInUse();
    try (Connection first = open();
        Connection second = open()) {
      assertThat(first.isValid(0) && second.isValid(0)).isTrue();
      assertThat(EngineRegistry.SHARED.enginesInUse()).isEqualTo(before + 1);
    }
    assertThat(EngineRegistry.SHARED.enginesInUse()).isEqualTo(before);
  }

  private static List<String> strings(ResultSet rows, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }
}
