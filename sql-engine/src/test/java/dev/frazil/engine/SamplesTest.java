package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TABLESAMPLE, and comparisons of rows, which DuckDB does in its own logic. */
class SamplesTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n"
            + " < "
            + ROWS
            + ") SELECT n FROM r");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private String one(String sql) {
    return frazil.query(sql).sorted().get(0);
  }

  @Test
  void aShareOfTheRowsIsDrawn() {
    // Ten standard deviations: a fair sample leaves these bounds once in 10^23.
    assertThat(Integer.parseInt(one("SELECT count(*) FROM t TABLESAMPLE BERNOULLI (25)")))
        .isBetween(4_400, 5_600);
    assertThat(one("SELECT count(*) FROM t TABLESAMPLE BERNOULLI (100)")).isEqualTo("20000");
    assertThat(one("SELECT count(*) FROM t TABLESAMPLE BERNOULLI (0)")).isEqualTo("0");
  }

  @Test
  void theSameSeedDrawsTheSameRows() {
    String sample = "SELECT count(*), sum(n) FROM t TABLESAMPLE BERNOULLI (10) REPEATABLE (7)";
    String first = one(sample);
    assertThat(one(sample)).isEqualTo(first);
    assertThat(one(sample + " WHERE n > 0")).isEqualTo(first);
    assertThat(one(sample.replace("7", "8"))).isNotEqualTo(first);
  }

  @Test
  void systemDrawsBlocks() {
    assertThat(
            Integer.parseInt(
                    one(
                        "SELECT count(DISTINCT (n - 1) / 1024) FROM t TABLESAMPLE SYSTEM (50)"
                            + " REPEATABLE (3)"))
                * 1024)
        .isGreaterThanOrEqualTo(
            Integer.parseInt(one("SELECT count(*) FROM t TABLESAMPLE SYSTEM (50) REPEATABLE (3)")));
  }

  @Test
  void onlyTablesAreSampled() {
    assertThatThrownBy(
            () -> frazil.query("SELECT * FROM (SELECT n + 1 FROM t) x TABLESAMPLE BERNOULLI (5)"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("TABLESAMPLE");
  }

  @Test
  void rowsCompareFieldByFieldInThreeValuedLogic() {
    assertThat(
            frazil
                .query(
                    "SELECT (1, NULL) = (1, 2), (1, NULL) = (2, 2), (1, NULL) <> (2, 1),"
                        + " (1, 2) < (1, 3), (1, NULL) < (2, 0), (1, NULL) < (1, 0),"
                        + " (NULL, 1) > (0, 0), (1, 2) <= (1, 2), (1, 2, 3) >= (1, 2, 4),"
                        + " (1, NULL) IS DISTINCT FROM (1, NULL), (1, 2) BETWEEN (1, 1) AND (1, 3)")
                .sorted())
        .isEqualTo(
            List.of(
                "NULL | false | true | true | true | NULL | NULL | true | false | false | true"));
  }
}
