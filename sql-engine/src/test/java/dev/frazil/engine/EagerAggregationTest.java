package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Groups below joins: the answers are DuckDB's over the same rows, and EXPLAIN shows where the rows
 * are grouped.
 */
@Tag("slow")
class EagerAggregationTest {
  private static final String EARLY = "(?s).*Aggregate.*Join.*Aggregate by \\[.*TableScan.*fact.*";

  @TempDir static Path folder;
  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;

  @BeforeAll
  static void load() {
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
    StringBuilder numbers = new StringBuilder("INSERT INTO n VALUES (0)");
    for (int n = 1; n < 150; n++) {
      numbers.append(", (").append(n).append(')');
    }
    // 22,500 rows of 60 keys, some without a partner and some null; dim has keys twice and unused.
    for (String sql :
        new String[] {
          "CREATE TABLE n (n integer)",
          numbers.toString(),
          "CREATE TABLE fact (k integer, j integer, i integer, b bigint, p decimal(18, 2), w"
              + " decimal(38, 0), x double, s varchar, day_of date, flag boolean)",
          "INSERT INTO fact SELECT CASE WHEN l.n < 60 THEN l.n WHEN l.n < 140 THEN l.n - 60 END,"
              + " r.n % 3, CASE WHEN l.n <> 7 THEN r.n - 40 END, CASE WHEN l.n = 59 THEN"
              + " 9223372036854775807 ELSE r.n - l.n END, (r.n - 70) * 9999999999999.99,"
              + " r.n, r.n * 0.5, CAST(r.n AS varchar), DATE '2024-01-01', r.n > l.n"
              + " FROM n l, n r",
          "CREATE TABLE dim (k integer, name varchar, other integer, kind integer)",
          "INSERT INTO dim SELECT n % 59, CASE WHEN n < 90 THEN 'even' ELSE 'odd' END, n, n % 2"
              + " FROM n WHERE n < 120 AND n <> 20",
          "CREATE TABLE kind (kind integer, label varchar)",
          "INSERT INTO kind VALUES (0, 'zero'), (1, 'one'), (1, 'uno'), (2, NULL)"
        }) {
      frazil.update(sql);
      duckDb.execute(sql);
    }
  }

  @AfterAll
  static void close() {
    frazil.close();
    duckDb.close();
  }

  private static String explain(String sql) {
    return String.join("\n", frazil.query("EXPLAIN " + sql).lines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT d.name, sum(f.i), count(*), count(f.i), min(f.s), max(f.b), bool_and(f.flag)"
            + " FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name",
        "SELECT d.other, sum(f.i), sum(f.p), min(f.x), count(f.s) FROM fact f, dim d"
            + " WHERE f.k = d.k GROUP BY d.other",
        "SELECT d.name, f.j, sum(f.i), min(d.other), max(d.other + f.j) FROM fact f"
            + " JOIN dim d ON f.k = d.k GROUP BY d.name, f.j",
        "SELECT d.name, count(*), sum(f.i) FROM fact f LEFT JOIN dim d ON f.k = d.k AND"
            + " d.other > 30 GROUP BY d.name",
        "SELECT d.other, count(*), count(f.i), sum(f.i), max(f.s) FROM dim d LEFT JOIN fact f"
            + " ON f.k = d.k AND f.j > 0 GROUP BY d.other",
        "SELECT d.other, count(*), count(f.i), sum(f.p) FROM fact f FULL JOIN dim d"
            + " ON f.k = d.k + 5 GROUP BY d.other",
        "SELECT k.label, sum(f.i), count(*) FROM fact f JOIN dim d ON f.k = d.k"
            + " JOIN kind k ON d.kind = k.kind GROUP BY k.label",
        "SELECT k.label, f.j + 1, sum(f.i), count(*) FROM fact f JOIN dim d ON f.k = d.k AND f.j"
            + " <> d.kind JOIN kind k ON d.kind = k.kind GROUP BY k.label, f.j + 1",
        "SELECT d.name, d.kind, grouping(d.name, d.kind), sum(f.i), count(*) FROM fact f"
            + " JOIN dim d ON f.k = d.k GROUP BY ROLLUP (d.name, d.kind)",
        "SELECT DISTINCT d.name, f.j FROM fact f JOIN dim d ON f.k = d.k",
        "SELECT d.name, sum(f.i) FROM fact f JOIN dim d ON f.k = d.k"
            + " GROUP BY d.name HAVING count(*) > 3000",
        "SELECT name, c FROM (SELECT d.other, d.name, count(*) AS c FROM fact f JOIN dim d ON f.k ="
            + " d.k GROUP BY d.other, d.name) q WHERE c > 200"
      })
  void whatIsGroupedEarlyIsWhatDuckDbGives(String sql) {
    assertThat(explain(sql)).matches(EARLY);
    assertThat(frazil.query(sql).sorted()).isEqualTo(duckDb.query(sql).sorted()).isNotEmpty();
  }

