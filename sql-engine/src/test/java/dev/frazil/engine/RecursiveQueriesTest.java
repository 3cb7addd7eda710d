package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recursive queries end. */
class RecursiveQueriesTest {
  @TempDir Path folder;

  @Test
  void aRecursionWithoutAnEndIsALimitError() {
    try (EngineRunner frazil = limitedTo(50)) {
      assertThatThrownBy(
              () ->
                  frazil.query(
                      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
                          + " SELECT count(*) FROM r"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("50 steps")
          .hasMessageContaining("recursionLimit")
          .extracting(failure -> ((EngineException) failure).state())
          .isEqualTo(SqlState.LIMIT_EXCEEDED);
      assertThat(
              frazil
                  .query(
                      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n <"
                          + " 50) SELECT count(*) FROM r")
                  .sorted())
          .isEqualTo(List.of("50"));
    }
  }

  @Test
  void rowsComeBeforeTheRecursionEnds() {
    try (EngineRunner frazil = limitedTo(1_000_000)) {
      assertThat(
              frazil
                  .query(
                      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
                          + " SELECT n FROM r LIMIT 3")
                  .sorted())
          .isEqualTo(List.of("1", "2", "3"));
    }
  }

  @Test
  void stepsThatDoNotFitGoToAFile() {
    String chains =
        "WITH RECURSIVE r (i, n, s) AS (SELECT i, 1, 'row ' || CAST(i AS varchar) FROM"
            + " UNNEST(sequence(1, 30000)) AS f (i) UNION ALL SELECT r.i, r.n + w.k, r.s || '+' FROM r"
            + " JOIN (VALUES (1), (2)) AS w (k) ON r.i % 3 = w.k WHERE r.n < 7)"
            + " SELECT count(*), sum(i), sum(n), sum(length(s)) FROM r";
    try (EngineRunner frazil = EngineRunner.local(folder);
        EngineRunner small = limitedTo(50, "1MB")) {
      assertThat(small.query("EXPLAIN ANALYZE " + chains).toString()).contains("spilled");
      assertThat(small.query(chains).lines()).isEqualTo(frazil.query(chains).lines());
      // of i % 3 = 1 the rows of n from 1 to 7, of i % 3 = 2 those of 1, 3, 5 and 7, of 0 one
      assertThat(small.query(chains).lines().get(0)).startsWith("120000 | ");
    }
  }

  @Test
  void readsTheRowsAroundIt() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      String countDown =
          "WITH RECURSIVE r (n) AS (SELECT x UNION ALL SELECT n - 1 FROM r WHERE n > 0) SELECT ";
      assertThat(
              frazil
                  .query(
                      "SELECT x, ("
                          + countDown
                          + "sum(n) FROM r) FROM (VALUES (3), (4), (3)) t (x)")
                  .sorted())
          .containsExactly("3 | 6", "3 | 6", "4 | 10");
      assertThat(
              frazil
                  .query(
                      "SELECT x, n FROM (VALUES (1), (2)) t (x), LATERAL ("
                          + countDown
                          + "n FROM r WHERE n < x) AS s")
                  .sorted())
          .containsExactly("1 | 0", "2 | 0", "2 | 1");
    }
  }

  @Test
  void aTableOfTheSameNameIsNotTheRecursion() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script("CREATE TABLE r (n integer)", "INSERT INTO r VALUES (10), (20)");
      assertThat(
              frazil
                  .query(
                      "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n FROM main.r)"
                          + " SELECT sum(n) FROM r")
                  .lines())
          .containsExactly("31");
      assertThat(
              frazil
                  .query(
                      "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT r.n + q.n FROM main.r q,"
                          + " r WHERE r.n < 20) SELECT count(*), sum(n) FROM r")
                  .lines())
          .containsExactly("5 | 85");
    }
  }

  @Test
  void aColumnThatGrowsWithEachStepWantsACast() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      assertThatThrownBy(
              () ->
                  frazil.query(
                      "WITH RECURSIVE r (n) AS (SELECT 1.5 UNION ALL SELECT n + 0.5 FROM r WHERE n"
                          + " < 3) SELECT n FROM r"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("column 1 of the recursive query r")
          .extracting(failure -> ((EngineException) failure).state())
          .isEqualTo(SqlState.DATATYPE_MISMATCH);
      assertThat(
              frazil
                  .query(
                      "WITH RECURSIVE r (n) AS (SELECT 1.5 UNION ALL SELECT CAST(n + 0.5 AS"
                          + " decimal(2, 1)) FROM r WHERE n < 3) SELECT n FROM r")
                  .sorted())
          .containsExactly("1.5", "2", "2.5", "3");
    }
  }

  private EngineRunner limitedTo(int steps) {
    return limitedTo(steps, "100MB");
  }

  private EngineRunner limitedTo(int steps, String memory) {
    Warehouse warehouse = new Warehouse.LocalFolder(folder.toAbsolutePath().toString());
    return EngineRunner.open(
        new ConnectionConfig(
            warehouse,
            Map.of(
                ConnectionProperty.RECURSION_LIMIT,
                String.valueOf(steps),
                ConnectionProperty.MEMORY_LIMIT,
                memory),
            Map.of()));
  }
}
