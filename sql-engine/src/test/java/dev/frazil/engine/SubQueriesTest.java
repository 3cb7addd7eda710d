package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What script {@code subqueries.sql} cannot say: errors, and which form becomes a join. */
class SubQueriesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE d (id integer, boss integer)",
        "CREATE TABLE e (id integer, d_id integer)",
        "INSERT INTO d VALUES (1, 7), (2, 8), (3, NULL), (NULL, 9)",
        "INSERT INTO e VALUES (10, 1), (20, 1), (30, 2), (40, NULL), (50, NULL)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT id FROM e) FROM d",
        "SELECT (SELECT id FROM e WHERE e.d_id = d.id) FROM d",
        "SELECT (SELECT id FROM e WHERE e.d_id < d.id) FROM d",
        "SELECT id FROM d WHERE boss = (SELECT id FROM e WHERE e.d_id = d.id)",
        "SELECT id FROM d WHERE (id, boss) = (SELECT d_id, id FROM e)"
      })
  void aValueOfTwoRowsIsAnError(String sql) {
    assertThatThrownBy(() -> frazil.query(sql))
        .isInstanceOf(EngineException.class)
        .extracting(failure -> ((EngineException) failure).state())
        .isEqualTo(SqlState.CARDINALITY_VIOLATION);
  }

  /** Two rows of the group 1, and two without a group, which no outer row asks for. */
  @Test
  void twoRowsAreNoErrorWhereNobodyAsksForThem() {
    assertThat(
            frazil
                .query("SELECT (SELECT e.id FROM e WHERE e.d_id = d.id) FROM d WHERE id <> 1")
                .sorted())
        .isEqualTo(List.of("30", "NULL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CASE WHEN id > 0 THEN 'known' ELSE (SELECT 'x' FROM e) END FROM d WHERE id = 1",
        "SELECT coalesce('known', (SELECT 'x' FROM e)) FROM d WHERE id = 1",
        "SELECT 'known' FROM d WHERE id = 1 AND CASE WHEN boss = 7 THEN true"
            + " ELSE (SELECT true FROM e) END",
        "SELECT CASE WHEN id = 1 THEN 'known' ELSE (SELECT 'x' FROM e WHERE e.id > d.id"
            + " UNION ALL SELECT 'y') END FROM d WHERE id = 1",
      })
  void aBranchThatIsNotTakenAsksForNoValue(String sql) {
    assertThat(frazil.query(sql).sorted()).isEqualTo(List.of("known"));
  }

  /** As in PostgreSQL; DuckDB fails before it reads an outer row. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT id FROM e) FROM d WHERE id > 100",
        "SELECT id FROM d WHERE id > 100 AND id > (SELECT id FROM e)",
        "SELECT boss, (SELECT id FROM e) FROM d WHERE id > 100 GROUP BY boss",
        "SELECT id FROM d WHERE id > 100 ORDER BY (SELECT id FROM e)",
      })
  void noOuterRowAsksForNoValue(String sql) {
    assertThat(frazil.query(sql).rows()).isEmpty();
  }

  @Test
  void aRowOfASubQueryComparesAsARow() {
    assertThat(frazil.query("SELECT (1, 2) = (SELECT 1, 2), (1, 2) = (SELECT 1, 3)").sorted())
        .isEqualTo(List.of("true | false"));
    assertThat(frazil.query("SELECT (1, 2) = (SELECT d_id, id FROM e WHERE id > 99)").sorted())
        .isEqualTo(List.of("NULL"));
    assertThat(frazil.query("SELECT (SELECT d_id, id FROM e WHERE id = 30) > (2, 29)").sorted())
        .isEqualTo(List.of("true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT count(*) FROM e WHERE e.d_id = d.id) FROM d",
        "SELECT (SELECT max(e.id) + 1 FROM e WHERE e.d_id = d.id AND e.id > 5) FROM d",
        "SELECT EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id) FROM d",
        "SELECT boss IN (SELECT id FROM e WHERE e.d_id = d.id) FROM d",
        "SELECT id > ALL (SELECT id FROM e WHERE e.d_id = d.id) FROM d",
        "SELECT * FROM d, LATERAL (SELECT id FROM e WHERE e.d_id > d.id) q",
        "SELECT (SELECT sum(c) FROM (SELECT count(*) AS c FROM e WHERE d_id = d.id GROUP BY e.id)"
            + " q) FROM d"
      })
  void equalitiesBecomeJoins(String sql) {
    assertThat(plan(sql)).contains("Join").doesNotContain("Apply");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT id FROM e WHERE e.d_id = d.id ORDER BY id LIMIT 1) FROM d",
        "SELECT (SELECT count(*) FROM e WHERE e.d_id < d.id) FROM d",
        "SELECT (SELECT count(*) FROM (SELECT d_id FROM e WHERE d_id = d.id UNION SELECT 1) q) FROM"
            + " d"
      })
  void whatNoJoinCanSayIsApplied(String sql) {
    assertThat(plan(sql)).contains("Apply");
  }

  private String plan(String sql) {
    return String.join("\n", frazil.query("EXPLAIN " + sql).sorted());
  }
}
