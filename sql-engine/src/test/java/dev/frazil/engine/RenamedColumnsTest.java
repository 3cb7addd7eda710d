package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that a session knows from before are found by the names that columns have now: a filter
 * must not be held against the partitions and bounds of the column that had the name then.
 */
class RenamedColumnsTest {
  @TempDir Path folder;

  @Test
  void columnsThatChangedNamesAreTold() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t (id bigint, a integer, b integer) PARTITIONED BY (truncate(10, a))");
      frazil.update("INSERT INTO t VALUES (1, 10, 100), (2, 20, 200), (3, NULL, 300)");
      assertThat(frazil.query("SELECT id FROM t WHERE a = 10").lines()).containsExactly("1");
      rename(frazil, "a", "c");
      rename(frazil, "b", "a");
      assertThat(frazil.query("SELECT id FROM t WHERE c = 20").lines()).containsExactly("2");
      assertThat(frazil.query("SELECT id FROM t WHERE a = 100").lines()).containsExactly("1");
      assertThat(frazil.query("SELECT a FROM t WHERE c IS NULL").lines()).containsExactly("300");
      assertThat(frazil.query("SELECT id FROM t WHERE a > 100 AND c > 0").lines())
          .containsExactly("2");
      frazil.update("DELETE FROM t WHERE a = 200");
      assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "3");
    }
  }

  private static void rename(EngineRunner frazil, String from, String to) {
    frazil.change("t", table -> table.updateSchema().renameColumn(from, to));
  }
}
