package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that ALTER TABLE adds, drops and renames, over files that are there. */
class AlterColumnsTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id bigint, a integer, s varchar)",
        "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void columnsAreAddedDroppedAndRenamed() {
    frazil.update("ALTER TABLE t ADD COLUMN b date, ADD c integer");
    frazil.update("INSERT INTO t VALUES (3, 30, 'three', DATE '2026-01-02', 5)");
    assertThat(frazil.query("SELECT * FROM t").sorted())
        .containsExactly(
            "1 | 10 | one | NULL | NULL",
            "2 | 20 | two | NULL | NULL",
            "3 | 30 | three | 2026-01-02 | 5");
    frazil.update("ALTER TABLE t DROP COLUMN a, RENAME COLUMN c TO a");
    assertThat(frazil.query("SELECT id, a FROM t").sorted())
        .containsExactly("1 | NULL", "2 | NULL", "3 | 5");
  }
}
