package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What results and parameters tell of themselves, before the statement runs and after. */
class ColumnMetaDataTest {
  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void create() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    statement.execute("CREATE SCHEMA sales");
    statement.execute(
        "CREATE TABLE sales.item (id bigint NOT NULL, name varchar, price decimal(10, 2), cents"
            + " decimal(2, 2), made timestamp, tags array(varchar), size row(w integer, h double),"
            + " more map(varchar, array(integer)))");
    statement.execute("CREATE TABLE sold (item_id bigint, count integer)");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** {@code label=schema.table.column} of each column, {@code label=} for a computed one. */
  private static String origins(ResultSetMetaData columns) throws SQLException {
    List<String> origins = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String table = columns.getTableName(i);
      origins.add(
          columns.getColumnLabel(i)
              + "="
              + (table.isEmpty()
                  ? columns.getSchemaName(i)
                  : columns.getSchemaName(i) + "." + table + "." + columns.getColumnName(i)));
      assertThat(columns.isReadOnly(i)).isEqualTo(table.isEmpty());
      assertThat(columns.isWritable(i)).isEqualTo(!table.isEmpty());
      assertThat(columns.isDefinitelyWritable(i)).isFalse();
      assertThat(columns.getCatalogName(i)).isEmpty();
      assertThat(columns.isSearchable(i)).isTrue();
      assertThat(columns.isAutoIncrement(i)).isFalse();
      assertThat(columns.isCurrency(i)).isFalse();
    }
    return String.join(" ", origins);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id, name AS n FROM sales.item | id=sales.item.id n=sales.item.name",
        "SELECT i.id, i.id + 1 AS more FROM sales.item AS i | id=sales.item.id more=",
        "SELECT * FROM sold | item_id=main.sold.item_id count=main.sold.count",
        "SELECT i.name, s.count FROM sales.item i JOIN sold s ON s.item_id = i.id"
            + " | name=sales.item.name count=main.sold.count",
        "SELECT q.x FROM (SELECT id AS x FROM sales.item) q | x=sales.item.id",
        "WITH c AS (SELECT name AS m FROM sales.item) SELECT m FROM c | m=sales.item.name",
        "SELECT max(id) AS m, name FROM sales.item GROUP BY name | m= name=sales.item.name",
        "SELECT id FROM sales.item UNION ALL SELECT item_id FROM sold | id=",
        "SELECT (SELECT max(count) FROM sold) AS m FROM sales.item | m=",
        "SELECT id FROM sales.item WHERE name = 'x' ORDER BY price LIMIT 3 | id=sales.item.id",
        "SELECT i.size.w, i.size, i.tags[1] AS tag FROM sales.item i"
            + " | w= size=sales.item.size tag=",
        "SELECT 1 AS one, 'x' AS two, NULL AS three | one= two= three=",
        "SELECT DISTINCT q.name, q.more FROM (SELECT name, id + 1 AS more FROM sales.item) q"
            + " | name=sales.item.name more=",
        "SELECT id, row_number() OVER (ORDER BY id) AS r FROM (SELECT id FROM sales.item) q"
            + " | id=sales.item.id r=",
        "SELECT a.n FROM (SELECT count AS n FROM sold) a LEFT JOIN (SELECT id FROM sales.item) b ON"
            + " a.n = b.id | n=main.sold.count"
      })
  void columnsTellTheirTable(String sql, String expected) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(sql.strip())) {
      String before = origins(prepared.getMetaData());
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(origins(rows.getMetaData())).isEqualTo(before);
      }
      assertThat(before).isEqualTo(expected.strip());
    }
  }

  @Test
  void typesAreToldInFull() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("SELECT * FROM sales.item")) {
      ResultSetMetaData columns = prepared.getMetaData();
      List<String> found = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        found.add(
            String.join(
                " | ",
                columns.getColumnTypeName(i),
                columns.getColumnClassName(i),
                columns.getPrecision(i) + "," + columns.getScale(i),
                Integer.toString(columns.getColumnDisplaySize(i)),
                columns.isSigned(i) ? "signed" : "unsigned",
                columns.isCaseSensitive(i) ? "cased" : "uncased",
                columns.isNullable(i) == ResultSetMetaData.columnNoNulls ? "not null" : "null"));
      }
      int most = Integer.MAX_VALUE;
      assertThat(found)
          .containsExactly(
              "bigint | java.lang.Long | 19,0 | 20 | signed | uncased | not null",
              "varchar | java.lang.String | "
                  + most
                  + ",0 | "
                  + most
                  + " | unsigned | cased | null",
              "decimal | java.math.BigDecimal | 10,2 | 12 | signed | uncased | null",
              "decimal | java.math.BigDecimal | 2,2 | 5 | signed | uncased | null",
              "timestamp | java.sql.Timestamp | 26,6 | 26 | unsigned | uncased | null",
              "array(varchar) | java.sql.Array | 0,0 | " + most + " | unsigned | uncased | null",
              "row(w integer, h double) | java.sql.Struct | 0,0 | "
                  + most
                  + " | unsigned | uncased | null",
              "map(varchar, array(integer)) | java.util.Map | 0,0 | "
                  + most
                  + " | unsigned | uncased | null");
      assertThatThrownBy(() -> columns.getColumnName(0)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> columns.getColumnName(9)).isInstanceOf(SQLException.class);
    }
    statement.execute("INSERT INTO sales.item (id, cents) VALUES (1, -0.99)");
    try (ResultSet rows = statement.executeQuery("SELECT cents FROM sales.item")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1).length()).isEqualTo(rows.getMetaData().getColumnDisplaySize(1));
    }
  }

  @Test
  void statementsWithoutRowsHaveNoColumns() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("DELETE FROM sold")) {
      assertThat(prepared.getMetaData()).isNull();
    }
    try (PreparedStatement prepared =
        connection.prepareStatement("INSERT INTO sold VALUES (1, 2) RETURNING count, item_id")) {
      assertThat(prepared.getMetaData().getColumnLabel(2)).isEqualTo("item_id");
    }
    try (PreparedStatement prepared =
        connection.prepareStatement("CALL system.remove_orphan_files('sold')")) {
      assertThat(prepared.getMetaData().getColumnLabel(1)).isEqualTo("orphan_file_location");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO sales.item (id, name, price, made) VALUES (?, ?, ?, ?)"
            + " | bigint,varchar,decimal,timestamp",
        "INSERT INTO sold VALUES (?, ?), (?, 7) | bigint,integer,bigint",
        "UPDATE sales.item SET price = ?, name = ? WHERE id = ? | decimal,varchar,bigint",
        "DELETE FROM sales.item WHERE made < ? OR id IN (?, ?) | timestamp,bigint,bigint",
        "SELECT id FROM sales.item WHERE price BETWEEN ? AND ? | decimal,decimal",
        "SELECT id FROM sales.item WHERE name LIKE ? ORDER BY id LIMIT ? OFFSET ?"
            + " | varchar,bigint,bigint",
        "SELECT lpad(name, ?, ?) FROM sales.item | bigint,varchar",
        "SELECT coalesce(price, ?) FROM sales.item | decimal",
        "SELECT CAST(? AS date) FROM sold | date",
        "MERGE INTO sold USING (VALUES (1)) AS s(n) ON item_id = ? WHEN MATCHED THEN UPDATE SET"
            + " count = ? | bigint,integer"
      })
  void parametersHaveTheTypesOfTheirPlaces(String sql, String expected) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(sql.strip())) {
      ParameterMetaData parameters = prepared.getParameterMetaData();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= parameters.getParameterCount(); i++) {
        types.add(parameters.getParameterTypeName(i));
        assertThat(parameters.getParameterMode(i)).isEqualTo(ParameterMetaData.parameterModeIn);
        assertThat(parameters.isNullable(i)).isEqualTo(ParameterMetaData.parameterNullableUnknown);
        assertThat(parameters.getParameterClassName(i)).startsWith("java.");
        if (parameters.getParameterType(i) == Types.DECIMAL) {
          assertThat(parameters.getPrecision(i)).isEqualTo(10);
          assertThat(parameters.getScale(i)).isEqualTo(2);
          assertThat(parameters.isSigned(i)).isTrue();
        }
      }
      assertThat(String.join(",", types)).isEqualTo(expected.strip());
      int count = types.size();
      assertThatThrownBy(() -> parameters.getParameterType(count + 1))
          .isInstanceOf(SQLException.class);
    }
  }
}
