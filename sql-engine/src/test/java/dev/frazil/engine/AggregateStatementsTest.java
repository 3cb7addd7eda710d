package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.Answer;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script of aggregates cannot compare with DuckDB: approximations, maps, errors. */
class AggregateStatementsTest {
  @TempDir static Path folder;
  private static EngineRunner frazil;

  @BeforeAll
  static void open() {
    frazil = EngineRunner.local(folder);
    frazil.update("CREATE TABLE d (n integer)");
    StringBuilder rows = new StringBuilder("INSERT INTO d VALUES (0)");
    for (int n = 1; n < 200; n++) {
      rows.append(", (").append(n).append(')');
    }
    frazil.update(rows.toString());
    // 40,000 rows: v is each number below 40,000 once.
    frazil.update("CREATE TABLE t AS SELECT a.n * 200 + b.n AS v, b.n % 4 AS g FROM d a, d b");
  }

  @AfterAll
  static void close() {
    frazil.close();
  }

  private static String one(String sql) {
    return query(sql).get(0);
  }

  private static List<String> query(String sql) {
    return frazil.query(sql).lines();
  }

  @Test
  void rowsAreKeysOfGroupsAndNotOfJoins() {
    assertThat(query("SELECT r, count(*) FROM (SELECT ROW(g, NULL) AS r FROM t) s GROUP BY r"))
        .containsExactlyInAnyOrder(
            "[0, NULL] | 10000", "[1, NULL] | 10000", "[2, NULL] | 10000", "[3, NULL] | 10000");
    assertThatThrownBy(
            () ->
                query(
                    "SELECT count(*) FROM (SELECT ROW(g, v) AS r FROM t) a"
                        + " JOIN (SELECT ROW(g, v) AS r FROM t) b ON a.r = b.r"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("a join by a key of type row");
  }

  @Test
  void arraysThatDoNotFitInMemoryAreKeysToo() {
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.MEMORY_LIMIT, "1MB"),
            Map.of());
    try (EngineRunner small = EngineRunner.open(config)) {
      String groups =
          "SELECT count(*), sum(n), max(a[2]) FROM (SELECT ARRAY[v, NULL, g] AS a, count(*) AS n"
              + " FROM t GROUP BY ARRAY[v, NULL, g])";
      String joined =
          "SELECT count(*), sum(a.v) FROM t a JOIN t b ON ARRAY[a.v, a.g] = ARRAY[b.v, b.g]";
      assertThat(small.query("EXPLAIN ANALYZE " + groups).toString()).contains(" spilled");
      assertThat(small.query(groups).lines()).containsExactly("40000 | 40000 | NULL");
      assertThat(small.query("EXPLAIN ANALYZE " + joined).toString()).contains(" spilled");
      assertThat(small.query(joined).lines()).containsExactly("40000 | 799980000");
    }
  }

  @Test
  void approximateCountsAreNearTheExactOnes() {
    Answer answer =
        frazil.query(
            "SELECT approx_distinct(v), approx_count_distinct(CAST(v AS varchar)),"
                + " approx_distinct(g), approx_distinct(v) FILTER (WHERE v < 0) FROM t");
    List<String> row = answer.rows().get(0);
    assertThat(Double.parseDouble(row.get(0))).isCloseTo(40_000, Percentage.withPercentage(8));
    assertThat(Double.parseDouble(row.get(1))).isCloseTo(40_000, Percentage.withPercentage(8));
    assertThat(row.get(2)).isEqualTo("4");
    assertThat(row.get(3)).isEqualTo("0");
  }

  @Test
  void approximatePercentilesAreNearTheExactOnes() {
    Answer answer =
        frazil.query(
            "SELECT g, approx_percentile(v, 0.5), approx_quantile(v, 0.9) FROM t GROUP BY g");
    assertThat(answer.rows()).hasSize(4);
    for (List<String> row : answer.rows()) {
      assertThat(Double.parseDouble(row.get(1))).isBetween(18_500.0, 21_500.0);
      assertThat(Double.parseDouble(row.get(2))).isBetween(34_500.0, 37_500.0);
    }
  }

  @Test
  void exactPercentilesTakeFractionsAsTheyAre() {
    assertThat(
            query(
                "SELECT median(v), percentile_cont(0.25) WITHIN GROUP (ORDER BY v),"
                    + " percentile_disc(0.25) WITHIN GROUP (ORDER BY v DESC) FROM t"))
        .containsExactly("19999.5 | 9999.75 | 30000");
  }

  /** 1.4975... and 4.9868... are the formulas worked out by hand; frames merge their states. */
  @Test
  void higherMomentsAreThoseOfTrino() {
    String values = " FROM (VALUES (1), (2), (3), (4), (100), (NULL)) AS m (x)";
    assertThat(query("SELECT round(skewness(x), 9), round(kurtosis(x), 9)" + values))
        .containsExactly("1.497536703 | 4.986865957");
    assertThat(
            query(
                "SELECT round(skewness(x) OVER w, 9), round(kurtosis(x) OVER w, 9)"
                    + " FROM (VALUES (7, 0), (1, 1), (2, 2), (3, 3), (4, 4), (100, 5)) AS m (x, n)"
                    + " WINDOW w AS (ORDER BY n ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)"
                    + " ORDER BY n DESC LIMIT 1"))
        .containsExactly("1.497536703 | 4.986865957");
    assertThat(query("SELECT skewness(x), kurtosis(x)" + values + " WHERE x < 3"))
        .containsExactly("NULL | NULL");
    assertThat(query("SELECT round(kurtosis(v), 3), abs(skewness(v)) < 1e-9 FROM t"))
        .containsExactly("-1.2 | true");
  }

