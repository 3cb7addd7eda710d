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

  private EngineRunner limitedTo(int steps) {
    Warehouse warehouse = new Warehouse.LocalFolder(folder.toAbsolutePath().toString());
    return EngineRunner.open(
        new ConnectionConfig(
            warehouse,
            Map.of(ConnectionProperty.RECURSION_LIMIT, String.valueOf(steps)),
            Map.of()));
  }
}
