package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Iceberg knows about a table, as tables. */
class MetadataTablesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, name varchar) PARTITIONED BY (id)"
            + " WITH (\"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, 'c')",
        "INSERT INTO t VALUES (3, 'd')",
        "DELETE FROM t WHERE name = 'a'");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  @Test
  void snapshotsTellTheHistory() {
    assertThat(rows("SELECT operation, parent_id IS NULL FROM \"t$snapshots\""))
        .containsExactly("append | false", "append | true", "delete | false");
    assertThat(
            rows(
                "SELECT count(*), bool_and(h.is_current_ancestor) FROM t$history h"
                    + " JOIN main.t$snapshots s ON h.snapshot_id = s.snapshot_id"))
        .containsExactly("3 | true");
    assertThat(
            rows("SELECT summary['total-records'] FROM t$snapshots ORDER BY committed_at LIMIT 1"))
        .containsExactly("3");
  }

  @Test
  void filesHaveTheirPartitionsAndMetrics() {
    assertThat(rows("SELECT partition.id, record_count, file_format FROM t$data_files"))
        .containsExactly("1 | 2 | PARQUET", "2 | 1 | PARQUET", "3 | 1 | PARQUET");
    assertThat(rows("SELECT readable_metrics.name.upper_bound FROM t$data_files"))
        .containsExactly("b", "c", "d");
    assertThat(rows("SELECT partition.id, record_count FROM t$partitions"))
        .containsExactly("1 | 2", "2 | 1", "3 | 1");
    assertThat(rows("SELECT name, type FROM t$refs")).containsExactly("main | BRANCH");
  }

  @ParameterizedTest
  @CsvSource({
    "manifests, 3", "files, 4", "delete_files, 1", "entries, 4", "metadata_log_entries, 4",
    "all_data_files, 3", "all_delete_files, 1", "all_files, 4", "all_entries, 4", "all_manifests, 6"
  })
  void everyTableHasItsRows(String name, int count) {
    assertThat(rows("SELECT count(*) FROM t$" + name)).containsExactly(String.valueOf(count));
  }

  @Test
  void positionDeletesOfFiles() {
    assertThat(
            rows(
                "SELECT p.pos, p.\"row\", p.partition.id, p.spec_id, f.file_format FROM"
                    + " t$position_deletes p JOIN t$delete_files f"
                    + " ON p.delete_file_path = f.file_path JOIN t$data_files d"
                    + " ON p.file_path = d.file_path"))
        .containsExactly("0 | NULL | 1 | 0 | PARQUET");
    assertThat(rows("SELECT count(*) FROM t$position_deletes WHERE pos > 0")).containsExactly("0");
    String second =
        rows("SELECT snapshot_id FROM t$history ORDER BY made_current_at DESC LIMIT 2 OFFSET 1")
            .get(0);
    assertThat(rows("SELECT * FROM t$position_deletes FOR VERSION AS OF " + second)).isEmpty();
    frazil.script("CREATE TABLE nothing (id integer)");
    assertThat(rows("SELECT * FROM nothing$position_deletes")).isEmpty();
  }

  /** More of them than a batch holds. */
  @Test
  void positionDeletesOfVectors() {
    frazil.script(
        "CREATE TABLE u (id integer)"
            + " WITH (\"format-version\" = '3', \"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO u SELECT x FROM generate_series(0, 9999) g (x)",
        "DELETE FROM u WHERE mod(id, 4) = 1");
    assertThat(
            rows(
                "SELECT count(*), count(DISTINCT pos), min(pos), max(pos), max(mod(pos, 4)),"
                    + " count(\"row\"), count(DISTINCT file_path) FROM u$position_deletes"))
        .containsExactly("2500 | 2500 | 1 | 9997 | 1 | 0 | 1");
    assertThat(
            rows(
                "SELECT DISTINCT f.file_format, p.content_offset = f.content_offset,"
                    + " p.content_size_in_bytes = f.content_size_in_bytes, p.file_path ="
                    + " f.referenced_data_file FROM u$position_deletes p JOIN u$delete_files f"
                    + " ON p.delete_file_path = f.file_path"))
        .containsExactly("PUFFIN | true | true | true");
  }

  @Test
  void theTablesAreOfTheSnapshotThatWasAskedFor() {
    String first =
        rows("SELECT snapshot_id FROM t$history ORDER BY made_current_at LIMIT 1").get(0);
    assertThat(rows("SELECT count(*) FROM t$files FOR VERSION AS OF " + first))
        .containsExactly("2");
    assertThat(rows("SELECT count(*) FROM t @ main")).containsExactly("3");
    assertThat(rows("SELECT m.name FROM t @ main AS m WHERE id = 2")).containsExactly("c");
  }

  @Test
  void everyTableHasMetadataColumnsThatNoStarShows() {
    assertThat(rows("SELECT name, _pos, _spec_id, _partition.id FROM t"))
        .containsExactly("b | 1 | 0 | 1", "c | 0 | 0 | 2", "d | 0 | 0 | 3");
    assertThat(rows("SELECT * FROM t WHERE _pos = 1")).containsExactly("1 | b");
    assertThat(rows("SELECT t.*, t._pos FROM t WHERE id = 3")).containsExactly("3 | d | 0");
    assertThat(rows("SELECT * FROM (SELECT id, _pos FROM t) s WHERE id = 1"))
        .containsExactly("1 | 1");
    assertThat(
            rows(
                "SELECT count(*) FROM t JOIN t$data_files f ON t._file = f.file_path"
                    + " AND t._partition.id = f.partition.id"))
        .containsExactly("3");
    assertThat(
            rows(
                "SELECT t.id, t.\"$path\" = _file FROM t JOIN t$data_files f"
                    + " ON t.\"$path\" = f.file_path WHERE \"$path\" LIKE '%id=3%'"))
        .containsExactly("3 | true");
    frazil.update("DELETE FROM t WHERE id IN (SELECT id FROM t WHERE _pos = 1)");
    assertThat(rows("SELECT name FROM t")).containsExactly("c", "d");
  }

  /** In version 3 a row has an id, which its data file counts from, and knows its last commit. */
  @Test
  void rowsOfVersionThreeHaveIds() {
    frazil.script(
        "CREATE TABLE u (id integer)"
            + " WITH (\"format-version\" = '3', \"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO u VALUES (1), (2), (3)",
        "INSERT INTO u VALUES (4), (5)",
        "DELETE FROM u WHERE id = 2");
    assertThat(rows("SELECT id, _row_id, _last_updated_sequence_number FROM u"))
        .containsExactly("1 | 0 | 1", "3 | 2 | 1", "4 | 3 | 2", "5 | 4 | 2");
    assertThat(rows("SELECT id FROM u WHERE _row_id > 2 AND _last_updated_sequence_number = 2"))
        .containsExactly("4", "5");
    assertThat(
            rows(
                "SELECT count(*) FROM u JOIN u$data_files f ON u._file = f.file_path"
                    + " AND u._row_id = f.first_row_id + u._pos"))
        .containsExactly("4");
    assertThat(rows("SELECT * FROM u WHERE _row_id = 0")).containsExactly("1");
    assertThatThrownBy(() -> rows("SELECT _row_id FROM t"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.UNDEFINED_COLUMN));
  }

  /** Files from before the upgrade have no first id, and then no row of them has either. */
  @Test
  void rowsFromBeforeVersionThreeHaveNeitherYet() {
    frazil.script("CREATE TABLE old (id integer)", "INSERT INTO old VALUES (1), (2)");
    frazil.change("old", table -> table.updateProperties().set("format-version", "3"));
    assertThat(rows("SELECT id, _row_id, _last_updated_sequence_number FROM old"))
        .containsExactly("1 | NULL | NULL", "2 | NULL | NULL");
  }

  /** Naming one gives it to all tables of the statement, but it is no column that they share. */
  @Test
  void metadataColumnsAreNothingInCommon() {
    assertThatThrownBy(() -> rows("SELECT a._pos FROM t AS a NATURAL JOIN t AS b"))
        .hasMessageContaining("\"_pos\" of both sides");
    assertThat(rows("SELECT a.id, b._pos FROM t AS a JOIN t AS b USING (id) WHERE b.id = 3"))
        .containsExactly("3 | 0");
  }

  @Test
  void aColumnOfTheTableHidesTheMetadataColumn() {
    frazil.script("CREATE TABLE own (_pos varchar)", "INSERT INTO own VALUES ('mine')");
    assertThat(rows("SELECT *, _pos FROM own")).containsExactly("mine | mine");
  }

  /** The metadata file of what a transaction changed is written when it commits. */
  @Test
  void aTransactionSeesItsOwnSnapshots() {
    frazil.script(
        "START TRANSACTION",
        "INSERT INTO t VALUES (4, 'e')",
        "ALTER TABLE t CREATE BRANCH b",
        "CREATE TABLE made (id integer)",
        "INSERT INTO made VALUES (1)");
    assertThat(rows("SELECT count(*) FROM t$snapshots")).containsExactly("4");
    assertThat(rows("SELECT count(*) FROM t$history")).containsExactly("4");
    assertThat(rows("SELECT name FROM t$refs")).containsExactly("b", "main");
    assertThat(rows("SELECT count(*) FROM t$metadata_log_entries")).containsExactly("5");
    assertThat(rows("SELECT sum(record_count) FROM t$data_files")).containsExactly("5");
    assertThat(rows("SELECT count(*) FROM t$manifests")).containsExactly("4");
    assertThat(rows("SELECT operation FROM made$snapshots")).containsExactly("append");
    assertThat(rows("SELECT sum(record_count) FROM made$partitions")).containsExactly("1");
    frazil.update("ROLLBACK");
    assertThat(rows("SELECT count(*) FROM t$snapshots")).containsExactly("3");
  }

  @Test
  void aPreparedStatementSeesTheNextSnapshot() {
    String sql = "SELECT count(*) FROM t$snapshots";
    assertThat(rows(sql)).containsExactly("3");
    frazil.update("INSERT INTO t VALUES (4, 'e')");
    assertThat(rows(sql)).containsExactly("4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DELETE FROM t$snapshots; FEATURE_NOT_SUPPORTED",
        "SELECT * FROM t$nothing; UNDEFINED_TABLE",
        "SELECT * FROM nothing$files; UNDEFINED_TABLE",
        "SELECT * FROM t @ nothing; INVALID_PARAMETER_VALUE"
      })
  void whatIsNotThereIsSaid(String sql, SqlState state) {
    assertThatThrownBy(() -> frazil.query(sql))
        .isInstanceOf(EngineException.class)
        .extracting(failure -> ((EngineException) failure).state())
        .isEqualTo(state);
  }
}
