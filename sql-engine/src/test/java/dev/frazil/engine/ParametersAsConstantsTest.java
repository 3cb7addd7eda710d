package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.EngineRunner;
import dev.frazil.type.SqlType.Primitive;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Parameters where other systems want a constant: of samples, limits, frames, PIVOT. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersAsConstantsTest {
  @TempDir static Path folder;

  private EngineRunner frazil;

  @BeforeAll
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, g varchar, r double)",
        "INSERT INTO t VALUES (1, 'a', 1.5), (2, 'a', 2.5), (3, 'b', 3.5), (4, 'b', 5.5)");
  }

  @AfterAll
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql, @Nullable Object... parameters) {
    return frazil.query(sql, parameters).sorted();
  }

  @Test
  void bucketsOfNtile() {
    String sql = "SELECT id, ntile(?) OVER (ORDER BY id) FROM t";
    assertThat(rows(sql, 2)).containsExactly("1 | 1", "2 | 1", "3 | 2", "4 | 2");
    assertThat(rows(sql, 4)).containsExactly("1 | 1", "2 | 2", "3 | 3", "4 | 4");
    assertThatThrownBy(() -> rows(sql, 0)).hasMessageContaining("ntile");
  }

  @Test
  void offsetsOfFrames() {
    assertThat(rows("SELECT id, sum(id) OVER (ORDER BY id ROWS ? PRECEDING) FROM t", 1L))
        .containsExactly("1 | 1", "2 | 3", "3 | 5", "4 | 7");
    assertThat(
            rows(
                "SELECT id, sum(id) OVER (ORDER BY g GROUPS BETWEEN ? PRECEDING AND ? FOLLOWING)"
                    + " FROM t",
                0L,
                1L))
        .containsExactly("1 | 10", "2 | 10", "3 | 7", "4 | 7");
  }

  @Test
  void sharesAndSeedsOfSamples() {
    String share = "SELECT count(*) FROM t TABLESAMPLE BERNOULLI (?)";
    assertThat(rows(share, 100.0)).containsExactly("4");
    assertThat(rows(share, 0.0)).containsExactly("0");
    assertThatThrownBy(() -> rows(share, 101.0)).hasMessageContaining("between 0 and 100");
    assertThatThrownBy(() -> rows(share, new @Nullable Object[] {null}))
        .hasMessageContaining("between 0 and 100");
    String seeded = "SELECT id FROM t TABLESAMPLE BERNOULLI (?) REPEATABLE (?)";
    assertThat(rows(seeded, 50.0, 3))
        .isEqualTo(rows("SELECT id FROM t TABLESAMPLE BERNOULLI (50) REPEATABLE (3)"));
    assertThat(frazil.session().prepare(seeded).parameters())
        .containsExactly(Primitive.DOUBLE, Primitive.INTEGER);
    assertThat(rows("SELECT count(*) FROM t TABLESAMPLE SYSTEM (50 + ?)", 50)).containsExactly("4");
  }

  @Test
  void expressionsInLimitAndOffset() {
    String sql = "SELECT id FROM t ORDER BY id LIMIT ? + 1 OFFSET CAST(? AS integer)";
    assertThat(rows(sql, 1, 1)).containsExactly("2", "3");
    assertThat(rows(sql, 0, 3)).containsExactly("4");
    assertThat(rows("SELECT id FROM t ORDER BY id LIMIT (2 * 1)")).containsExactly("1", "2");
    assertThat(rows("SELECT id FROM t LIMIT CAST(? AS integer)", new @Nullable Object[] {null}))
        .hasSize(4);
    assertThatThrownBy(() -> rows("SELECT id FROM t LIMIT ?::integer", -1))
        .hasMessageContaining("LIMIT is negative");
    assertThatThrownBy(() -> rows("SELECT id FROM t LIMIT (SELECT 1)"))
        .hasMessageContaining("a sub-query in LIMIT");
  }

  @Test
  void valuesOfPivot() {
    String sql =
        "SELECT * FROM (SELECT g, id FROM t) PIVOT (sum(id) AS s FOR g IN (? AS x, ? AS y))";
    assertThat(rows(sql, "a", "b")).containsExactly("3 | 7");
    assertThat(rows(sql, "b", "c")).containsExactly("7 | NULL");
    assertThat(
            rows(
                "SELECT * FROM (SELECT * FROM (VALUES (1, 5), (2, 6)) AS v (k, x)) PIVOT (sum(x) AS"
                    + " s FOR k IN (? + 1 AS n))",
                1))
        .containsExactly("6");
    assertThatThrownBy(
            () -> rows("SELECT * FROM (SELECT g, id FROM t) PIVOT (sum(id) FOR g IN (?))", "a"))
        .hasMessageContaining("wants a name");
  }

  @Test
  void fractions() {
    assertThat(rows("SELECT percentile_cont(?) WITHIN GROUP (ORDER BY r) FROM t", 0.5))
        .containsExactly("3");
    assertThat(rows("SELECT approx_percentile(r, ?) FROM t", 0.0)).containsExactly("1.5");
  }
}