  @Test
  void averagesOfDecimalsAreDividedOnce() {
    String average =
        "SELECT d.other, %s FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.other ORDER BY d.other";
    String early = String.format(average, "avg(f.p)");
    // a call that is not taken apart keeps the aggregate above the join
    String late = String.format(average, "avg(f.p), stddev_pop(f.x)");
    assertThat(explain(early)).matches(EARLY);
    assertThat(explain(late)).doesNotMatch(EARLY);
    assertThat(frazil.query(early).rows())
        .isEqualTo(frazil.query(late).rows().stream().map(row -> row.subList(0, 2)).toList())
        .hasSize(119);
  }

  @Test
  void valuesThatAreAllNullHaveNoAverage() {
    frazil.update("CREATE TABLE nulls AS SELECT k, CAST(NULL AS decimal(9, 2)) AS v FROM fact");
    String sql =
        "SELECT d.name, avg(f.v), sum(f.v), count(f.v) FROM nulls f JOIN dim d ON f.k = d.k"
            + " GROUP BY d.name ORDER BY 1";
    assertThat(explain(sql)).matches("(?s).*Aggregate.*Join.*Aggregate by.*");
    assertThat(frazil.query(sql).rows()).hasSize(2);
    assertThat(frazil.query(sql).lines().toString()).contains("even").doesNotContain("0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(f.x)",
        "avg(f.i)",
        "sum(f.w)",
        "sum(f.i * 2)",
        "sum(DISTINCT f.i)",
        "count(DISTINCT f.i)",
        "sum(f.i) FILTER (WHERE f.j = 1)",
        "sum(f.i), sum(d.other)",
        "sum(f.i), count(d.other)",
        "sum(f.i + d.other)",
        "string_agg(f.s, ',')"
      })
  void whatIsNotCertainlyTheSameStaysAboveTheJoin(String call) {
    String sql = "SELECT d.name, " + call + " FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name";
    assertThat(explain(sql)).doesNotMatch(EARLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // few rows are left by the join, or as many groups as rows
        "SELECT d.name, sum(f.i) FROM fact f JOIN dim d ON f.k = d.k WHERE d.other = 5"
            + " GROUP BY d.name",
        "SELECT d.name, sum(f.i) FROM fact f JOIN dim d ON f.b = d.k GROUP BY d.name",
        "SELECT d.name, sum(f.i) FROM fact f JOIN dim d ON f.k = d.k AND f.x > d.other"
            + " GROUP BY d.name",
        "SELECT d.name, sum(f.i) FROM fact f, dim d GROUP BY d.name",
        "SELECT sum(f.i) FROM fact f JOIN dim d ON f.k = d.k AND random() < 2.0e0"
      })
  void whatDoesNotPayStaysAboveTheJoin(String sql) {
    assertThat(explain(sql)).doesNotMatch(EARLY);
  }

  @Test
  void aSumThatIsTooLargeForRowsThatTheJoinDropsIsNoError() {
    // key 59, of the largest bigints, is not in dim
    String sql = "SELECT d.name, sum(f.b) FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name";
    assertThat(explain(sql)).matches(EARLY);
    assertThat(frazil.query(sql).sorted()).isEqualTo(duckDb.query(sql).sorted());
    // where it is, the whole is too large, or not if other rows make up for it
    String joined = "fact f JOIN (SELECT 59 AS k, name FROM dim UNION ALL SELECT k, name FROM dim)";
    assertThatThrownBy(
            () ->
                frazil.query(
                    "SELECT d.name, sum(f.b) FROM " + joined + " d ON f.k = d.k GROUP BY d.name"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE));
    frazil.update("CREATE TABLE signs AS SELECT k, b AS v FROM fact WHERE k = 59");
    frazil.update("INSERT INTO signs SELECT 1, -b FROM fact WHERE k = 59");
    for (int i = 0; i < 7; i++) {
      frazil.update("INSERT INTO signs SELECT * FROM signs");
    }
    String signs =
        "SELECT g.name, sum(s.v), count(*) FROM signs s JOIN (VALUES (59, 'a'), (1, 'a')) g (k,"
            + " name) ON s.k = g.k GROUP BY g.name";
    assertThat(explain(signs)).matches("(?s).*Aggregate.*Join.*Aggregate by.*");
    assertThat(frazil.query(signs).lines().toString()).contains("a").contains("0");
  }
}
