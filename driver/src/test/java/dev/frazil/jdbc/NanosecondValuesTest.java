package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nanoseconds through parameters, getters and metadata. */
class NanosecondValuesTest {
  private static final LocalDateTime LOCAL = LocalDateTime.parse("2026-01-01T12:34:56.123456789");
  private static final Instant INSTANT = Instant.parse("2026-01-01T12:34:56.123456789Z");

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.toUri());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id integer, l timestamp(9), z timestamp(9) with time zone,"
              + " a array(timestamp_ns)) WITH (\"format-version\" = '3')");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void parametersAndGettersKeepNineDigits() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t (id, l, z) VALUES (?, ?, ?)")) {
      Object[][] pairs = {
        {LOCAL, INSTANT},
        {Timestamp.valueOf(LOCAL), OffsetDateTime.parse("2026-01-01T14:34:56.123456789+02:00")},
        {LOCAL.toString(), ZonedDateTime.parse("2026-01-01T12:34:56.123456789Z[UTC]")}
      };
      for (int i = 0; i < pairs.length; i++) {
        insert.setInt(1, i);
        insert.setObject(2, pairs[i][0]);
        insert.setObject(3, pairs[i][1]);
        insert.executeUpdate();
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l, z, ARRAY[l] AS a FROM t WHERE l = ? AND z = ? ORDER BY id")) {
      select.setObject(1, LOCAL);
      select.setTimestamp(2, Timestamp.from(INSTANT));
      try (ResultSet rows = select.executeQuery()) {
        for (int i = 0; i < 3; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(LOCAL);
          assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(LOCAL));
          assertThat(rows.getObject(1)).isEqualTo(Timestamp.valueOf(LOCAL));
          assertThat(rows.getString(1)).isEqualTo("2026-01-01 12:34:56.123456789");
          assertThat(rows.getObject(2, OffsetDateTime.class).toInstant()).isEqualTo(INSTANT);
          assertThat(rows.getObject(2, Instant.class)).isEqualTo(INSTANT);
          assertThat(rows.getTimestamp(2).toInstant()).isEqualTo(INSTANT);
          assertThat(rows.getString(2)).isEqualTo("2026-01-01 12:34:56.123456789+00:00");
          assertThat((Object[]) rows.getArray(3).getArray())
              .containsExactly(Timestamp.valueOf(LOCAL));
        }
        assertThat(rows.next()).isFalse();
      }
      select.setObject(1, LOCAL.plusNanos(1));
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void whatNoNanosecondsReachIsRefused() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (l) VALUES (?)")) {
      assertThatThrownBy(() -> insert.setObject(1, LocalDateTime.parse("2300-01-01T00:00:00")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22008"));
    }
  }

  @Test
  void metadataTellsOfNineDigits() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT l, z FROM t")) {
      ResultSetMetaData metadata = rows.getMetaData();
      assertThat(metadata.getColumnType(1)).isEqualTo(Types.TIMESTAMP);
      assertThat(metadata.getColumnType(2)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
      assertThat(metadata.getColumnTypeName(1)).isEqualTo("timestamp(9)");
      assertThat(metadata.getColumnTypeName(2)).isEqualTo("timestamp(9) with time zone");
      assertThat(metadata.getPrecision(1)).isEqualTo("2026-01-01 12:34:56.123456789".length());
      assertThat(metadata.getPrecision(2))
          .isEqualTo("2026-01-01 12:34:56.123456789+00:00".length());
      assertThat(metadata.getScale(1)).isEqualTo(9);
      assertThat(metadata.getScale(2)).isEqualTo(9);
    }
    try (ResultSet columns = connection.getMetaData().getColumns(null, null, "t", "l")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.TIMESTAMP);
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("timestamp(9)");
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(9);
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(29);
    }
  }
}
