package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every window function over every kind of frame, in partitions that are larger than the memory.
 */
@Tag("slow")
class LargePartitionTest {
  /** k has ties, p groups of peers that do not fit, v nulls in runs; h looks anywhere. */
  private static final String ROWS =
      "SELECT i AS id, i / 7 AS k, i / 2900 AS p, CASE WHEN i % 1000 > 30 AND i % 3 > 0 THEN"
          + " i * 7919 % 6007 END AS v, CASE WHEN i % 50 > 0 THEN i * 31 % 211 END AS n,"
          + " i * 131 % 5987 AS h, 'text ' || CAST(i * 17 % 4001 AS varchar) AS s";

  private static final int COUNT = 6000;

  @TempDir static Path folder;
  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;

  @BeforeAll
  static void open() {
    frazil =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.toString()),
                Map.of(ConnectionProperty.MEMORY_LIMIT, "400KB", ConnectionProperty.THREADS, "1"),
                Map.of()));
    duckDb = new DuckDbRunner();
    String table =
        "CREATE TABLE t AS " + ROWS.replace(" / ", " // ") + " FROM range(0, " + COUNT + ") r (i)";
    duckDb.update(table);
    frazil.update(
        "CREATE TABLE t AS " + ROWS + " FROM UNNEST(sequence(0, " + (COUNT - 1) + ")) r (i)");
  }

  @AfterAll
  static void close() {
    frazil.close();
    duckDb.close();
  }

  private static void same(String sql) {
    List<String> expected =
        duckDb.query(sql.replaceAll("\\) IGNORE NULLS", " IGNORE NULLS)")).sorted();
    List<String> actual = frazil.query(sql).sorted();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("row %s of %s", i, sql).isEqualTo(expected.get(i));
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 3 PRECEDING",
        "ORDER BY id ROWS BETWEEN 2500 PRECEDING AND 1200 PRECEDING",
        "ORDER BY id ROWS BETWEEN 2 PRECEDING AND 3000 FOLLOWING",
        "ORDER BY id ROWS BETWEEN 10 FOLLOWING AND UNBOUNDED FOLLOWING",
        "ORDER BY id ROWS BETWEEN 1500 PRECEDING AND 1500 FOLLOWING EXCLUDE CURRENT ROW",
        "ORDER BY id ROWS UNBOUNDED PRECEDING",
        "PARTITION BY p ORDER BY id DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
        "ORDER BY id DESC RANGE BETWEEN 2000 PRECEDING AND 900 FOLLOWING",
        "ORDER BY v, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW",
        "ORDER BY id GROUPS BETWEEN 3000 PRECEDING AND 2000 PRECEDING",
        "ORDER BY id RANGE BETWEEN 2000 FOLLOWING AND UNBOUNDED FOLLOWING"
      })
  void ofOneOrder(String over) {
    String w = " OVER (" + over + ")";
    same(
        "SELECT id, first_value(s) W, last_value(s) W, nth_value(s, 1700) W FROM t"
            .replace(" W", w));
    same("SELECT id, nth_value(v, n + 1) W, nth_value(v, h + 1) W FROM t".replace(" W", w));
    same(
        ("SELECT id, first_value(v) IGNORE NULLS W, last_value(v) IGNORE NULLS W,"
                + " nth_value(v, 400) IGNORE NULLS W FROM t")
            .replace(" W", w));
    aggregates(w);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORDER BY k GROUPS BETWEEN 300 PRECEDING AND 150 PRECEDING",
        "ORDER BY k GROUPS BETWEEN CURRENT ROW AND 400 FOLLOWING EXCLUDE GROUP",
        "ORDER BY k DESC RANGE BETWEEN 300 PRECEDING AND 20 FOLLOWING EXCLUDE TIES",
        "ORDER BY p",
        "ORDER BY p GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING",
        "ORDER BY p RANGE BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES",
        "ORDER BY p GROUPS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP",
        "ORDER BY v NULLS FIRST RANGE BETWEEN 900 PRECEDING AND 1200 FOLLOWING",
        "ORDER BY v DESC NULLS LAST RANGE BETWEEN 1 FOLLOWING AND 2500 FOLLOWING",
        "ORDER BY v NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND 100 PRECEDING",
        "PARTITION BY p ORDER BY k - k % 100"
      })
  void ofPeers(String over) {
    aggregates(" OVER (" + over + ")");
  }

  private static void aggregates(String w) {
    same(
        ("SELECT id, count(*) W, sum(v) W, min(s) W, count(v) FILTER (WHERE n > 5) W,"
                + " sum(v / 4e0) W, bit_xor(id) W, max_by(id, h) W FROM t")
            .replace(" W", w));
  }

  @Test
  void offsetsAndRanks() {
    String w = " OVER (ORDER BY id)";
    same("SELECT id, lag(s, 3500) W, lead(s, 2000, 'none') W, lag(v, 3) W FROM t".replace(" W", w));
    same("SELECT id, lag(s, h) W, lead(v, n, -1) W, lead(v, n - 100) W FROM t".replace(" W", w));
    same(
        ("SELECT id, lag(v, 1500) IGNORE NULLS W, lead(v) IGNORE NULLS W,"
                + " lead(v, n, -1) IGNORE NULLS W FROM t")
            .replace(" W", w));
    String peers = " OVER (ORDER BY p)";
    same(
        "SELECT id, percent_rank() W, cume_dist() W, rank() W, dense_rank() W FROM t"
            .replace(" W", peers));
    same(
        ("SELECT id, ntile(7) W, row_number() W, sum(v) W, count(*) OVER (), "
                + "max(s) OVER (PARTITION BY p) FROM t")
            .replace(" W", w));
  }

  /** Ranks and running sums are given before a group of peers comes that does not fit. */
  @Test
  void goOnBeforePeersThatDoNotFit() {
    String more = "(SELECT id + 6000 * j AS id, v, s FROM t, (VALUES (0), (1), (2)) AS f (j))";
    String w = " OVER (ORDER BY CASE WHEN id < 9000 OR id > 17000 THEN id ELSE 9000 END)";
    same(
        ("SELECT id, rank() W, dense_rank() W, sum(v) W, min(s) W, sum(v / 4e0) W FROM " + more)
            .replace(" W", w));
    same(("SELECT id, sum(v) W FROM " + more).replace(" W", w));
  }

  @Test
  void distinctValuesAndCollectedRows() {
    same(
        "SELECT id, count(DISTINCT n) W, sum(DISTINCT n) W, min(DISTINCT n) W FROM t"
            .replace(" W", " OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 5 FOLLOWING)"));
    same(
        "SELECT id, count(DISTINCT n) W, avg(DISTINCT n) W FROM t"
            .replace(" W", " OVER (ORDER BY p)"));
    same(
        "SELECT id, median(v) W, mode(p) W, array_agg(n) W, string_agg(s, ',') W FROM t"
            .replace(
                " W",
                " OVER (ORDER BY id ROWS BETWEEN 17 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW)"));
    same(
        "SELECT id, median(v) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 900 FOLLOWING) FROM t");
  }

  @Test
  void aFrameThatIsCollectedMustFit() {
    assertThatThrownBy(() -> frazil.query("SELECT string_agg(s, ',') OVER (ORDER BY id) FROM t"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY);
              assertThat(e).hasMessageContaining("the rows of a frame that STRING_AGG collects");
            });
  }

  @Test
  void allOfThisIsOnDisk() {
    List<String> lines =
        frazil
            .query("EXPLAIN ANALYZE SELECT id, v, n, lead(s, 9) OVER (ORDER BY id) FROM t")
            .lines();
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern("6000 rows in \\d{2} batches, .* of memory, .* KB spilled"));
  }
}
