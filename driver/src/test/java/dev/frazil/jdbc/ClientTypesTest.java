package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clientTypes=basic}: what clients of few types are told, and that it is what they get. */
class ClientTypesTest {
  /** Those that Spark's default dialect reads. */
  private static final Set<Integer> BASIC =
      Set.of(
          Types.BOOLEAN,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.VARCHAR,
          Types.VARBINARY,
          Types.BINARY);

  private static final String QUERY = "SELECT *, NULL AS nothing, ARRAY[id] AS several FROM wide";

  @TempDir private Path folder;

  private Connection connect(String types) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:iceberg:" + folder.resolve("db") + "?clientTypes=" + types);
  }

  @BeforeEach
  void create() throws SQLException {
    try (Connection connection = connect("all");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE wide (id uuid PRIMARY KEY, at timestamp with time zone, local timestamp,"
              + " list array(integer), pairs map(varchar, integer), pair row(x integer, y varchar),"
              + " n integer, d decimal(9, 2), bytes varbinary, four fixed(4), flag boolean, day"
              + " date, clock time, r real, dbl double, text varchar)");
      statement.execute(
          "INSERT INTO wide (id, at, local, list, pairs, pair, n) VALUES (UUID"
              + " '00112233-4455-6677-8899-aabbccddeeff', TIMESTAMP WITH TIME ZONE '2026-03-29"
              + " 01:30:00+00:00', TIMESTAMP '2026-03-29 01:30:00', ARRAY[1, 2], MAP['a', 1],"
              + " ROW(1, 'b'), 7)");
    }
  }

  @Test
  void resultsHoldBasicTypesOnly() throws SQLException {
    try (Connection connection = connect("basic");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnLabel(i);
        assertThat(BASIC).as(name).contains(columns.getColumnType(i));
        Object value = rows.getObject(i);
        if (value != null) {
          assertThat(value.getClass().getName()).as(name).isEqualTo(columns.getColumnClassName(i));
        }
      }
      assertThat(rows.getObject("id")).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
      assertThat(rows.getObject("list")).isEqualTo("[1, 2]");
      assertThat(rows.getObject("pairs")).isEqualTo("{a=1}");
      assertThat(rows.getString("pair")).isEqualTo("(x: 1, y: b)");
      Timestamp at = Timestamp.from(Instant.parse("2026-03-29T01:30:00Z"));
      assertThat(rows.getObject("at")).isEqualTo(at);
      assertThat(rows.getTimestamp("at")).isEqualTo(at);
      assertThat(Timestamp.valueOf(rows.getString("at"))).isEqualTo(at);
      assertThat(rows.getObject("id", UUID.class).getLeastSignificantBits()).isNegative();
      assertThat(columns.getColumnTypeName(rows.findColumn("at"))).isEqualTo("timestamp");
      assertThat(columns.getColumnTypeName(rows.findColumn("list"))).isEqualTo("varchar");
    }
  }

  @Test
  void tablesAndParametersHoldBasicTypesOnly() throws SQLException {
    try (Connection connection = connect("basic")) {
      List<Integer> ofTable = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getColumns(null, "main", "wide", "%")) {
        while (rows.next()) {
          ofTable.add(rows.getInt("DATA_TYPE"));
        }
      }
      assertThat(BASIC).containsAll(ofTable);
      try (PreparedStatement query = connection.prepareStatement(QUERY)) {
        ResultSetMetaData columns = query.getMetaData();
        for (int i = 1; i <= ofTable.size(); i++) {
          assertThat(columns.getColumnType(i)).isEqualTo(ofTable.get(i - 1));
        }
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO wide (id, at, n) VALUES (?, ?, ?)")) {
        ParameterMetaData parameters = insert.getParameterMetaData();
        assertThat(parameters.getParameterType(1)).isEqualTo(Types.VARCHAR);
        assertThat(parameters.getParameterType(2)).isEqualTo(Types.TIMESTAMP);
        insert.setString(1, "99112233-4455-6677-8899-aabbccddeeff");
        insert.setTimestamp(2, Timestamp.from(Instant.EPOCH));
        insert.setInt(3, 9);
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT \"at\" FROM wide WHERE n = 9")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(Instant.EPOCH);
      }
      try (ResultSet key =
          connection.getMetaData().getBestRowIdentifier(null, "main", "wide", 2, true)) {
        assertThat(key.next()).isTrue();
        assertThat(key.getInt("DATA_TYPE")).isEqualTo(Types.VARCHAR);
      }
    }
  }

  @Test
  void allTypesAreToldWithoutTheProperty() throws SQLException {
    try (Connection connection = connect("all");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnType(rows.findColumn("id"))).isEqualTo(Types.OTHER);
      assertThat(columns.getColumnType(rows.findColumn("at")))
          .isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
      assertThat(columns.getColumnType(rows.findColumn("pair"))).isEqualTo(Types.STRUCT);
    }
  }

  @Test
  void propertiesAreDescribedWithTheirChoices() throws SQLException {
    DriverPropertyInfo[] all = new FrazilDriver().getPropertyInfo("jdbc:iceberg:/x", null);
    for (DriverPropertyInfo each : all) {
      assertThat(each.description).as(each.name).isNotBlank();
      if (each.choices != null && each.value != null) {
        assertThat(each.choices).as(each.name).contains(each.value);
      }
    }
    assertThat(Arrays.stream(all).filter(each -> each.name.equals("clientTypes")).findFirst())
        .hasValueSatisfying(each -> assertThat(each.choices).containsExactly("all", "basic"));
  }
}