  @Test
  void mapsKeepTheFirstOfEqualKeys() {
    assertThat(
            query(
                "SELECT map_agg(k, v) FROM (VALUES ('a', 1), ('b', NULL), (NULL, 3)) AS m (k, v)"))
        .containsExactly("{a=1, b=NULL}");
    assertThat(query("SELECT histogram(k) FROM (VALUES ('b'), ('a'), ('b')) AS m (k)"))
        .containsExactly("{a=1, b=2}");
  }

  @Test
  void formsOfTrinoAreMadeOfSimplerOnes() {
    String rows = " FROM (VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 20, NULL)) AS v (id, x, s)";
    assertThat(one("SELECT multimap_agg(s, id)" + rows)).isEqualTo("{a=[1], b=[2]}");
    assertThat(one("SELECT multimap_agg(x, id) FILTER (WHERE id > 1)" + rows))
        .isEqualTo("{20=[2, 3]}");
    assertThat(one("SELECT map_union(map[x, id])" + rows)).isEqualTo("{10=1, 20=2}");
    assertThat(one("SELECT approx_most_frequent(1, x, 10)" + rows)).isEqualTo("{20=2}");
    assertThat(one("SELECT max_by(s, id, 2)" + rows)).isEqualTo("[NULL, b]");
    assertThat(one("SELECT min(s, 2)" + rows + " WHERE id > 2")).isEqualTo("NULL");
    assertThat(one("SELECT percentile_cont(array[0.25, 0.5]) WITHIN GROUP (ORDER BY id)" + rows))
        .isEqualTo("[1.5, 2]");
    assertThat(one("SELECT percentile_disc(array[0, 1]) WITHIN GROUP (ORDER BY s)" + rows))
        .isEqualTo("[a, b]");
    assertThat(one("SELECT approx_percentile(id, array[0.5, 1])" + rows)).isEqualTo("[2, 3]");
    assertThat(frazil.query("SELECT x, multimap_agg(x, id)" + rows + " GROUP BY ALL").sorted())
        .containsExactly("10 | {10=[1]}", "20 | {20=[2, 3]}");
  }

  @Test
  void listsTakeTheSeparatorOfEachRow() {
    assertThat(
            query(
                "SELECT listagg(s, p) WITHIN GROUP (ORDER BY s DESC), string_agg(s, NULL ORDER BY"
                    + " s) FROM (VALUES ('a', '-'), ('b', '+'), (NULL, '*'), ('c', '/')) AS m (s,"
                    + " p)"))
        .containsExactly("c+b-a | abc");
    assertThat(
            query(
                "SELECT string_agg(s, ',' ORDER BY n DESC) FROM (VALUES ('x', 1), ('y', NULL),"
                    + " ('z', 2)) AS m (s, n)"))
        .containsExactly("z,x,y");
  }

  @Test
  void orderSurvivesThreads() {
    assertThat(
            query(
                "SELECT string_agg(CAST(v AS varchar), ',' ORDER BY v) FROM t WHERE v < 20000 AND"
                    + " v % 5000 = 0"))
        .containsExactly("0,5000,10000,15000");
    assertThat(query("SELECT cardinality(array_agg(v ORDER BY v)) FROM t"))
        .containsExactly("40000");
  }

  @Test
  void meansOfAllKinds() {
    assertThat(
            query(
                "SELECT geometric_mean(v), arbitrary(v) FROM (VALUES (2), (8), (4)) AS m (v) WHERE"
                    + " v > 2"))
        .singleElement()
        .asString()
        .startsWith("5.65685424");
    assertThat(query("SELECT corr(v, v), regr_r2(v, 1) FROM (VALUES (1)) AS m (v)"))
        .containsExactly("NULL | NULL");
    assertThat(query("SELECT bitwise_or_agg(v) FROM (VALUES (1), (6)) AS m (v)"))
        .containsExactly("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "percentile_cont(1.5) WITHIN GROUP (ORDER BY v);NUMERIC_OUT_OF_RANGE;between 0 and 1",
        "approx_percentile(v, -1);NUMERIC_OUT_OF_RANGE;between 0 and 1",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY v, g);FEATURE_NOT_SUPPORTED;several sort keys",
        "string_agg(DISTINCT CAST(v AS varchar), ',' ORDER BY g);FEATURE_NOT_SUPPORTED;DISTINCT",
        "sum(v) WITHIN GROUP (ORDER BY g);INVALID_STATEMENT;''",
        "bit_and(1.5);DATATYPE_MISMATCH;''"
      })
  void whatCannotBeIsRefused(String call, SqlState state, String words) {
    assertThatThrownBy(() -> query("SELECT " + call + " FROM t"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).as(e.getMessage()).isEqualTo(state);
              assertThat(e).hasMessageContaining(words);
            });
  }
}
