package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.rewrite_data_files}: what is written anew, and that no row changes by it. */
@Tag("slow")
class RewriteDataFilesTest {
  @TempDir Path folder;

  private static void insertFiles(EngineRunner frazil, String table, int files) {
    for (int file = 0; file < files; file++) {
      frazil.update(
          "INSERT INTO " + table + " VALUES (" + file + ", 'a" + file + "'), (1" + file + ", 'b')");
    }
  }

  private static String dataFiles(EngineRunner frazil, String table) {
    return frazil
        .query("SELECT count(*) FROM \"" + table + "$files\" WHERE content = 0")
        .lines()
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void smallFilesBecomeOne(String version) {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t (id integer, v varchar) WITH (\"format-version\" = '" + version + "')");
      insertFiles(frazil, "t", 4);
      List<String> before = new ArrayList<>(frazil.query("SELECT * FROM t").sorted());
      assertThat(frazil.query("CALL system.rewrite_data_files('t')").lines())
          .as("four files are fewer than min-input-files")
          .containsExactly("0 | 0 | 0 | 0 | 0");
      frazil.update("INSERT INTO t VALUES (100, 'c')");
      String answer = frazil.query("CALL system.rewrite_data_files(table => 't')").lines().get(0);
      assertThat(answer).matches("5 \\| 1 \\| [0-9]+ \\| 0 \\| 0");
      before.add("100 | c");
      before.sort(null);
      assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
      assertThat(dataFiles(frazil, "t")).isEqualTo("1");
      assertThat(
              frazil.query("SELECT operation FROM \"t$snapshots\" ORDER BY committed_at").lines())
          .endsWith("replace");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, merge-on-read", "3, merge-on-read", "2, copy-on-write"})
  void deletesAreApplied(String version, String mode) {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t (id integer, v varchar) WITH (\"format-version\" = '%s', \"write.delete.mode\" = '%s')"
              .formatted(version, mode));
      frazil.update("INSERT INTO t SELECT n, 'x' || n FROM generate_series(1, 1000) AS s (n)");
      frazil.update("INSERT INTO t SELECT n, 'y' || n FROM generate_series(1001, 2000) AS s (n)");
      frazil.update("DELETE FROM t WHERE id % 2 = 0");
      frazil.update("DELETE FROM t WHERE id > 1900");
      List<String> before = frazil.query("SELECT count(*), sum(id), max(v) FROM t").lines();
      frazil.query(
          "CALL system.rewrite_data_files('t', options => map('delete-ratio-threshold', '0.3', 'min-input-files', '2'))");
      assertThat(frazil.query("SELECT count(*), sum(id), max(v) FROM t").lines()).isEqualTo(before);
      assertThat(frazil.query("SELECT count(*) FROM \"t$files\" WHERE content <> 0").lines())
          .as("the deletes of the old files are gone")
          .containsExactly("0");
      assertThat(dataFiles(frazil, "t")).isEqualTo("1");
    }
  }

  @Test
  void theLineageOfVersionThreeStays() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE t (id integer, v varchar) WITH (\"format-version\" = '3')");
      insertFiles(frazil, "t", 3);
      frazil.update("UPDATE t SET v = 'z' WHERE id = 1");
      String lineage = "SELECT id, v, _row_id, _last_updated_sequence_number FROM t";
      List<String> before = frazil.query(lineage).sorted();
      frazil.query(
          "CALL system.rewrite_data_files(table => 't', options => map('rewrite-all', 'true'))");
      assertThat(frazil.query(lineage).sorted()).isEqualTo(before);
    }
  }

  @Test
  void filesAreChosenByPartitionAndCondition() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE t (id integer, p varchar) PARTITIONED BY (p)");
      for (int i = 0; i < 6; i++) {
        frazil.update("INSERT INTO t VALUES (" + i + ", 'one'), (" + (10 + i) + ", 'it''s')");
      }
      List<String> before = new ArrayList<>(frazil.query("SELECT * FROM t").sorted());
      assertThat(
              frazil
                  .query("CALL system.rewrite_data_files(table => 't', where => 'p = ''one''')")
                  .lines()
                  .get(0))
          .startsWith("6 | 1 | ");
      assertThat(
              frazil
                  .query("CALL system.rewrite_data_files(table => 't', where => 'false -- none')")
                  .lines())
          .containsExactly("0 | 0 | 0 | 0 | 0");
      frazil.update("INSERT INTO t VALUES (100, 'one')");
      assertThat(
              frazil
                  .query(
                      "CALL system.rewrite_data_files('t', options => map("
                          + "'rewrite-all', 'true', 'partial-progress.enabled', 'true'))")
                  .lines()
                  .get(0))
          .startsWith("8 | 2 | ");
      before.add("100 | one");
      before.sort(null);
      assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
      assertThat(frazil.query("SELECT p, count(*) FROM t GROUP BY p").sorted())
          .containsExactly("it's | 6", "one | 7");
    }
  }

  @Test
  void anEvolvedPartitioningIsBroughtToTheCurrentOne() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE t (id integer, p varchar)");
      insertFiles(frazil, "t", 2);
      frazil.change("t", table -> table.updateSpec().addField("p"));
      insertFiles(frazil, "t", 2);
      List<String> before = new ArrayList<>(frazil.query("SELECT * FROM t").sorted());
      frazil.query("CALL system.rewrite_data_files('t', options => map('rewrite-all', 'true'))");
      assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
      assertThat(frazil.query("SELECT DISTINCT spec_id FROM \"t$files\"").lines())
          .containsExactly("1");
    }
  }

  @Test
  void rowsAreSorted() {
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update("CREATE TABLE t (id integer, v varchar)");
      insertFiles(frazil, "t", 5);
      frazil.update("INSERT INTO t VALUES (NULL, 'n')");
      frazil.query(
          "CALL system.rewrite_data_files(table => 't', strategy => 'sort',"
              + " sort_order => 'id DESC NULLS LAST, v')");
      String file = frazil.query("SELECT file_path FROM \"t$files\"").lines().get(0);
      String inFile = "SELECT id FROM read_parquet('" + file + "') ";
      assertThat(duckDb.query(inFile).lines())
          .isEqualTo(duckDb.query(inFile + "ORDER BY id DESC NULLS LAST").lines())
          .hasSize(11);
      assertThat(frazil.query("SELECT sort_order_id FROM \"t$files\"").lines())
          .as("the table does not know the order")
          .containsExactly("0");
      frazil.change("t", RewriteDataFilesTest::orderById);
      frazil.query("CALL system.rewrite_data_files('t', 'sort', NULL, MAP['rewrite-all', 'true'])");
      assertThat(frazil.query("SELECT sort_order_id FROM \"t$files\"").lines())
          .containsExactly("1");
    }
  }

  private static PendingUpdate<?> orderById(Table table) {
    return table.replaceSortOrder().asc("id");
  }

  @Test
  void largeFilesAreCut() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t AS SELECT n, CAST(random() AS varchar) AS v"
              + " FROM generate_series(1, 20000) AS s (n)");
      List<String> before = frazil.query("SELECT count(*), sum(n), min(v) FROM t").lines();
      frazil.query(
          "CALL system.rewrite_data_files('t', options => map('target-file-size-bytes', '60000'))");
      assertThat(Integer.parseInt(dataFiles(frazil, "t"))).isGreaterThan(2);
      assertThat(frazil.query("SELECT count(*), sum(n), min(v) FROM t").lines()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CALL system.rewrite_data_file('t');                 42883; did you mean rewrite_data_files",
        "CALL rewrite_data_files('t');                       42883; system.rewrite_data_files",
        "CALL system.rewrite_data_files();                   42883; needs the argument 'table'",
        "CALL system.rewrite_data_files(tables => 't');       42883; did you mean table",
        "CALL system.rewrite_data_files('t', 'a', 'b', map('a', 'b'), 'c', 'd'); 42883; has 5 arguments",
        "CALL system.rewrite_data_files(table => 't', 'a');  42601; without a name",
        "CALL system.rewrite_data_files('t', table => 't');  42601; given twice",
        "CALL system.rewrite_data_files(NULL);               22023; must not be NULL",
        "CALL system.rewrite_data_files('x');                42P01; does not exist",
        "CALL system.rewrite_data_files('t', 'zorder');      22023; neither 'binpack' nor 'sort'",
        "CALL system.rewrite_data_files('t', sort_order => 'w'); 42703; no column",
        "CALL system.rewrite_data_files('t', sort_order => 'bucket(4, id)'); 0A000; bucket",
        "CALL system.rewrite_data_files('t', 'sort');        22023; has no sort order",
        "CALL system.rewrite_data_files('t', options => map('min-input-file', '1')); 22023; did you mean min-input-files",
        "CALL system.rewrite_data_files('t', options => map('rewrite-job-order', 'a')); 22023; rewrite-job-order",
        "CALL system.rewrite_data_files('t', options => map('target-file-size-bytes', '0')); 22023; must lie between",
        "CALL system.rewrite_data_files('t', where => 'nothing = 1'); 42703; nothing",
        "CALL system.rewrite_data_files('t', where => 'id = 1) AND (true'); 42601; syntax",
      })
  void whatIsWrongIsSaid(String sql, String state, String text) {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE t (id integer)");
      assertThatThrownBy(() -> frazil.execute(sql))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state))
          .hasMessageContaining(text);
    }
  }

  /** The first group was committed under the token, and the second one failed for it. */
  @Test
  void aTokenNamesOneCommit() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE t (id integer)");
      for (int i = 0; i < 3; i++) {
        frazil.update("INSERT INTO t VALUES (?)", i);
      }
      frazil.update("SET IDEMPOTENCY_TOKEN = 'compaction 1'");
      String call =
          "CALL system.rewrite_data_files('t', options => MAP['rewrite-all', 'true',"
              + " 'max-file-group-size-bytes', '1', 'partial-progress.enabled', '";
      assertThatThrownBy(() -> frazil.query(call + "true'])"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
      assertThat(frazil.query("SELECT count(*) FROM \"t$snapshots\"").lines()).containsExactly("3");
      assertThat(frazil.query(call + "false'])").lines())
          .singleElement()
          .asString()
          .startsWith("3 | 1 |");
      assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("0", "1", "2");
    }
  }

  @Test
  void itIsNoPartOfATransaction() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script("CREATE TABLE t (id integer)", "START TRANSACTION");
      assertThatThrownBy(() -> frazil.execute("CALL system.rewrite_data_files('t')"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.ACTIVE_TRANSACTION));
      frazil.update("ROLLBACK");
      assertThat(frazil.query("EXPLAIN CALL system.rewrite_data_files('t')").lines())
          .containsExactly("Call system.rewrite_data_files");
      assertThat(frazil.query("CALL system.rewrite_data_files(?)", "t").lines())
          .containsExactly("0 | 0 | 0 | 0 | 0");
    }
  }
}
