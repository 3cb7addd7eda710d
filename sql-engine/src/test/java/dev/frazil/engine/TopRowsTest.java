package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ORDER BY with LIMIT reads the most promising files first, and the others not at all. */
class TopRowsTest {
  private static final int FILES = 6;

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void create() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE digit (d bigint)",
        "INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE t (id bigint, part integer, ratio double, text varchar)"
            + " WITH (\"write.delete.mode\" = 'merge-on-read')");
    for (int file = 0; file < FILES; file++) {
      frazil.update(
          "INSERT INTO t SELECT a.d + 10 * b.d + 100 * c.d + 1000 * "
              + file
              + ", "
              + file
              + ", "
              + (file == 2 ? "CAST('NaN' AS double)" : file + ".5")
              + ", 'text "
              + file
              + "' FROM digit a, digit b, digit c");
    }
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM t ORDER BY id LIMIT 3|1",
        "SELECT * FROM t ORDER BY id DESC LIMIT 3|1",
        "SELECT text FROM t ORDER BY id DESC, text LIMIT 3 OFFSET 5|1",
        "SELECT * FROM t ORDER BY text LIMIT 3|1",
        "SELECT * FROM t ORDER BY part LIMIT 3|1",
        "SELECT * FROM t ORDER BY part, id LIMIT 3|1",
        "SELECT * FROM t WHERE id > 1500 ORDER BY id LIMIT 700|2",
        "SELECT * FROM t ORDER BY id LIMIT 1500|2",
        "SELECT * FROM t ORDER BY ratio LIMIT 3|6",
        "SELECT * FROM t ORDER BY id + 1 LIMIT 3|6",
        "SELECT * FROM t ORDER BY id|6",
      })
  void readsTheFilesThatMayHoldOneOfTheFirstRows(String query, int filesRead) {
    String analysis = String.join("\n", frazil.query("EXPLAIN ANALYZE " + query).lines());
    assertThat(analysis).contains("files: " + filesRead + " read");
    if (filesRead < FILES && !query.contains("WHERE")) {
      assertThat(analysis).contains((FILES - filesRead) + " by bounds");
    }
  }

  @Test
  void aPreparedLimitCountsAsWell() {
    assertThat(frazil.query("SELECT id FROM t ORDER BY id DESC LIMIT ?", 2L).lines())
        .isEqualTo(List.of("5999", "5998"));
    assertThat(frazil.query("SELECT id FROM t ORDER BY id LIMIT ? OFFSET ?", 2L, 2500L).lines())
        .isEqualTo(List.of("2500", "2501"));
  }

  @Test
  void deletedRowsAreNotAmongTheFirst() {
    frazil.update("DELETE FROM t WHERE id < 5 OR id > 4990");
    assertThat(frazil.query("SELECT id FROM t ORDER BY id LIMIT 1").lines()).containsExactly("5");
    assertThat(frazil.query("SELECT id FROM t ORDER BY id DESC LIMIT 1").lines())
        .containsExactly("4990");
  }
}
