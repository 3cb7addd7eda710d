package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates of Trino over windows that DuckDB has not, or not with FILTER. */
class WindowedFormsTest {
  private static final String ROWS =
      " FROM (VALUES (1, 'a', 5), (2, 'a', NULL), (3, 'a', 3), (4, 'b', NULL), (6, 'c', 9),"
          + " (7, 'c', 9), (8, 'c', 1)) AS t (id, g, x)";

  @TempDir Path folder;

  @Test
  void areComputedOfTheFrame() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      assertThat(
              frazil
                  .query("SELECT id, min(x, 2) FILTER (WHERE id <> 3) OVER (PARTITION BY g)" + ROWS)
                  .sorted())
          .containsExactly(
              "1 | [5]",
              "2 | [5]",
              "3 | [5]",
              "4 | NULL",
              "6 | [1, 9]",
              "7 | [1, 9]",
              "8 | [1, 9]");
      assertThat(
              frazil
                  .query(
                      "SELECT id, approx_most_frequent(1, x, 10) FILTER (WHERE id <> 3) OVER w"
                          + ROWS
                          + " WINDOW w AS (PARTITION BY g)")
                  .sorted())
          .containsExactly(
              "1 | {5=1}",
              "2 | {5=1}",
              "3 | {5=1}",
              "4 | NULL",
              "6 | {9=2}",
              "7 | {9=2}",
              "8 | {9=2}");
      assertThat(frazil.query("SELECT max(x, ?) OVER () AS n" + ROWS + " LIMIT 1", 1L).sorted())
          .containsExactly("[9]");
    }
  }
}
