package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.jdbc.ColumnBatches.Batch;
import dev.frazil.jdbc.ColumnBatches.Column;
import dev.frazil.jdbc.ColumnBatches.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the arrays hold is what the getters give, for all types, nulls and several batches. */
class ColumnBatchesTest {
  private static final int ROWS = 10_000;
  private static final String QUERY = "SELECT * FROM every_type";

  @TempDir private Path folder;
  private String url = "";

  @BeforeEach
  void fill() throws SQLException {
    url = "jdbc:iceberg:" + folder;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE every_type (b boolean, i integer, l bigint, f real, d double,
            small decimal(9, 2), wide decimal(30, 4), day date, t time, ts timestamp,
            tz timestamp with time zone, s varchar, v varbinary, u uuid, a array(integer),
            m map(varchar, bigint), r row(x integer, y varchar))\
          """);
      String digits = "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)";
      statement.execute(
          """
          INSERT INTO every_type
          SELECT MOD(n, 2) = 0, n - 5000, CAST(n AS bigint) * 1000000007, CAST(n AS real) / 4, n / 8.0e0,
            CAST(n - 5000 AS decimal(9, 2)), CAST(5000 - n AS decimal(30, 4)) * 100000000000000000,
            DATE '1969-06-01' + INTERVAL '1' DAY * n, TIME '00:00:01' + INTERVAL '7' SECOND * n,
            TIMESTAMP '1969-12-31 12:00:00' + INTERVAL '11' SECOND * n,
            CAST(TIMESTAMP '1969-12-31 12:00:00' + INTERVAL '13' SECOND * n
              AS timestamp with time zone),
            'text ' || MOD(n, 50), CAST('bytes ' || n AS varbinary),
            CAST('00000000-0000-4000-8000-' || LPAD(CAST(n AS varchar), 12, '0') AS uuid),
            ARRAY[n, NULL, n + 1], MAP['k' || n, CAST(n AS bigint)], ROW(n, 'in ' || n)
          FROM (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n
            FROM %1$s AS a (n), %1$s AS b (n), %1$s AS c (n), %1$s AS d (n)) AS rows_ (n)
          """
              .formatted(digits));
      statement.execute(
          "INSERT INTO every_type (i) SELECT CAST(NULL AS integer) FROM (VALUES 1, 2, 3)");
    }
  }

  @Test
  void allTypes() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url + "?threads=1");
        Statement statement = connection.createStatement()) {
      List<List<@Nullable Object>> byRows = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(QUERY)) {
        while (rows.next()) {
          byRows.add(row(rows));
        }
      }
      List<List<@Nullable Object>> byColumns = new ArrayList<>();
      int batches = 0;
      try (ResultSet rows = statement.executeQuery(QUERY)) {
        assertThat(rows.isWrapperFor(ColumnBatches.class)).isTrue();
        ColumnBatches columns = rows.unwrap(ColumnBatches.class);
        assertThat(rows.unwrap(ColumnBatches.class)).isSameAs(columns);
        for (Batch batch = columns.next(); batch != null; batch = columns.next()) {
          batches++;
          for (int i = 0; i < batch.rowCount(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Column column : batch.columns()) {
              row.add(value(column, i));
            }
            byColumns.add(row);
          }
        }
        assertThat(columns.next()).isNull();
        assertState(rows::next, "55000");
      }
      assertThat(batches).isGreaterThan(2);
      assertThat(byRows).hasSize(ROWS + 3);
      assertThat(byColumns).containsExactlyInAnyOrderElementsOf(byRows);
    }
  }

  private static List<@Nullable Object> row(ResultSet rows) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      values.add(plain(rows, i));
    }
    return values;
  }

  private static @Nullable Object plain(ResultSet rows, int column) throws SQLException {
    Object value =
        switch (rows.getMetaData().getColumnTypeName(column)) {
          case "date" -> rows.getObject(column, LocalDate.class);
          case "time" -> rows.getObject(column, LocalTime.class);
          case "timestamp" -> rows.getObject(column, LocalDateTime.class);
          case "timestamp with time zone" -> rows.getObject(column, OffsetDateTime.class);
          default -> rows.getObject(column);
        };
    if (value instanceof OffsetDateTime moment) {
      return moment.toInstant();
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Array array) {
      return Arrays.asList((Object[]) array.getArray());
    } else if (value instanceof Struct struct) {
      return Arrays.asList(struct.getAttributes());
    }
    return value;
  }

  /** By the shapes that the Javadoc of {@link Kind} promises. */
  private static @Nullable Object value(Column column, int row) throws SQLException {
    boolean[] nulls = column.nulls();
    if (nulls != null && nulls[row]) {
      return null;
    }
    return switch (column.kind()) {
      case BOOLEAN -> column.booleans()[row];
      case INT ->
          column.typeName().equals("date")
              ? LocalDate.ofEpochDay(column.ints()[row])
              : (Object) column.ints()[row];
      case LONG -> ofLong(column.typeName(), column.longs()[row]);
      case FLOAT -> column.floats()[row];
      case DOUBLE -> column.doubles()[row];
      case INT128 ->
          new BigDecimal(
              BigInteger.valueOf(column.highs()[row])
                  .shiftLeft(64)
                  .add(new BigInteger(Long.toUnsignedString(column.longs()[row]))),
              4);
      case BYTES -> ofBytes(column, row);
      case LIST -> range(column.children().get(0), column.offsets(), row);
      case MAP -> {
        List<@Nullable Object> keys = range(column.children().get(0), column.offsets(), row);
        List<@Nullable Object> values = range(column.children().get(1), column.offsets(), row);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
          map.put(keys.get(i), values.get(i));
        }
        yield map;
      }
      case STRUCT -> {
        List<@Nullable Object> fields = new ArrayList<>();
        for (Column field : column.children()) {
          fields.add(value(field, row));
        }
        yield fields;
      }
    };
  }

  private static List<@Nullable Object> range(Column elements, int[] offsets, int row)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      values.add(value(elements, i));
    }
    return values;
  }

  private static Object ofLong(String type, long value) {
    return switch (type) {
      case "time" -> LocalTime.ofNanoOfDay(value * 1000);
      case "timestamp" ->
          LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(value, ChronoUnit.MICROS);
      case "timestamp with time zone" -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
      case "decimal(9,2)" -> BigDecimal.valueOf(value, 2);
      default -> value;
    };
  }

  private static Object ofBytes(Column column, int row) throws SQLException {
    int from = column.offsets()[row];
    int length = column.offsets()[row + 1] - from;
    return switch (column.typeName()) {
      case "varchar" -> new String(column.bytes(), from, length, StandardCharsets.UTF_8);
      case "uuid" -> {
        ByteBuffer both = ByteBuffer.wrap(column.bytes(), from, length);
        yield new UUID(both.getLong(), both.getLong());
      }
      default -> HexFormat.of().formatHex(column.bytes(), from, from + length);
    };
  }

  @Test
  void limitsStatesAndLifeTime() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url + "?threads=1");
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(4_500);
      ResultSet rows = statement.executeQuery("SELECT l FROM every_type WHERE l IS NOT NULL");
      ColumnBatches columns = rows.unwrap(ColumnBatches.class);
      Batch first = columns.next();
      long[] before = first.column(1).longs().clone();
      long count = first.rowCount();
      for (Batch batch = columns.next(); batch != null; batch = columns.next()) {
        count += batch.rowCount();
      }
      assertThat(count).isEqualTo(4_500);
      rows.close();
      assertThat(first.column(1).longs()).as("as long as it is held").isEqualTo(before);
      assertThat(first.column(1).kind()).isEqualTo(Kind.LONG);
      assertState(first.column(1)::ints, "22018");
      assertState(columns::next, "55000");
      ResultSet begun = statement.executeQuery(QUERY);
      assertThat(begun.isBeforeFirst()).isTrue();
      assertThat(begun.next()).isTrue();
      assertState(() -> begun.unwrap(ColumnBatches.class), "55000");
      ResultSet looked = statement.executeQuery(QUERY);
      assertThat(looked.isBeforeFirst()).as("fetches a batch").isTrue();
      ColumnBatches all = looked.unwrap(ColumnBatches.class);
      long read = 0;
      for (Batch batch = all.next(); batch != null; batch = all.next()) {
        read += batch.rowCount();
      }
      assertThat(read).isEqualTo(4_500);
    }
  }

  @Test
  void icebergsOwnView() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      FrazilConnection frazil = connection.unwrap(FrazilConnection.class);
      Table table = frazil.table("main", "every_type");
      assertThat(table.schema().columns()).hasSize(17);
      assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "10003");
      assertState(() -> frazil.table("main", "nowhere"), "42P01");
      assertState(() -> frazil.table(null, "t"), "22023");
      assertThat(connection.isWrapperFor(Catalog.class)).isTrue();
      Catalog catalog = connection.unwrap(Catalog.class);
      assertThat(catalog.loadTable(TableIdentifier.of("main", "every_type")).uuid())
          .isEqualTo(table.uuid());
      connection.setAutoCommit(false);
      connection.createStatement().execute("CREATE TABLE mine (n integer)");
      assertThat(frazil.table("main", "mine").schema().columns())
          .as("as its transaction sees it")
          .hasSize(1);
      assertThat(catalog.tableExists(TableIdentifier.of("main", "mine"))).isFalse();
      connection.close();
      assertState(frazil::icebergCatalog, "08003");
    }
  }
}
