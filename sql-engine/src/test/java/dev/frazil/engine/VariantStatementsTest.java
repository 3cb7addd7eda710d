package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns and values of type variant, from the statement to the file and back. */
class VariantStatementsTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private static void assertFails(SqlState state, String text, ThrowingCallable statement) {
    assertThatThrownBy(statement)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).as(e.getMessage()).isEqualTo(state);
              assertThat(e.getMessage()).contains(text);
            });
  }

  private void create() {
    frazil.script(
        "CREATE TABLE t (id integer, v variant) WITH (\"format-version\" = '3')",
        "INSERT INTO t VALUES"
            + " (1, PARSE_JSON('{\"a\": {\"b\": [10, 2.50, \"x\"]}, \"n\": null}')),"
            + " (2, PARSE_JSON('[1, {\"a\": true}]')),"
            + " (3, PARSE_JSON('null')), (4, NULL), (5, CAST(12345678901 AS variant))");
  }

  @Test
  void variantsAreKeptInATable() {
    create();
    assertThat(rows("SELECT id, v FROM t ORDER BY id"))
        .containsExactly(
            "1 | {\"a\":{\"b\":[10,2.50,\"x\"]},\"n\":null}",
            "2 | [1,{\"a\":true}]",
            "3 | null",
            "4 | NULL",
            "5 | 12345678901");
    assertThat(rows("SELECT id FROM t WHERE v IS NULL")).containsExactly("4");
    assertThat(rows("SELECT id FROM t WHERE is_variant_null(v)")).containsExactly("3");
    frazil.update("UPDATE t SET v = PARSE_JSON('{\"new\": 1}') WHERE id = 4");
    frazil.update("DELETE FROM t WHERE id = 2");
    frazil.query("CALL system.rewrite_data_files(table => 't')");
    assertThat(rows("SELECT id, TO_JSON(v) FROM t WHERE id IN (2, 4)"))
        .containsExactly("4 | {\"new\":1}");
    assertThat(rows("DESCRIBE t").get(1)).contains("variant");
  }

  @Test
  void anotherEngineReadsTheParts() {
    create();
    String file = rows("SELECT DISTINCT _file FROM t").get(0);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      assertThat(
              duckDb
                  .query(
                      "SELECT name, type, repetition_type, field_id, num_children"
                          + " FROM parquet_schema('"
                          + file
                          + "') OFFSET 2")
                  .lines())
          .hasSize(3)
          .satisfies(
              lines -> {
                assertThat(lines.get(0)).startsWith("v | NULL | OPTIONAL | 2 | 2");
                assertThat(lines.get(1)).startsWith("metadata | BYTE_ARRAY | REQUIRED | NULL");
                assertThat(lines.get(2)).startsWith("value | BYTE_ARRAY | REQUIRED | NULL");
              });
      assertThat(
              duckDb
                  .query(
                      "SELECT id, v::json::varchar FROM read_parquet('" + file + "') ORDER BY id")
                  .lines())
          .containsExactly(
              "1 | {\"a\":{\"b\":[10,2.50,\"x\"]},\"n\":null}",
              "2 | [1,{\"a\":true}]",
              "3 | NULL",
              "4 | NULL",
              "5 | 12345678901");
    }
  }

  @Test
  void partsAreFoundByPaths() {
    create();
    assertThat(
            rows(
                "SELECT VARIANT_GET(v, '$.a.b[0]', 'bigint'), VARIANT_GET(v, '$.a.b[1]',"
                    + " 'decimal(5,2)'), VARIANT_GET(v, '$.a.b[2]', 'string'), VARIANT_GET(v,"
                    + " '$.n', 'int'), VARIANT_GET(v, '$.none', 'int'), VARIANT_GET(v, '$.a') FROM"
                    + " t WHERE id = 1"))
        .containsExactly("10 | 2.5 | x | NULL | NULL | {\"b\":[10,2.50,\"x\"]}");
    assertThat(rows("SELECT v['a']['b'][1], v[1], v['a']['none'] FROM t WHERE id = 1"))
        .containsExactly("2.50 | NULL | NULL");
    assertThat(rows("SELECT v[1]['a'] FROM t WHERE id = 2")).containsExactly("true");
    assertThat(rows("SELECT TRY_VARIANT_GET(v, '$.a', 'int') FROM t WHERE id = 1"))
        .containsExactly("NULL");
    assertFails(
        SqlState.INVALID_CAST,
        "is not a valid integer",
        () -> frazil.query("SELECT VARIANT_GET(v, '$.a', 'int') FROM t WHERE id = 1"));
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "'a.b' is no path",
        () -> frazil.query("SELECT VARIANT_GET(v, 'a.b', 'int') FROM t"));
  }

  @Test
  void aColonBeginsAPath() {
    create();
    assertThat(
            rows(
                "SELECT v:a.b[0]::integer + 1, v:a['b'][2]::varchar || '!', t.v:n, v:\"a\".none,"
                    + " JSON_OBJECT('k': id) FROM t WHERE v:a.b[0]::integer = 10"))
        .containsExactly("11 | x! | null | NULL | {\"k\":1}");
    assertThat(rows("SELECT v:[1].a::boolean, v:A FROM t WHERE id = 2"))
        .containsExactly("true | NULL");
    assertThat(rows("SELECT ARRAY[1, 2, 3][2:3]")).containsExactly("[2, 3]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CAST(PARSE_JSON('12') AS integer); 12",
        "CAST(PARSE_JSON('12') AS varchar); 12",
        "CAST(PARSE_JSON('\"12\"') AS integer); 12",
        "CAST(PARSE_JSON('\"12\"') AS varchar); 12",
        "CAST(PARSE_JSON('1.50') AS double); 1.5",
        "CAST(PARSE_JSON('1e2') AS bigint); 100",
        "CAST(PARSE_JSON('true') AS boolean); true",
        "CAST(PARSE_JSON('null') AS integer); NULL",
        "CAST(PARSE_JSON('\"2024-02-29\"') AS date); 2024-02-29",
        "CAST(CAST(DATE '2024-02-29' AS variant) AS timestamp); 2024-02-29T00:00",
        "CAST(CAST(DATE '2024-02-29' AS variant) AS varchar); 2024-02-29",
        "CAST(PARSE_JSON('[1, null, \"3\"]') AS integer array); [1, NULL, 3]",
        "CAST(PARSE_JSON('{\"b\": [1], \"a\": \"x\"}') AS row(a varchar, b integer array));"
            + " [x, [1]]",
        "CAST(CAST(CAST(TIMESTAMP '2024-02-29 01:02:03.123456789' AS timestamp_ns) AS variant) AS"
            + " varchar); 2024-02-29 01:02:03.123456789",
        "CAST(ARRAY[1, 2] AS variant); [1,2]",
        "CAST(CAST(ROW('x', 1) AS row(p varchar, q integer)) AS variant); {\"p\":\"x\",\"q\":1}",
        "CAST(MAP(ARRAY['k', 'j'], ARRAY[1.5, NULL]) AS variant); {\"j\":null,\"k\":1.5}",
        "TRY_CAST(PARSE_JSON('[1]') AS integer); NULL",
        "CAST(NULL AS variant); NULL",
        "TRY_PARSE_JSON('{'); NULL",
        "SCHEMA_OF_VARIANT(PARSE_JSON('{\"a\": 1}')); OBJECT<a: BIGINT>"
      })
  void valuesConvert(String expression, String expected) {
    assertThat(rows("SELECT " + expression)).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v FROM t ORDER BY v",
        "SELECT DISTINCT v FROM t",
        "SELECT v, count(*) FROM t GROUP BY v",
        "SELECT id FROM t WHERE v = v",
        "SELECT max(v) FROM t",
        "SELECT count(DISTINCT v) FROM t",
        "SELECT v FROM t UNION SELECT v FROM t",
        "SELECT row_number() OVER (PARTITION BY v) FROM t",
        "SELECT a.id FROM t AS a JOIN t AS b ON a.v = b.v",
        "SELECT ARRAY[v] FROM t ORDER BY 1"
      })
  void whatNeedsAnOrderIsRefused(String sql) {
    create();
    assertFails(SqlState.FEATURE_NOT_SUPPORTED, "variant", () -> frazil.query(sql));
  }

  @Test
  void whatNeedsNoOrderWorks() {
    create();
    assertThat(rows("SELECT count(v), any_value(id) IS NOT NULL FROM t"))
        .containsExactly("4 | true");
    assertThat(rows("SELECT v FROM t WHERE id = 2 UNION ALL SELECT v FROM t WHERE id = 5"))
        .containsExactlyInAnyOrder("[1,{\"a\":true}]", "12345678901");
    assertThat(rows("SELECT COALESCE(v, PARSE_JSON('0')) FROM t WHERE id = 4"))
        .containsExactly("0");
    assertThat(rows("SELECT CASE WHEN id = 2 THEN v END FROM t WHERE id < 3 ORDER BY id"))
        .containsExactly("NULL", "[1,{\"a\":true}]");
    assertThat(rows("SELECT a.v, b.id FROM t AS a JOIN t AS b ON a.id = b.id AND b.id = 5"))
        .containsExactly("12345678901 | 5");
  }

  @Test
  void variantsNest() {
    frazil.script(
        "CREATE TABLE n (id integer, r row(a variant, b varchar), l variant array, m map(varchar,"
            + " variant)) WITH (\"format-version\" = '3')",
        "INSERT INTO n VALUES (1, ROW(PARSE_JSON('{\"x\": 1}'), 'y'), ARRAY[PARSE_JSON('[2]'), NULL,"
            + " PARSE_JSON('3')], MAP(ARRAY['k'], ARRAY[PARSE_JSON('\"w\"')])),"
            + " (2, NULL, NULL, NULL)",
        "INSERT INTO n VALUES (3, ROW(NULL, 'z'), ARRAY[], NULL)");
    assertThat(rows("SELECT id, n.r.a, n.r.b, l, m FROM n ORDER BY id"))
        .containsExactly(
            "1 | {\"x\":1} | y | [[2], NULL, 3] | {k=\"w\"}",
            "2 | NULL | NULL | NULL | NULL",
            "3 | NULL | z | [] | NULL");
    assertThat(rows("SELECT l[1][0] FROM n WHERE id = 1")).containsExactly("2");
  }

  @Test
  void aTableOfVersionTwoHasNone() {
    assertFails(
        SqlState.FEATURE_NOT_SUPPORTED,
        "variant",
        () -> frazil.update("CREATE TABLE t2 (v variant)"));
    frazil.update("CREATE TABLE t3 (id integer) WITH (\"format-version\" = '2')");
    assertFails(
        SqlState.FEATURE_NOT_SUPPORTED,
        "variant",
        () -> frazil.update("ALTER TABLE t3 ADD COLUMN v variant"));
    assertThat(rows("SELECT * FROM t3")).isEmpty();
  }

  @Test
  void variantsAreNoKeysAndPartitions() {
    for (String table :
        List.of(
            "(v variant, PRIMARY KEY (v))",
            "(v variant, id integer) PARTITIONED BY (v)",
            "(v variant, id integer) PARTITIONED BY (bucket(4, v))")) {
      assertThatThrownBy(
              () -> frazil.update("CREATE TABLE k " + table + " WITH (\"format-version\" = '3')"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("v");
    }
  }

  @Test
  void jsonThatIsNoneIsRefused() {
    assertFails(
        SqlState.INVALID_JSON_TEXT, "is not JSON", () -> frazil.query("SELECT PARSE_JSON('{a}')"));
    assertFails(
        SqlState.INVALID_JSON_TEXT,
        "two fields \"a\"",
        () -> frazil.query("SELECT PARSE_JSON('{\"a\": 1, \"a\": 2}')"));
    String deep = "[".repeat(2000) + "]".repeat(2000);
    assertFails(
        SqlState.INVALID_JSON_TEXT,
        "is not JSON",
        () -> frazil.query("SELECT PARSE_JSON(?)", deep));
  }
}
