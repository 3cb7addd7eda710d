package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CALL system.health}: figures that follow from what was done, and advice that helps. */
class TableHealthTest {
  private final FastFolder memory = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  private List<String> health() {
    return frazil.query("CALL system.health('t')").lines();
  }

  private String metric(String name) {
    return health().stream().filter(line -> line.startsWith(name + " | ")).findFirst().orElse("");
  }

  @Test
  void anEmptyTableNeedsNothing() {
    frazil.update("CREATE TABLE t (id integer)");
    assertThat(health())
        .contains("data_files | 0 | NULL | NULL", "auto_maintain | 1 | NULL | NULL")
        .allMatch(line -> line.endsWith(" | NULL"));
  }

  @Test
  void adviceHelps() {
    frazil.update(
        "CREATE TABLE t (id integer, p integer) WITH (\"write.frazil.auto-maintain\" = 'false',"
            + " \"write.delete.mode\" = 'merge-on-read')");
    for (int i = 0; i < 33; i++) {
      frazil.update("INSERT INTO t SELECT n, " + i + " FROM generate_series(1, 3) AS s (n)");
    }
    for (int i = 0; i < 17; i++) {
      frazil.update("DELETE FROM t WHERE id < 3 AND p = " + i);
    }
    assertThat(metric("data_files")).isEqualTo("data_files | 33 | NULL | NULL");
    assertThat(metric("delete_files")).startsWith("delete_files | 17 | 16 | CALL system.");
    // 17 files of 33 have lost two of their three rows: 34 of 99.
    assertThat(metric("deleted_rows_percent")).startsWith("deleted_rows_percent | 34 | 30 | CALL");
    assertThat(metric("data_files_to_compact"))
        .isEqualTo("data_files_to_compact | 33 | 31 | CALL system.rewrite_data_files('t')");
    assertThat(metric("snapshots")).startsWith("snapshots | 50 | 2000 | NULL");

    List<String> calls = new ArrayList<>();
    for (String line : health()) {
      String advice = line.substring(line.lastIndexOf(" | ") + 3);
      if (!advice.equals("NULL")) {
        calls.add(advice);
      }
    }
    assertThat(calls).isNotEmpty();
    for (String call : calls) {
      frazil.execute(call);
    }
    assertThat(health()).allMatch(line -> line.endsWith(" | NULL"));
    assertThat(frazil.query("SELECT count(*), sum(id) FROM t").lines())
        .containsExactly("65 | " + (33 * 6 - 17 * 3));
  }

  /** Many delete files of few rows: they are put together without the data files. */
  @Test
  void positionDeletesAreToBePutTogether() {
    frazil.update(
        "CREATE TABLE t (id integer, p integer) WITH (\"write.frazil.auto-maintain\" = 'false',"
            + " \"write.delete.mode\" = 'merge-on-read')");
    for (int i = 0; i < 17; i++) {
      frazil.update("INSERT INTO t SELECT n, " + i + " FROM generate_series(1, 50) AS s (n)");
      frazil.update("DELETE FROM t WHERE id = 3 AND p = " + i);
    }
    assertThat(metric("deleted_rows_percent")).endsWith(" | 2 | 30 | NULL");
    assertThat(metric("position_delete_files_to_compact"))
        .endsWith(" | 17 | 16 | CALL system.rewrite_position_delete_files('t')");
    assertThat(metric("dangling_delete_files")).endsWith(" | 0 | 0 | NULL");
    frazil.query("CALL system.rewrite_position_delete_files('t')");
    assertThat(metric("position_delete_files_to_compact")).endsWith(" | 0 | 16 | NULL");
    assertThat(metric("delete_files")).endsWith(" | 1 | 16 | NULL");
  }

  @Test
  void aReaderMayAsk() {
    frazil.update("CREATE TABLE t (id integer)");
    frazil.session().setReadOnly(true);
    assertThat(health()).isNotEmpty();
  }
}
