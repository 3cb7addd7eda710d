package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RESTORE DATABASE after each kind of change of a table, and how the table goes on from there. */
class RestoredTablesTest {
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

  private long version() {
    return Long.parseLong(frazil.query("SHOW DATABASE HISTORY LIMIT 1").rows().get(0).get(0));
  }

  private List<String> rows(String query) {
    return frazil.query(query).sorted();
  }

  private TableMetadata metadata(String table) {
    BaseTable loaded =
        (BaseTable) frazil.session().icebergCatalog().loadTable(TableIdentifier.of("main", table));
    return loaded.operations().current();
  }

  /** There and back again, with an insert at each end. */
  private void thereAndBack(String values, String... changes) {
    frazil.update("INSERT INTO t VALUES " + values);
    long then = version();
    List<String> before = rows("SELECT * FROM t");
    List<String> columns = frazil.query("DESCRIBE EXTENDED t").lines();
    frazil.script(changes);
    long now = version();
    TableMetadata present = metadata("t");
    List<String> after = rows("SELECT * FROM t");
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    TableMetadata restored = metadata("t");
    assertThat(rows("SELECT * FROM t")).isEqualTo(before);
    assertThat(restored.uuid()).isEqualTo(present.uuid());
    assertThat(restored.lastColumnId()).isGreaterThanOrEqualTo(present.lastColumnId());
    assertThat(restored.lastSequenceNumber()).isEqualTo(present.lastSequenceNumber());
    assertThat(restored.nextRowId()).isEqualTo(present.nextRowId());
    assertThat(restored.formatVersion()).isEqualTo(present.formatVersion());
    assertThat(restored.snapshots()).hasSize(present.snapshots().size());
    assertThat(restored.previousFiles().get(restored.previousFiles().size() - 1).file())
        .isEqualTo(present.metadataFileLocation());
    if (restored.formatVersion() == 2) {
      assertThat(frazil.query("DESCRIBE EXTENDED t").lines()).isEqualTo(columns);
    }
    frazil.update("INSERT INTO t VALUES " + values);
    assertThat(rows("SELECT * FROM t")).hasSize(before.size() + 1);
    frazil.update("RESTORE DATABASE TO VERSION " + now);
    assertThat(rows("SELECT * FROM t")).isEqualTo(after);
    frazil.update("DELETE FROM t");
  }

  @Test
  void rowsColumnsPartitionsAndProperties() {
    frazil.update("CREATE TABLE t (id integer, name varchar) PARTITIONED BY (bucket(4, id))");
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    thereAndBack(
        "(2, 'b')",
        "UPDATE t SET name = 'x'",
        "INSERT INTO t VALUES (3, 'c')",
        "DELETE FROM t WHERE id = 1");
    thereAndBack(
        "(4, 'd')", "ALTER TABLE t DROP COLUMN name", "ALTER TABLE t ADD COLUMN name date");
    frazil.update("ALTER TABLE t DROP COLUMN name");
    frazil.update("ALTER TABLE t ADD COLUMN name varchar");
    thereAndBack("(5, 'e')", "TRUNCATE TABLE t", "COMMENT ON TABLE t IS 'empty'");
    thereAndBack(
        "(6, 'f')",
        "ALTER TABLE t SET PROPERTIES format_version = 3",
        "UPDATE t SET id = id + 1",
        "INSERT INTO t VALUES (7, 'g')");
  }

  @Test
  void tablesThatWereMadeAnew() {
    frazil.update("CREATE TABLE t (id integer, name varchar)");
    thereAndBack("(1, 'a')", "CREATE OR REPLACE TABLE t (other date, id bigint)");
    frazil.update("CREATE OR REPLACE TABLE t (id integer, name varchar)");
    thereAndBack("(1, 'a')", "CREATE OR REPLACE TABLE t AS SELECT 1 AS one, id FROM t");
  }

  @Test
  void keysAreKeptAgain() {
    frazil.script("CREATE TABLE t (id integer PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    long then = version();
    frazil.script("CREATE OR REPLACE TABLE t (id integer)", "INSERT INTO t VALUES (2), (2)");
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThatThrownBy(() -> frazil.update("INSERT INTO t VALUES (1)"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION));
    frazil.update("INSERT INTO t VALUES (2)");
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "2");
  }

