package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of a partitioned table, some partitions after the other, are those that DuckDB finds. */
@Tag("slow")
class PartitionWiseTest {
  private static final String MARK = "[some partitions of p at a time]";
  private static final String ROWS =
      "SELECT CASE WHEN i %% 5 < 4 THEN CAST(i %% 5 AS integer) END AS p, i * 7919 %% 300007 AS k,"
          + " i AS v, CAST(i %% 3 AS varchar) AS t";

  @TempDir static Path folder;
  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;

  @BeforeAll
  static void fill() {
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
    String rows = String.format(ROWS);
    frazil.script(
        "CREATE TABLE g (p integer, k bigint, v bigint, t varchar) PARTITIONED BY (p)",
        "INSERT INTO g " + rows + " FROM UNNEST(sequence(1, 1100000)) AS f (i)",
        "DELETE FROM g WHERE v % 1000 = 7",
        "CREATE TABLE skewed (p integer, k bigint, v bigint) PARTITIONED BY (p)",
        "INSERT INTO skewed SELECT CASE WHEN v % 10 = 0 THEN 1 ELSE 0 END, k, v FROM g",
        "CREATE TABLE mixed (p integer, k bigint, v bigint)",
        "INSERT INTO mixed SELECT p, k, v FROM g WHERE v % 2 = 0");
    frazil.change("mixed", table -> table.updateSpec().addField("p"));
    frazil.update("INSERT INTO mixed SELECT p, k, v FROM g WHERE v % 2 = 1");
    duckDb.update("CREATE TABLE g AS " + rows + " FROM range(1, 1100001) AS f (i)");
    duckDb.update("DELETE FROM g WHERE v % 1000 = 7");
    duckDb.update(
        "CREATE TABLE skewed AS SELECT CASE WHEN v % 10 = 0 THEN 1 ELSE 0 END AS p, k, v FROM g");
    duckDb.update("CREATE TABLE mixed AS SELECT p, k, v FROM g");
  }

  @AfterAll
  static void close() {
    frazil.close();
    duckDb.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p, k, sum(v) AS s, count(*) AS c FROM g GROUP BY p, k",
        "SELECT p, k, max(v) AS s, count(DISTINCT t) AS c FROM g GROUP BY k, p",
        "SELECT p, k, min(v) AS s, count(p) AS c FROM g WHERE v > 400000 AND t <> '1' GROUP BY k, p",
        "SELECT p, k + 0 AS k, sum(v) AS s, 1 AS c FROM g WHERE p IS NULL OR p < 3 GROUP BY p, k",
        "SELECT p, k, sum(v) AS s, count(*) AS c FROM g GROUP BY p, ROLLUP (k)",
        "SELECT p, k, sum(v) AS s, grouping(k) + count(*) AS c FROM g GROUP BY GROUPING SETS ((p, k), (p), (t, p))",
        "SELECT p, k, sum(v) AS s, count(*) AS c FROM skewed GROUP BY p, k",
        "SELECT p, k, sum(v) AS s, count(*) AS c FROM mixed GROUP BY p, k",
      })
  void theGroupsAreThoseOfDuckDb(String groups) {
    assertThat(frazil.query("EXPLAIN " + groups).toString()).contains(MARK);
    String summary =
        "SELECT p, count(*), sum(c), sum(s), max(s), sum(k * (s % 7)) FROM ("
            + groups
            + ") x GROUP BY p ORDER BY p NULLS FIRST";
    assertThat(frazil.query(summary).lines()).isEqualTo(duckDb.query(summary).lines());
  }

  @Test
  void fewGroupsAreMadeAtOnce() {
    assertThat(frazil.query("EXPLAIN SELECT p, count(*), sum(v) FROM g GROUP BY p").toString())
        .doesNotContain(MARK);
    assertThat(frazil.query("EXPLAIN SELECT k, sum(v) FROM g GROUP BY k").toString())
        .doesNotContain(MARK);
    assertThat(frazil.query("EXPLAIN SELECT p, k, sum(v) FROM g GROUP BY ROLLUP (p, k)").toString())
        .doesNotContain(MARK);
  }

  @Test
  void keysOfAJoinNarrowTheWholeScan() {
    String joined =
        "SELECT count(*), sum(s) FROM (SELECT p, k, sum(v) AS s FROM g GROUP BY p, k) x"
            + " JOIN (VALUES (7), (8)) AS w (k) ON x.k = w.k";
    assertThat(frazil.query("EXPLAIN " + joined).toString()).doesNotContain(MARK);
    assertThat(frazil.query(joined).lines()).isEqualTo(duckDb.query(joined).lines());
  }

  @Test
  void allPartsAreToldOfTheNodesOfThePlan() {
    List<String> lines =
        frazil.query("EXPLAIN ANALYZE SELECT p, k, sum(v) FROM g GROUP BY p, k").lines();
    assertThat(lines).anyMatch(line -> line.contains(" 1098900 rows in "));
    assertThat(lines).noneMatch(line -> line.contains("not run by an operator"));
  }
}
