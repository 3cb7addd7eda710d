package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UPDATE, DELETE and MERGE by rewritten files, by delete files, and by whichever costs less. */
class RowChangeModesTest {
  private static final String MARK =
      "\"write.delete.mode\" = 'merge-on-read', \"write.update.mode\" = 'merge-on-read',"
          + " \"write.merge.mode\" = 'merge-on-read'";

  private static final String REWRITE = MARK.replace("merge-on-read", "copy-on-write");

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private void create(String table, int version, String properties) {
    frazil.update(
        "CREATE TABLE "
            + table
            + " (id integer, name varchar) WITH (\"format-version\" = '"
            + version
            + "'"
            + (properties.isEmpty() ? "" : ", " + properties)
            + ")");
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  private long count(String metadataTable) {
    return Long.parseLong(frazil.query("SELECT count(*) FROM " + metadataTable).lines().get(0));
  }

  @ParameterizedTest
  @CsvSource({"1,", "1,copy", "2,copy", "3,copy", "1,mark", "2,mark", "3,mark", "2,", "3,"})
  void everyStatementHasTheSameEffectInEveryMode(int version, String mode) {
    create("t", version, mode == null ? "" : mode.equals("copy") ? REWRITE : MARK);
    frazil.script(
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
        "INSERT INTO t VALUES (5, 'e'), (6, 'f')",
        "INSERT INTO t VALUES (7, 'g')");
    String untouched = frazil.query("SELECT _file FROM t WHERE id = 7").lines().get(0);
    assertThat(frazil.update("UPDATE t SET name = 'B' WHERE id = 2")).isEqualTo(1);
    assertThat(frazil.update("DELETE FROM t WHERE id IN (1, 6)")).isEqualTo(2);
    assertThat(
            frazil.update(
                "MERGE INTO t USING (VALUES (3, 'x'), (4, NULL), (9, 'n')) AS s (id, name)"
                    + " ON t.id = s.id WHEN MATCHED AND s.name IS NULL THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET name = s.name"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)"))
        .isEqualTo(3);
    assertThat(frazil.update("DELETE FROM t WHERE id = 100")).isZero();
    assertThat(rows("SELECT * FROM t"))
        .containsExactly("2 | B", "3 | x", "5 | e", "7 | g", "9 | n");
    assertThat(frazil.query("SELECT _file FROM t WHERE id = 7").lines()).containsExactly(untouched);
    if (version == 1 || mode == null || mode.equals("copy")) {
      assertThat(count("t$delete_files")).isZero();
      try (DuckDbRunner duckDb = new DuckDbRunner()) {
        String files = String.join("', '", rows("SELECT file_path FROM t$data_files"));
        assertThat(
                duckDb
                    .query(
                        "SELECT id, name FROM read_parquet(['"
                            + files
                            + "'], union_by_name = true) ORDER BY id")
                    .lines())
            .containsExactly("2 | B", "3 | x", "5 | e", "7 | g", "9 | n");
      }
    } else {
      assertThat(count("t$delete_files")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aFileWithoutRowsGoesInEveryMode(int version) {
    create("t", version, MARK);
    frazil.script("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO t VALUES (3, 'c')");
    frazil.update("DELETE FROM t WHERE id + 0 = 3");
    assertThat(count("t$data_files")).isEqualTo(1);
    assertThat(count("t$delete_files")).isZero();
    frazil.script("DELETE FROM t WHERE id + 0 = 1", "UPDATE t SET name = 'z' WHERE id = 2");
    assertThat(rows("SELECT * FROM t")).containsExactly("2 | z");
    if (version == 3) {
      // The vector told how many rows were left.
      assertThat(count("t$data_files")).isEqualTo(1);
      assertThat(count("t$delete_files")).isZero();
    }
  }

  /** Rewriting a small file costs what a delete file would; a large one has to lose many rows. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whereTheTableDoesNotSayCostDecides(int version) {
    create("t", version, "");
    frazil.update(
        "INSERT INTO t SELECT CAST(n AS integer), to_hex(md5(to_utf8(CAST(n AS varchar))))"
            + " FROM generate_series(1, 100000) AS g (n)");
    assertThat(rows("SELECT file_size_in_bytes > 1048576 FROM t$data_files"))
        .containsExactly("true");
    frazil.script("INSERT INTO t VALUES (0, 'small'), (-1, 'small')");
    frazil.update("UPDATE t SET name = 'changed' WHERE id IN (0, 50000)");
    assertThat(count("t$delete_files")).isEqualTo(1);
    assertThat(rows("SELECT record_count FROM t$data_files")).containsExactly("100000", "3");
    frazil.update("DELETE FROM t WHERE id > 60000");
    assertThat(count("t$data_files")).isEqualTo(2);
    assertThat(rows("SELECT sum(record_count) FROM t$data_files")).containsExactly("60002");
    assertThat(rows("SELECT count(*), max(id), min(id) FROM t"))
        .containsExactly("60002 | 60000 | -1");
  }

  @Test
  void explainSaysWhichAndWhy() {
    create(
        "t", 2, "\"write.update.mode\" = 'copy-on-write', \"write.merge.mode\" = 'merge-on-read'");
    create("old", 1, "");
    assertThat(frazil.query("EXPLAIN UPDATE t SET id = 1").lines().get(0))
        .contains("[copy-on-write: write.update.mode = copy-on-write]");
    assertThat(
            frazil
                .query("EXPLAIN MERGE INTO t USING t AS s ON t.id = s.id WHEN MATCHED THEN DELETE")
                .lines()
                .get(0))
        .contains("[merge-on-read: write.merge.mode = merge-on-read]");
    assertThat(frazil.query("EXPLAIN DELETE FROM t WHERE id = 1").lines().get(0))
        .contains("[by cost of each file: write.delete.mode is not set]");
    assertThat(frazil.query("EXPLAIN DELETE FROM old WHERE id = 1").lines().get(0))
        .contains("[copy-on-write: format version 1 has no delete files]");
  }

  @Test
  void anotherModeIsRefused() {
    create("t", 2, "\"write.delete.mode\" = 'merge-on-read'");
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    frazil.change("t", t -> t.updateProperties().set("write.delete.mode", "sometimes"));
    assertThatThrownBy(() -> frazil.update("DELETE FROM t WHERE id = 1"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
        .hasMessageContaining("write.delete.mode = sometimes");
  }

  /** Position deletes of version 2 cannot go into a vector: the file is rewritten. */
  @Test
  void anUpgradedTableWithOldDeletesCanBeChanged() {
    create("t", 2, MARK);
    frazil.script(
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')", "DELETE FROM t WHERE id = 1");
    frazil.change("t", table -> table.updateProperties().set("format-version", "3"));
    frazil.script("UPDATE t SET name = 'C' WHERE id = 3");
    assertThat(rows("SELECT * FROM t")).containsExactly("2 | b", "3 | C");
  }

  /** Iceberg #10720: a compaction must not bring back what copy-on-write changed meanwhile. */
  @Test
  void copyOnWriteBesideCompaction10720() {
    create("t", 2, REWRITE);
    frazil.script("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "START TRANSACTION");
    frazil.update("UPDATE t SET name = 'changed' WHERE id = 1");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.change("t", RowChangeModesTest::sameFileUnderAnotherName);
    }
    assertThatThrownBy(() -> frazil.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b");
  }

  @SuppressWarnings("deprecation") // the newer form needs a rewrite with a result
  private static org.apache.iceberg.PendingUpdate<?> sameFileUnderAnotherName(Table table) {
    DataFile file = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
    String copy = file.location().replace(".parquet", "-compacted.parquet");
    try {
      java.nio.file.Files.copy(Path.of(file.location()), Path.of(copy));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    DataFile same = DataFiles.builder(table.spec()).copy(file).withPath(copy).build();
    return table.newRewrite().rewriteFiles(Set.of(file), Set.of(same));
  }

  /** Iceberg #11795, #13974: of two that change the same file, the second must see the first. */
  @ParameterizedTest
  @CsvSource({"copy,copy", "copy,mark", "mark,copy"})
  void concurrentMerge11795(String first, String second) {
    create("t", 2, first.equals("copy") ? REWRITE : MARK);
    frazil.script("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "START TRANSACTION");
    String merge =
        "MERGE INTO t USING (VALUES (%d, '%s')) AS s (id, name) ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET name = s.name"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)";
    frazil.update(merge.formatted(1, "ours"));
    try (EngineRunner other = EngineRunner.local(folder)) {
      String mode = second.equals("copy") ? "copy-on-write" : "merge-on-read";
      other.change("t", table -> table.updateProperties().set("write.merge.mode", mode));
      other.update(merge.formatted(2, "theirs"));
    }
    assertThatThrownBy(() -> frazil.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    frazil.update(merge.formatted(1, "ours"));
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | ours", "2 | theirs");
  }

  @Test
  void aTransactionRewritesWhatItWrote() {
    create("t", 2, REWRITE);
    frazil.script(
        "INSERT INTO t VALUES (1, 'a')",
        "START TRANSACTION",
        "INSERT INTO t VALUES (2, 'b'), (3, 'c')",
        "UPDATE t SET name = name || '!' WHERE id < 3",
        "DELETE FROM t WHERE id = 3");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a!", "2 | b!");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.script("CREATE TABLE elsewhere (id integer)", "INSERT INTO elsewhere VALUES (1)");
    }
    frazil.update("COMMIT");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a!", "2 | b!");
    frazil.script("START TRANSACTION", "UPDATE t SET name = 'gone'", "ROLLBACK");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a!", "2 | b!");
  }

  @Test
  void aCancelledRewriteLeavesTheTable() {
    create("t", 2, REWRITE);
    frazil.script("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel("the test");
    assertThatThrownBy(
            () ->
                frazil
                    .session()
                    .prepare("UPDATE t SET name = 'x' WHERE id = 1")
                    .execute(ParameterValues.none(), ExpectedResult.ANY, cancelled))
        .isInstanceOf(EngineException.class);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b");
  }
}
