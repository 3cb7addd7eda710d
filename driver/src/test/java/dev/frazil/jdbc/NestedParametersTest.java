package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays, rows and maps as parameters, over the real engine and a folder. */
class NestedParametersTest {
  private static final String COLUMNS =
      "(id integer, a array(integer), r row(x integer, \"When\" date), m map(varchar, bigint),"
          + " deep array(row(k varchar, v array(decimal(9, 2)))), ts array(timestamp),"
          + " names array(varchar), amounts array(bigint))";

  @TempDir private static Path folder;
  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    execute("CREATE TABLE t " + COLUMNS);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("DELETE FROM t");
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** The first column of all rows, as text. */
  private static List<String> ask(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static Array integers(Object... elements) throws SQLException {
    return connection.createArrayOf("integer", elements);
  }

  @Test
  void eachKindOfCollectionGoesIntoAnArrayColumn() throws SQLException {
    String sql = "INSERT INTO t (id, a) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      ParameterMetaData markers = insert.getParameterMetaData();
      assertThat(markers.getParameterType(2)).isEqualTo(Types.ARRAY);
      assertThat(markers.getParameterTypeName(2)).isEqualTo("array(integer)");
      insert.setInt(1, 0);
      insert.setArray(2, integers(1, null, 3));
      insert.addBatch();
      insert.setInt(1, 1);
      insert.setObject(2, List.of(1, 2L, "3"));
      insert.addBatch();
      insert.setInt(1, 2);
      insert.setObject(2, new Integer[] {4});
      insert.addBatch();
      insert.setInt(1, 3);
      insert.setObject(2, new int[] {5, 6}, Types.ARRAY);
      insert.addBatch();
      insert.setInt(1, 4);
      insert.setObject(2, List.of());
      insert.addBatch();
      insert.setInt(1, 5);
      insert.setNull(2, Types.ARRAY, "array(integer)");
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1, 1);
    }
    assertThat(ask("SELECT a FROM t ORDER BY id"))
        .containsExactly("[1, null, 3]", "[1, 2, 3]", "[4]", "[5, 6]", "[]", null);
    // One that was read goes in again, also into elements of another type.
    try (PreparedStatement select = connection.prepareStatement("SELECT a FROM t WHERE id = 0");
        ResultSet rows = select.executeQuery()) {
      assertThat(rows.next()).isTrue();
      update("INSERT INTO t (id, a, amounts) VALUES (6, ?, ?)", rows.getArray(1), rows.getArray(1));
    }
    assertThat(ask("SELECT amounts FROM t WHERE a = ? AND id = 6", integers(1, null, 3)))
        .containsExactly("[1, null, 3]");
  }

  @Test
  void rowsComeFromStructsListsAndMaps() throws SQLException {
    Struct struct =
        connection.createStruct(
            "row(x bigint, d date)", new Object[] {1, LocalDate.of(1582, 10, 10)});
    assertThat(struct.getSQLTypeName()).isEqualTo("row(x bigint, d date)");
    update("INSERT INTO t (id, r) VALUES (0, ?)", struct);
    update("INSERT INTO t (id, r) SELECT 1, ?", Arrays.asList(2, null));
    update("INSERT INTO t (id, r) VALUES (2, ?)", Map.of("when", LocalDate.of(2024, 2, 29)));
    update("INSERT INTO t (id, r) VALUES (3, ?)", (Object) new Object[] {4, "2011-12-30"});
    assertThat(ask("SELECT r FROM t ORDER BY id"))
        .containsExactly(
            "(x: 1, When: 1582-10-10)",
            "(x: 2, When: null)",
            "(x: null, When: 2024-02-29)",
            "(x: 4, When: 2011-12-30)");
    update("UPDATE t SET r = ? WHERE r = ?", List.of(9, "2000-01-01"), struct);
    assertThat(ask("SELECT r FROM t WHERE id = 0")).containsExactly("(x: 9, When: 2000-01-01)");
  }

  @Test
  void mapsAndDeepValuesRoundTrip() throws SQLException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b", null);
    List<Object> deep =
        Arrays.asList(
            Map.of("k", "x", "v", new BigDecimal[] {new BigDecimal("1.25"), null}),
            null,
            List.of("y", new double[] {0.5}));
    update(
        "INSERT INTO t (id, m, deep, ts) VALUES (0, ?, ?, ?)",
        map,
        deep,
        List.of(LocalDateTime.of(2011, 12, 30, 1, 2, 3)));
    assertThat(ask("SELECT m FROM t")).containsExactly("{a=1, b=null}");
    assertThat(ask("SELECT deep FROM t"))
        .containsExactly("[(k: x, v: [1.25, null]), null, (k: y, v: [0.50])]");
    assertThat(ask("SELECT ts FROM t")).containsExactly("[2011-12-30 01:02:03]");
    assertThat(ask("SELECT id FROM t WHERE m = ?", map)).containsExactly("0");
    // What the driver gave goes in as it came out.
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery("SELECT m, deep, ts FROM t")) {
      assertThat(rows.next()).isTrue();
      update(
          "INSERT INTO t (id, m, deep, ts) VALUES (1, ?, ?, ?)",
          rows.getObject(1),
          rows.getObject(2),
          rows.getObject(3));
    }
    for (String column : List.of("m", "deep", "ts")) {
      List<String> both = ask("SELECT " + column + " FROM t ORDER BY id");
      assertThat(both.get(1)).isEqualTo(both.get(0));
    }
  }

  @Test
  void anyAllAndUnnestTakeArrays() throws SQLException {
    execute(
        "INSERT INTO t (id, names) VALUES (1, ARRAY['a']), (2, ARRAY['b', 'c']), (3, NULL), (4,"
            + " ARRAY['d'])");
    assertThat(ask("SELECT id FROM t WHERE id = ANY(?) ORDER BY 1", integers(4, 2, 7)))
        .containsExactly("2", "4");
    assertThat(ask("SELECT id FROM t WHERE id <> ALL(?) ORDER BY 1", List.of(4, 2)))
        .containsExactly("1", "3");
    assertThat(ask("SELECT id FROM t WHERE id > ALL(?)", (Object) new long[] {1, 3}))
        .containsExactly("4");
    assertThat(ask("SELECT id FROM t WHERE id IN (SELECT x FROM UNNEST(?) u(x))", integers(3, 1)))
        .containsExactlyInAnyOrder("1", "3");
    assertThat(ask("SELECT x FROM UNNEST(?) u(x)", List.of("p", "q"))).containsExactly("p", "q");
    assertThat(ask("SELECT x + 1 FROM UNNEST(CAST(? AS array(bigint))) u(x)", List.of(1, 2)))
        .containsExactly("2", "3");
    assertThat(ask("SELECT id FROM t WHERE names = ?", List.of("b", "c"))).containsExactly("2");
    assertThat(ask("SELECT cardinality(?)", List.of("b", "c"))).containsExactly("2");
    assertThat(update("DELETE FROM t WHERE id = ANY(?)", integers(1, 3))).isEqualTo(2);
    assertThat(ask("SELECT id FROM t WHERE id = ANY(?)", Collections.emptyList())).isEmpty();
  }

  /** Searched and hashed kinds of values, and those that are compared one by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer",
        "bigint",
        "decimal(9, 2)",
        "decimal(30, 2)",
        "double",
        "varchar",
        "date",
        "uuid"
      })
  void anyAndAllOfEveryType(String type) throws SQLException {
    execute("DROP TABLE IF EXISTS v");
    execute("CREATE TABLE v (k integer, x " + type + ")");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO v VALUES (?, ?)")) {
      for (int k = 1; k <= 5; k++) {
        insert.setInt(1, k);
        insert.setObject(2, k == 5 ? null : value(type, k));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    for (List<Integer> keys :
        List.of(
            Arrays.<Integer>asList(),
            Arrays.asList((Integer) null),
            Arrays.asList(2, null),
            Arrays.asList(2, 4),
            Arrays.asList(9))) {
      List<Object> elements = new ArrayList<>();
      List<String> any = new ArrayList<>();
      List<String> all = new ArrayList<>();
      for (Integer key : keys) {
        elements.add(key == null ? null : value(type, key));
      }
      for (int k = 1; k <= 5; k++) {
        boolean found = k < 5 && keys.contains(k);
        boolean unknown = !found && !keys.isEmpty() && (k == 5 || keys.contains(null));
        any.add(unknown ? null : Boolean.toString(found));
        all.add(unknown ? null : Boolean.toString(!found));
      }
      assertThat(ask("SELECT x = ANY(?) FROM v ORDER BY k", elements)).isEqualTo(any);
      assertThat(ask("SELECT x <> ALL(?) FROM v ORDER BY k", elements)).isEqualTo(all);
      assertThat(ask("SELECT count(*) FROM v WHERE x = ANY(?)", elements))
          .containsExactly(Long.toString(any.stream().filter("true"::equals).count()));
      assertThat(ask("SELECT count(*) FROM v WHERE x <> ALL(?)", elements))
          .containsExactly(Long.toString(all.stream().filter("true"::equals).count()));
    }
  }

  private static Object value(String type, int number) {
    return switch (type) {
      case "date" -> LocalDate.EPOCH.plusDays(number);
      case "uuid" -> new UUID(0, number);
      default -> number;
    };
  }

  /** An element at a time took 23 s for the first of these, and the rest did not end. */
  @Test
  void arraysOfManyKeysAreQuick() throws SQLException {
    execute("CREATE TABLE big AS SELECT x FROM UNNEST(sequence(1, 300000)) u(x)");
    List<Long> keys = new ArrayList<>();
    for (long key = 0; key < 50_000; key++) {
      keys.add(key * 10);
    }
    assertThat(ask("SELECT count(*) FROM big WHERE x = ANY(?)", keys)).containsExactly("30000");
    assertThat(ask("SELECT count(*) FROM big WHERE x <> ALL(?)", keys)).containsExactly("270000");
  }

  @Test
  void anyOpensOnlyFilesThatCanHoldAnElement() throws SQLException {
    execute("CREATE TABLE f (x bigint)");
    for (int first = 0; first < 40; first += 10) {
      execute("INSERT INTO f VALUES (" + first + "), (" + (first + 5) + ")");
    }
    assertThat(ask("EXPLAIN ANALYZE SELECT * FROM f WHERE x = ANY(?)", List.of(10, 11, 12)))
        .anySatisfy(line -> assertThat(line).contains("1 read of 1 planned", "3 by bounds"));
    assertThat(ask("SELECT x FROM f WHERE x = ANY(?)", List.of(10, 35)))
        .containsExactlyInAnyOrder("10", "35");
  }

  @Test
  void mergeAndUpsertTakeArrays() throws SQLException {
    execute("INSERT INTO t (id, a) VALUES (1, ARRAY[0])");
    update(
        "MERGE INTO t USING (VALUES (1, 0), (2, 0)) v(id, z) ON t.id = v.id WHEN MATCHED THEN"
            + " UPDATE SET a = ? WHEN NOT MATCHED THEN INSERT (id, a) VALUES (v.id, ?)",
        List.of(10),
        integers(20, 21));
    assertThat(ask("SELECT a FROM t ORDER BY id")).containsExactly("[10]", "[20, 21]");
  }

  @Test
  void constructedArraysReadLikeStoredOnes() throws SQLException {
    Array numbers = connection.createArrayOf("decimal(9, 2)", new Object[] {"1.5", 2, null});
    assertThat(numbers.getBaseTypeName()).isEqualTo("decimal(9,2)");
    assertThat(numbers.getBaseType()).isEqualTo(Types.DECIMAL);
    assertThat((BigDecimal[]) numbers.getArray())
        .containsExactly(new BigDecimal("1.50"), new BigDecimal("2.00"), null);
    try (ResultSet elements = numbers.getResultSet(2, 1)) {
      assertThat(elements.next()).isTrue();
      assertThat(elements.getInt(1)).isEqualTo(2);
      assertThat(elements.getBigDecimal(2)).isEqualTo("2.00");
      assertThat(elements.next()).isFalse();
    }
    Array grid = connection.createArrayOf("INTEGER", new Integer[][] {{1, 2}, {3}});
    assertThat(grid.getBaseTypeName()).isEqualTo("array(integer)");
    assertThat(grid).hasToString("[[1, 2], [3]]");
    UUID uuid = UUID.randomUUID();
    assertThat(connection.createArrayOf("uuid", new UUID[] {uuid})).hasToString("[" + uuid + "]");
    numbers.free();
    assertThatThrownBy(numbers::getArray).isInstanceOf(SQLException.class);
  }

  @Test
  void besideNullAloneAParameterIsText() throws SQLException {
    assertThat(ask("SELECT NULL = ?", 1)).containsExactly((String) null);
    assertThat(ask("SELECT NULL IS DISTINCT FROM ?", 1)).containsExactly("true");
    state("42P18", () -> ask("SELECT NULL = ANY(?)", List.of(1)));
    assertThat(ask("SELECT NULL = ANY(CAST(? AS array(integer)))", List.of(1)))
        .containsExactly((String) null);
  }

  @Test
  void whatDoesNotFitIsRefused() throws SQLException {
    state("22003", () -> integers(1L << 40));
    state("22018", () -> integers("many"));
    state("42601", () -> connection.createArrayOf("no_such_type", new Object[] {1}));
    state("42601", () -> connection.createArrayOf("integer) , (", new Object[] {1}));
    state("22023", () -> connection.createArrayOf(null, new Object[] {1}));
    state("22023", () -> connection.createArrayOf("integer", null));
    state("22023", () -> connection.createStruct("integer", new Object[] {1}));
    state("22018", () -> connection.createStruct("row(x integer)", new Object[] {1, 2}));
    state("22018", () -> update("INSERT INTO t (id, a) VALUES (1, ?)", "[1]"));
    state("22018", () -> update("INSERT INTO t (id, a) VALUES (1, ?)", 1));
    state("22018", () -> update("INSERT INTO t (id, r) VALUES (1, ?)", Map.of("other", 1)));
    state("22018", () -> update("INSERT INTO t (id, r) VALUES (1, ?)", integers(1, 2)));
    state("22018", () -> update("INSERT INTO t (id, m) VALUES (1, ?)", List.of("a", 1)));
    Map<Object, Object> twice = new LinkedHashMap<>();
    twice.put("1", 1);
    twice.put(1, 2);
    state("22018", () -> update("INSERT INTO t (id, m) VALUES (1, ?)", twice));
    state(
        "22018",
        () -> update("INSERT INTO t (id, m) VALUES (1, ?)", Collections.singletonMap(null, 1)));
    state("22018", () -> update("INSERT INTO t (id) VALUES (?)", List.of(1)));
    assertThat(ask("SELECT count(*) FROM t")).containsExactly("0");
  }

  private interface Work {
    Object run() throws SQLException;
  }

  private static void state(String sqlState, Work work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as("%s", e).isEqualTo(sqlState));
  }
}
