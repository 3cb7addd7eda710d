package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON_TABLE (ISO 9075-2, 7.11), which DuckDB lacks: the answers are worked out by hand. */
class JsonTableTest {
  private static final String ORDERS =
      "'[{\"id\": 1, \"day\": \"2024-02-29\", \"lines\": [{\"item\": \"ice\"}, {\"item\":"
          + " \"snow\"}]}, {\"id\": 2, \"lines\": []}]'";

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

  @Test
  void itemsBecomeRowsAndPathsColumns() {
    expect(
        "SELECT * FROM JSON_TABLE("
            + ORDERS
            + ", 'lax $[*]' COLUMNS (n FOR ORDINALITY, id integer, day date, first_item"
            + " varchar(10) PATH 'lax $.lines[0].item', has_day integer EXISTS PATH '$.day',"
            + " is_dated boolean EXISTS PATH '$.day', lines varchar FORMAT JSON)) AS j",
        "[1, 1, 2024-02-29, ice, 1, true, [{\"item\":\"ice\"},{\"item\":\"snow\"}]]",
        "[2, 2, NULL, NULL, 0, false, []]");
  }

  @Test
  void nestedPathsJoinOuter() {
    expect(
        "SELECT id, k, item FROM JSON_TABLE("
            + ORDERS
            + ", '$[*]' COLUMNS (id integer, NESTED PATH '$.lines[*]' COLUMNS (k FOR ORDINALITY,"
            + " item varchar))) AS j",
        "[1, 1, ice]",
        "[1, 2, snow]",
        "[2, NULL, NULL]");
  }

  @Test
  void documentsOfATableBeforeIt() {
    frazil.script(
        "CREATE TABLE documents (name varchar, body varchar)",
        "INSERT INTO documents VALUES ('a', '[{\"v\": 1}, {\"v\": 2}]'), ('b', '[]'), ('c', NULL),"
            + " ('d', 'no JSON')");
    expect(
        "SELECT name, v FROM documents, JSON_TABLE(body, '$[*]' COLUMNS (v integer)) AS j",
        "[a, 1]",
        "[a, 2]");
    expect(
        "SELECT d.name, j.x FROM documents d LEFT JOIN JSON_TABLE(d.body, '$[*]' COLUMNS (v"
            + " integer)) AS j (x) ON true",
        "[a, 1]",
        "[a, 2]",
        "[b, NULL]",
        "[c, NULL]",
        "[d, NULL]");
  }

  @Test
  void whatIsMissingOrWrongIsAsTheClausesSay() {
    String table = "SELECT * FROM JSON_TABLE('{\"a\": \"x\", \"n\": null}', '$' COLUMNS (";
    expect(table + "a integer)) j", "[NULL]");
    expect(table + "a integer DEFAULT -1 ON ERROR, b integer DEFAULT 5 ON EMPTY)) j", "[-1, 5]");
    expect(table + "n integer DEFAULT 5 ON EMPTY DEFAULT 6 ON ERROR)) j", "[NULL]");
    refused(table + "a integer ERROR ON ERROR)) j", "22018", "'x'");
    refused(table + "b integer ERROR ON EMPTY)) j", "22023", "finds nothing");
    refused(table + "c integer PATH '$.*' ERROR ON ERROR)) j", "22023", "one scalar");
    expect("SELECT * FROM JSON_TABLE('{', '$' COLUMNS (a integer)) j");
    refused("SELECT * FROM JSON_TABLE('{', '$' COLUMNS (a integer) ERROR ON ERROR) j", "22032", "");
  }

  @Test
  void nestedPathsSideBySideFollowEachOther() {
    String table =
        "SELECT * FROM JSON_TABLE('[{\"a\": 1, \"b\": [1, 2], \"c\": [{\"x\": 5, \"y\": [6, 7]}]},"
            + " {\"a\": 2}, {\"a\": 3, \"c\": [{}]}]', '$[*]' COLUMNS (a integer, ";
    expect(
        table
            + "NESTED '$.b[*]' COLUMNS (n FOR ORDINALITY, b integer PATH '$'), NESTED '$.c[*]'"
            + " COLUMNS (x integer, has_y integer EXISTS PATH '$.y', NESTED '$.y[*]' COLUMNS (y"
            + " integer PATH '$')))) j",
        "[1, 1, 1, NULL, NULL, NULL]",
        "[1, 2, 2, NULL, NULL, NULL]",
        "[1, NULL, NULL, 5, 1, 6]",
        "[1, NULL, NULL, 5, 1, 7]",
        "[2, NULL, NULL, NULL, NULL, NULL]",
        "[3, NULL, NULL, NULL, 0, NULL]");
    refused(
        table + "NESTED '$.b[*]' COLUMNS (b integer PATH '$ ? (@ > $m)' ERROR ON ERROR))) j",
        "22023",
        "$m");
  }

  @Test
  void valuesPassedArraysAndWrappers() {
    expect(
        "SELECT * FROM JSON_TABLE('[{\"a\": 1}, {\"a\": 2, \"b\": [3, 4]}]', '$[*] ? (@.a >= $m)'"
            + " PASSING 1 + 0 AS m COLUMNS (a integer, tags integer[] PATH '$.b', first varchar"
            + " FORMAT JSON PATH '$.b[0]' WITH WRAPPER, more varchar FORMAT JSON PATH '$.b' WITH"
            + " CONDITIONAL WRAPPER EMPTY ARRAY ON EMPTY, big integer EXISTS PATH '$.b[*] ? (@ >"
            + " $m + 2)')) AS j",
        "[1, NULL, NULL, [], 0]",
        "[2, [3, 4], [3], [3,4], 1]");
  }

  @Test
  void parametersKeepTheirNumbers() {
    assertThat(
            frazil
                .query(
                    "SELECT x + ?, y FROM JSON_TABLE(?, '$[*]' COLUMNS (x integer, y integer"
                        + " DEFAULT ? ON EMPTY)) AS j WHERE x > ?",
                    10,
                    "[{\"x\": 1}, {\"x\": 2}]",
                    7,
                    1)
                .rows())
        .hasToString("[[12, 7]]");
  }

  @Test
  void whatIsNotHereIsNamed() {
    String start = "SELECT * FROM JSON_TABLE('[1]', '$' ";
    refused(start + "COLUMNS (a map(varchar, integer))) j", "0A000", "map");
    refused(start + "COLUMNS (a varchar WITH WRAPPER)) j", "0A000", "WRAPPER");
    refused(start + "COLUMNS (a varchar OMIT QUOTES)) j", "0A000", "QUOTES of what is not JSON");
    refused(start + "COLUMNS (a integer) PLAN DEFAULT (INNER)) j", "0A000", "PLAN");
    refused(start + "COLUMNS (a)) j", "42601", "");
    refused(start + ") j", "42601", "COLUMNS");
  }

  private void expect(String sql, String... rows) {
    assertThat(frazil.query(sql).rows().stream().map(Object::toString))
        .as(sql)
        .containsExactlyInAnyOrder(rows);
  }

  private void refused(String sql, String state, String message) {
    EngineException failure = catchThrowableOfType(EngineException.class, () -> frazil.query(sql));
    assertThat(failure).as(sql).isNotNull().hasMessageContaining(message);
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
  }
}