  @Test
  void anEmptyTable() {
    frazil.update("CREATE TABLE t (id integer)");
    long then = version();
    frazil.update("INSERT INTO t VALUES (1)");
    long now = version();
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(rows("SELECT * FROM t")).isEmpty();
    frazil.update("INSERT INTO t VALUES (2)");
    assertThat(rows("SELECT * FROM t")).containsExactly("2");
    frazil.update("RESTORE DATABASE TO VERSION " + now);
    assertThat(rows("SELECT * FROM t")).containsExactly("1");
  }

  @Test
  void namesThatWereGivenAway() {
    frazil.script("CREATE TABLE a (id integer)", "INSERT INTO a VALUES (1)");
    long then = version();
    frazil.script(
        "ALTER TABLE a RENAME TO b",
        "INSERT INTO b VALUES (2)",
        "CREATE TABLE a (x varchar)",
        "INSERT INTO a VALUES ('new')");
    long now = version();
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(frazil.query("SHOW TABLES").lines()).containsExactly("a");
    assertThat(rows("SELECT * FROM a")).containsExactly("1");
    assertThat(frazil.query("SELECT count(*) FROM \"a$snapshots\"").lines()).containsExactly("2");
    // What the name had meanwhile is a dropped table.
    frazil.update("UNDROP TABLE a RENAME TO new_a");
    assertThat(rows("SELECT * FROM new_a")).containsExactly("new");
    frazil.update("RESTORE DATABASE TO VERSION " + now);
    assertThat(rows("SELECT * FROM a")).containsExactly("new");
    assertThat(rows("SELECT * FROM b")).containsExactly("1", "2");
    assertThat(frazil.query("SHOW DROPPED TABLES").rows()).isEmpty();
  }

  @Test
  void aTableThatWasDroppedLaterGoesBackFurther() {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    long then = version();
    frazil.script("INSERT INTO t VALUES (2)", "DROP TABLE t");
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(rows("SELECT * FROM t")).containsExactly("1");
    assertThat(frazil.query("SELECT count(*) FROM \"t$snapshots\"").lines()).containsExactly("2");
  }

  @Test
  void branchesAndTags() {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    long first = metadata("t").currentSnapshot().snapshotId();
    frazil.change("t", table -> table.manageSnapshots().createTag("v1", first));
    long then = version();
    frazil.update("INSERT INTO t VALUES (2)");
    frazil.change(
        "t",
        table ->
            table
                .manageSnapshots()
                .removeTag("v1")
                .createBranch("dev", table.currentSnapshot().snapshotId()));
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'v1'")).containsExactly("1");
    assertThat(metadata("t").refs()).containsOnlyKeys("main", "v1");
  }

  @Test
  void underATokenItIsDoneOnce() {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    long then = version();
    frazil.update("INSERT INTO t VALUES (2)");
    frazil.update("SET IDEMPOTENCY_TOKEN = 'back'");
    assertThat(frazil.update("RESTORE DATABASE TO VERSION ?", "" + then)).isEqualTo(1);
    frazil.update("SET IDEMPOTENCY_TOKEN = NULL");
    frazil.update("INSERT INTO t VALUES (3)");
    frazil.update("SET IDEMPOTENCY_TOKEN = 'back'");
    assertThat(frazil.update("RESTORE DATABASE TO VERSION " + then)).isZero();
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "3");
    assertThat(frazil.query("SHOW COMMIT STATE OF 'back'").lines().get(0)).startsWith("COMMITTED");
  }

  @Test
  void readOnlyConnectionsRefuse() {
    frazil.script("CREATE TABLE t (id integer)", "DROP TABLE t", "SET readOnly = true");
    for (String change : List.of("RESTORE DATABASE TO VERSION 2", "UNDROP TABLE t")) {
      assertThatThrownBy(() -> frazil.update(change))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.READ_ONLY_TRANSACTION));
    }
    assertThat(frazil.query("SHOW DROPPED TABLES").rows()).hasSize(1);
  }

  /** Columns that were taken back, and others in their place, are not those that a writer knows. */
  @Test
  void aWriterOfColumnsThatWereTakenBackLoses() {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    long then = version();
    frazil.update("ALTER TABLE t ADD COLUMN a integer");
    try (EngineRunner writer = EngineRunner.local(folder)) {
      writer.script("START TRANSACTION ISOLATION LEVEL SNAPSHOT", "INSERT INTO t VALUES (2, 20)");
      frazil.script("RESTORE DATABASE TO VERSION " + then, "ALTER TABLE t ADD COLUMN b varchar");
      assertThatThrownBy(() -> writer.update("COMMIT"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE))
          .hasMessageContaining("columns were changed");
    }
    assertThat(rows("SELECT id, b FROM t")).containsExactly("1 | NULL");
  }
}
