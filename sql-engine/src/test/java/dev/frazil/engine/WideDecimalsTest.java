package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons of decimals that have no common type of 38 digits: exact, and never out of range. */
class WideDecimalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "w > 1.25 | 1 3",
        "w >= d | 1 3",
        "w = d | 3",
        "w <> d | 1 2",
        "d < w | 1",
        "w IN (1.25, 2.00, NULL) | 3",
        "w NOT IN (1.25, 2.00) | 1 2",
        "w BETWEEN -1.5 AND 2.5 | 3",
        "w IS DISTINCT FROM d | 1 2 4",
        "w IS NOT DISTINCT FROM d | 3",
        "w = 99999999999999999999999999999999999999 | 1",
        "CASE WHEN id < 4 THEN w > 1.25 ELSE d > 1.25 END | 1 3 4",
        "(SELECT max(u.w) FROM t AS u) > d | 1 2 3 4",
      })
  void decimalsOfAnyDigitsCompare(String condition, String ids) {
    try (FastFolder folder = FastFolder.create();
        EngineRunner frazil = EngineRunner.local(folder.path())) {
      frazil.script(
          "CREATE TABLE t (id integer, w decimal(38, 0), d decimal(4, 2))",
          "INSERT INTO t VALUES (1, 99999999999999999999999999999999999999, 1.25),"
              + " (2, -99999999999999999999999999999999999999, -1.25), (3, 2, 2), (4, NULL, 3.00)");
      String query = "SELECT id FROM t WHERE " + condition + " ORDER BY id";
      assertThat(String.join(" ", frazil.query(query).lines())).isEqualTo(ids);
    }
  }
}
