package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A parameter has a type wherever something beside it tells one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParameterTypesTest {
  @TempDir static Path folder;

  private EngineRunner frazil;

  @BeforeAll
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script("CREATE TABLE n (a integer)", "INSERT INTO n VALUES (7), (8)");
  }

  @AfterAll
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql, @Nullable Object... parameters) {
    return frazil.query(sql, parameters).sorted();
  }

  @Test
  void elementsOfAnUnnestedArray() {
    assertThat(rows("SELECT x FROM UNNEST(array[1, ?]) u (x)", 5)).containsExactly("1", "5");
    assertThat(rows("SELECT x FROM UNNEST(array[?, 1]) u (x)", 5)).containsExactly("1", "5");
    assertThat(rows("SELECT x FROM UNNEST(array[?, ?]) u (x)", "p", "q")).containsExactly("p", "q");
    assertThat(rows("SELECT x FROM UNNEST(transform(array[1, ?], y -> y + ?)) u (x)", 5, 6))
        .containsExactly("11", "7");
    assertThat(rows("SELECT a, x FROM n, UNNEST(array[n.a, ?]) u (x) WHERE a = ?", 5, 7))
        .containsExactly("7 | 5", "7 | 7");
    assertThat(rows("SELECT x, i FROM UNNEST(array[2, ?]) WITH ORDINALITY u (x, i)", 5))
        .containsExactly("2 | 1", "5 | 2");
  }

  @Test
  void keysAndValuesOfAMap() {
    assertThat(rows("SELECT k, v FROM UNNEST(map[1, 'a', ?, ?]) u (k, v)", 5, "b"))
        .containsExactly("1 | a", "5 | b");
    assertThat(rows("SELECT map[?, 1]['k']", "k")).containsExactly("1");
  }

  @Test
  void endsOfASeries() {
    assertThat(rows("SELECT x FROM generate_series(1, ?) u (x)", 3L))
        .containsExactly("1", "2", "3");
    assertThat(rows("SELECT x FROM generate_series(?, ?, ?) u (x)", 1L, 5L, 2L))
        .containsExactly("1", "3", "5");
    assertThat(rows("SELECT a, x FROM n, generate_series(n.a, n.a + ?) u (x) WHERE a = 7", 1))
        .containsExactly("7 | 7", "7 | 8");
    assertThat(
            rows(
                "SELECT x FROM generate_series(DATE '2020-01-01', ?, INTERVAL '1' DAY) u (x)",
                18263))
        .containsExactly("2020-01-01", "2020-01-02");
  }

  @Test
  void daysAfterADateAndFactorsOfAnInterval() {
    assertThat(rows("SELECT DATE '2020-01-01' + ?, ? + DATE '2020-01-01'", 5, 6))
        .containsExactly("2020-01-06 | 2020-01-07");
    assertThat(rows("SELECT DATE '2020-01-01' + INTERVAL '1' DAY * ?", 5L))
        .containsExactly("2020-01-06");
    assertThat(rows("SELECT ? * INTERVAL '1' DAY, INTERVAL '1' DAY / ?", 5L, 2L))
        .containsExactly("5 00:00:00.000 | 0 12:00:00.000");
    assertThatThrownBy(() -> rows("SELECT INTERVAL '1' DAY > ?", 5L))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo("0A000"));
  }

  @Test
  void inOrderByAndInNamedWindows() {
    assertThat(frazil.query("SELECT a FROM n ORDER BY abs(a - ?)", 8).lines())
        .containsExactly("8", "7");
    assertThat(frazil.query("SELECT a AS z FROM n ORDER BY z * ?", -1).lines())
        .containsExactly("8", "7");
    assertThat(
            frazil
                .query("SELECT a FROM n ORDER BY CASE WHEN a = ? THEN 0 ELSE 1 END, a", 8)
                .lines())
        .containsExactly("8", "7");
    assertThat(rows("SELECT a, row_number() OVER w FROM n WINDOW w AS (ORDER BY abs(a - ?))", 8))
        .containsExactly("7 | 2", "8 | 1");
  }

  @Test
  void fieldsOfRowsAndRowsOfValues() {
    assertThat(rows("SELECT a FROM n WHERE (a, 'x') IN ((?, ?), (?, ?))", 7, "x", 8, "y"))
        .containsExactly("7");
    assertThat(rows("SELECT (a, 'x') = (?, ?), (?, 'x') < (a, ?) FROM n", 7, "x", 7, "x"))
        .containsExactly("false | true", "true | false");
    assertThat(rows("SELECT * FROM (VALUES (?, 'a'), (2, ?)) v (x, y)", 1, "b"))
        .containsExactly("1 | a", "2 | b");
  }

  @Test
  void besideASubQuery() {
    assertThat(rows("SELECT ? IN (SELECT a FROM n), ? = (SELECT max(a) FROM n)", 7, 8))
        .containsExactly("true | true");
    assertThat(rows("SELECT ? >= ALL (SELECT a FROM n), ? < ANY (SELECT a FROM n)", 7, 7))
        .containsExactly("false | true");
  }

  @Test
  void argumentsWithAMeaningOfTheirOwn() {
    assertThat(rows("SELECT lag(a, ?, ?) OVER (ORDER BY a) FROM n", 1, -1))
        .containsExactly("-1", "7");
    assertThat(rows("SELECT nth_value(a, ?) OVER (ORDER BY a DESC) FROM n", 1))
        .containsExactly("8", "8");
    assertThat(rows("SELECT array[4, 5][?], map['k', 1][?]", 2, "k")).containsExactly("5 | 1");
    assertThat(rows("SELECT overlay('abc' PLACING ? FROM ?)", "x", 2)).containsExactly("axc");
    assertThat(rows("SELECT json_array(?), json_object('k' VALUE ?)", "x", "y"))
        .containsExactly("[\"x\"] | {\"k\":\"y\"}");
    assertThat(rows("SELECT percentile_disc(?) WITHIN GROUP (ORDER BY a) FROM n", 0.5))
        .containsExactly("7");
    assertThat(rows("SELECT sum(?), avg(?) FROM n", 2L, 2.5)).containsExactly("4 | 2.5");
    assertThat(rows("SELECT extract(YEAR FROM ?), date_trunc(?, ?)", 0L, "year", 0L))
        .containsExactly("1970 | 1970-01-01T00:00");
  }
}
