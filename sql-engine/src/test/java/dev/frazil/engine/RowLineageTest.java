package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of version 3 keep their id whatever rewrites them, and know the commit that changed them
 * last (Iceberg spec, "Row Lineage").
 */
class RowLineageTest {
  private static final String LINEAGE =
      "SELECT id, name, _row_id, _last_updated_sequence_number FROM t ORDER BY id";

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

  private void create(String properties) {
    frazil.script(
        "CREATE TABLE t (id integer, name varchar) WITH (\"format-version\" = '3'"
            + properties
            + ")",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
  }

  private List<String> lineage() {
    return frazil.query(LINEAGE).lines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy-on-write", "merge-on-read"})
  void anUpdatedRowKeepsItsId(String mode) {
    create(", \"write.update.mode\" = '" + mode + "'");
    frazil.update("UPDATE t SET name = 'B' WHERE id = 2");
    assertThat(lineage())
        .containsExactly("1 | a | 0 | 1", "2 | B | 1 | 2", "3 | c | 2 | 1", "4 | d | 3 | 1");
    frazil.update("UPDATE t SET name = name || '!' WHERE id IN (2, 3)");
    assertThat(lineage())
        .containsExactly("1 | a | 0 | 1", "2 | B! | 1 | 3", "3 | c! | 2 | 3", "4 | d | 3 | 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy-on-write", "merge-on-read"})
  void mergeKeepsTheIdsOfMatchedRowsAndGivesNewOnes(String mode) {
    create(", \"write.merge.mode\" = '" + mode + "'");
    frazil.update(
        "MERGE INTO t USING (VALUES (2, 'x'), (4, NULL), (9, 'n')) AS s (id, name) ON t.id = s.id"
            + " WHEN MATCHED AND s.name IS NULL THEN DELETE"
            + " WHEN MATCHED THEN UPDATE SET name = s.name"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)");
    List<String> rows = lineage();
    assertThat(rows).startsWith("1 | a | 0 | 1", "2 | x | 1 | 2", "3 | c | 2 | 1").hasSize(4);
    assertThat(rows.get(3)).startsWith("9 | n | ").endsWith(" | 2");
    assertThat(frazil.query("SELECT count(DISTINCT _row_id) FROM t").lines()).containsExactly("4");
    assertThat(frazil.query("SELECT _row_id > 3 FROM t WHERE id = 9").lines())
        .containsExactly("true");
  }

  /** What the file holds, by its field ids, as a reader that is not ours sees it. */
  @Test
  void theFileHoldsTheIdsUnderTheFieldIdsOfTheSpec() {
    create(", \"write.update.mode\" = 'copy-on-write'");
    frazil.update("UPDATE t SET name = 'B' WHERE id > 2");
    String file = frazil.query("SELECT DISTINCT _file FROM t WHERE id = 3").lines().get(0);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      assertThat(
              duckDb
                  .query(
                      "SELECT id, _row_id, _last_updated_sequence_number FROM read_parquet('"
                          + file
                          + "') ORDER BY id")
                  .lines())
          .containsExactly("1 | 0 | 1", "2 | 1 | 1", "3 | 2 | NULL", "4 | 3 | NULL");
      assertThat(
              duckDb
                  .query(
                      "SELECT name, field_id FROM parquet_schema('"
                          + file
                          + "') WHERE name LIKE '\\_%' ESCAPE '\\' ORDER BY name")
                  .lines())
          .containsExactly("_last_updated_sequence_number | 2147483539", "_row_id | 2147483540");
    }
  }

  @Test
  void rowsFromBeforeVersionThreeGetAnIdWithTheirFirstChange() {
    frazil.script(
        "CREATE TABLE t (id integer, name varchar)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    frazil.change("t", table -> table.updateProperties().set("format-version", "3"));
    frazil.update("UPDATE t SET name = 'B' WHERE id = 2");
    assertThat(
            frazil
                .query(
                    "SELECT _row_id IS NOT NULL, _last_updated_sequence_number FROM t WHERE id = 2")
                .lines())
        .containsExactly("true | 2");
  }

  /** Ids are given by the commit: what a transaction sees of its own rows is not final. */
  @ParameterizedTest
  @ValueSource(strings = {"copy-on-write", "merge-on-read"})
  void rowsThatATransactionInsertsAndUpdatesGetIdsOfTheirOwn(String mode) {
    create(", \"write.update.mode\" = '" + mode + "'");
    frazil.script(
        "START TRANSACTION ISOLATION LEVEL SNAPSHOT",
        "INSERT INTO t VALUES (5, 'e'), (6, 'f')",
        "UPDATE t SET name = name || '!' WHERE id IN (4, 5)");
    assertThat(frazil.query("SELECT count(_row_id) FROM t WHERE id > 4").lines())
        .containsExactly("0");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.script("INSERT INTO t VALUES (7, 'g'), (8, 'h')");
    }
    frazil.update("COMMIT");
    assertThat(frazil.query("SELECT count(*), count(DISTINCT _row_id) FROM t").lines())
        .as(() -> String.join(", ", lineage()))
        .containsExactly("8 | 8");
    assertThat(
            frazil
                .query(
                    "SELECT id, _last_updated_sequence_number, _row_id < 4 FROM t WHERE id IN (3, 4)"
                        + " ORDER BY id")
                .lines())
        .containsExactly("3 | 1 | true", "4 | 4 | true");
    assertThat(
            frazil.query("SELECT count(*) FROM t WHERE _last_updated_sequence_number > 4").lines())
        .containsExactly("0");
  }

  @Test
  void aColumnOfTheTableMayHaveTheName() {
    frazil.script(
        "CREATE TABLE own (_row_id varchar, n integer) WITH (\"format-version\" = '3')",
        "INSERT INTO own VALUES ('mine', 1), ('yours', 2)",
        "UPDATE own SET n = n + 1 WHERE n = 1",
        "UPDATE own SET n = n + 1 WHERE n = 2");
    assertThat(frazil.query("SELECT * FROM own ORDER BY 1").lines())
        .containsExactly("mine | 3", "yours | 3");
  }
}
