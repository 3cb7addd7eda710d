package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE OR REPLACE TABLE and REPLACE TABLE: identity, history, field ids, conflicts. */
class ReplaceTableTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void makeTable() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, v varchar DEFAULT 'none', CHECK (id > 0))"
            + " PARTITIONED BY (bucket(4, id)) COMMENT 'the first' WITH ('k' = 'kept')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private static void fails(SqlState state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  private Table table(String name) {
    return frazil.session().icebergCatalog().loadTable(TableIdentifier.of("main", name));
  }

  private TableMetadata metadata() {
    return ((HasTableOperations) table("t")).operations().current();
  }

  private static Map<String, Integer> ids(Table table) {
    Map<String, Integer> ids = new java.util.TreeMap<>();
    table.schema().columns().forEach(field -> ids.put(field.name(), field.fieldId()));
    return ids;
  }

  @Test
  void theTableIsMadeAnewUnderItsIdentityInOneCommit() {
    TableMetadata before = metadata();
    long snapshot = before.currentSnapshot().snapshotId();
    frazil.update(
        "CREATE OR REPLACE TABLE t PARTITIONED BY (v) AS SELECT v, id * 10 AS n FROM t WHERE id = 2");
    assertThat(frazil.query("SELECT v, n FROM t").lines()).containsExactly("b | 20");
    TableMetadata after = metadata();
    assertThat(after.uuid()).isEqualTo(before.uuid());
    assertThat(after.location()).isEqualTo(before.location());
    assertThat(after.previousFiles()).hasSize(before.previousFiles().size() + 1);
    assertThat(after.snapshots()).hasSize(2);
    assertThat(after.currentSnapshot().parentId()).isNull();
    // v keeps its id; id is gone, and its number is not given out again.
    assertThat(ids(table("t"))).isEqualTo(Map.of("v", 2, "n", 3));
    assertThat(after.spec().fields()).hasSize(1);
    assertThat(after.spec().fields().get(0).sourceId()).isEqualTo(2);
    assertThat(frazil.query("SELECT id, v FROM t FOR VERSION AS OF " + snapshot).sorted())
        .containsExactly("1 | a", "2 | b");
    assertThat(frazil.query("SELECT count(*) FROM \"t$snapshots\"").lines()).containsExactly("2");
  }

  @Test
  void oldSnapshotsAreReadByTime() throws InterruptedException {
    Thread.sleep(5);
    long between = System.currentTimeMillis();
    Thread.sleep(5);
    frazil.update("CREATE OR REPLACE TABLE t AS SELECT 7 AS x");
    String time = java.time.Instant.ofEpochMilli(between).toString();
    assertThat(frazil.query("SELECT id FROM t FOR TIMESTAMP AS OF '" + time + "'").sorted())
        .containsExactly("1", "2");
  }

  @Test
  void whatDefinesTheOldTableGoesAndOtherPropertiesStay() {
    frazil.update("CREATE OR REPLACE TABLE t (v varchar, id integer) WITH ('other' = 'new')");
    assertThat(frazil.query("SELECT * FROM t").lines()).isEmpty();
    assertThat(table("t").properties())
        .containsEntry("k", "kept")
        .containsEntry("other", "new")
        .doesNotContainKey("comment");
    assertThat(table("t").properties().keySet()).noneMatch(key -> key.startsWith("frazil."));
    assertThat(table("t").schema().identifierFieldIds()).isEmpty();
    assertThat(table("t").spec().isPartitioned()).isFalse();
    frazil.update("INSERT INTO t (id) VALUES (-1), (-1)");
    assertThat(frazil.query("SELECT v, id FROM t").lines())
        .containsExactly("NULL | -1", "NULL | -1");
  }

  @Test
  void keysAndDefaultsOfTheNewTableNameItsColumns() {
    frazil.update(
        "CREATE OR REPLACE TABLE t (a integer, v varchar DEFAULT current_schema, w uuid DEFAULT"
            + " uuidv7(), b integer, UNIQUE (b), PRIMARY KEY (v, a))");
    assertThat(ids(table("t"))).isEqualTo(Map.of("a", 3, "v", 2, "w", 4, "b", 5));
    frazil.update("INSERT INTO t (a, b) VALUES (1, 1)");
    assertThat(frazil.query("SELECT a, v, w IS NOT NULL, b FROM t").lines())
        .containsExactly("1 | main | true | 1");
    fails(SqlState.UNIQUE_VIOLATION, () -> frazil.update("INSERT INTO t (a, b) VALUES (1, 2)"));
    fails(SqlState.UNIQUE_VIOLATION, () -> frazil.update("INSERT INTO t (a, b) VALUES (2, 1)"));
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("PRIMARY KEY (v, a)", "UNIQUE (b)", "DEFAULT uuidv7()");
  }

  @Test
  void withoutATableTheOneFormCreatesAndTheOtherFails() {
    frazil.update("CREATE OR REPLACE TABLE made AS SELECT 1 AS x");
    assertThat(frazil.query("SELECT x FROM made").lines()).containsExactly("1");
    fails(SqlState.UNDEFINED_TABLE, () -> frazil.update("REPLACE TABLE nowhere (a integer)"));
    frazil.update("REPLACE TABLE made USING iceberg AS SELECT 2 AS y");
    assertThat(frazil.query("SELECT y FROM made").lines()).containsExactly("2");
    fails(
        SqlState.SYNTAX_ERROR,
        () -> frazil.update("CREATE OR REPLACE TABLE IF NOT EXISTS made (a integer)"));
  }

  @Test
  void aQueryThatFailsLeavesTheTableAsItWas() {
    TableMetadata before = metadata();
    fails(
        SqlState.DIVISION_BY_ZERO,
        () -> frazil.update("CREATE OR REPLACE TABLE t AS SELECT 1 / (id - 2) AS x FROM t"));
    assertThat(metadata().metadataFileLocation()).isEqualTo(before.metadataFileLocation());
    frazil.update("START TRANSACTION");
    frazil.update("INSERT INTO t VALUES (3, 'c')");
    fails(
        SqlState.DIVISION_BY_ZERO,
        () -> frazil.update("CREATE OR REPLACE TABLE t AS SELECT 1 / (id - 2) AS x FROM t"));
    assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "2", "3");
    frazil.update("COMMIT");
    assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "2", "3");
  }

  @Test
  void itIsPartOfItsTransaction() {
    frazil.script(
        "START TRANSACTION",
        "SAVEPOINT s",
        "CREATE OR REPLACE TABLE t AS SELECT id FROM t",
        "CREATE OR REPLACE TABLE t AS SELECT id + 1 AS following FROM t",
        "INSERT INTO t VALUES (9)");
    assertThat(frazil.query("SELECT following FROM t").sorted()).containsExactly("2", "3", "9");
    frazil.update("ROLLBACK TO s");
    assertThat(frazil.query("SELECT v FROM t").sorted()).containsExactly("a", "b");
    frazil.script("CREATE OR REPLACE TABLE t AS SELECT v AS w FROM t", "COMMIT");
    assertThat(frazil.query("SELECT w FROM t").sorted()).containsExactly("a", "b");
    frazil.script(
        "START TRANSACTION", "DROP TABLE t", "CREATE OR REPLACE TABLE t (z integer)", "COMMIT");
    assertThat(ids(table("t"))).isEqualTo(Map.of("z", 1));
  }

  @Test
  void aPreparedStatementSeesTheNewTable() {
    PreparedQuery query = frazil.session().prepare("SELECT * FROM t");
    PreparedQuery again = frazil.session().prepare("CREATE OR REPLACE TABLE t AS SELECT v FROM t");
    assertThat(query.columns()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      again.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
      StatementResult.Rows rows =
          (StatementResult.Rows)
              query.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
      assertThat(EngineRunner.read(rows.cursor()).sorted()).containsExactly("a", "b");
    }
  }

  @Test
  void othersChangesAreNotLost() {
    try (EngineRunner other = EngineRunner.local(folder)) {
      frazil.update("START TRANSACTION");
      frazil.update("CREATE OR REPLACE TABLE t AS SELECT count(*) AS n FROM t");
      other.update("INSERT INTO t VALUES (3, 'c')");
      fails(SqlState.SERIALIZATION_FAILURE, () -> frazil.update("COMMIT"));
      assertThat(other.query("SELECT id FROM t").sorted()).containsExactly("1", "2", "3");

      for (String change :
          List.of("INSERT INTO t VALUES (4, 'd')", "DELETE FROM t WHERE id = 1", "TRUNCATE t")) {
        frazil.script("START TRANSACTION", change);
        other.update("CREATE OR REPLACE TABLE t (id integer PRIMARY KEY, v varchar, more integer)");
        fails(SqlState.SERIALIZATION_FAILURE, () -> frazil.update("COMMIT"));
        other.script(
            "CREATE OR REPLACE TABLE t (id integer PRIMARY KEY, v varchar)",
            "INSERT INTO t VALUES (1, 'a')");
      }
    }
  }

  @Test
  void replacementsInAutocommitComeOneAfterTheOther() throws Exception {
    Thread[] writers = new Thread[4];
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < writers.length; i++) {
      writers[i] =
          new Thread(
              () -> {
                try (Session session = frazil.engine().openSession()) {
                  for (int j = 0; j < 5; j++) {
                    session
                        .prepare("CREATE OR REPLACE TABLE n AS SELECT * FROM n UNION ALL SELECT 1")
                        .execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
                  }
                } catch (RuntimeException e) {
                  failures.add(e);
                }
              });
    }
    frazil.update("CREATE TABLE n (x integer)");
    for (Thread writer : writers) {
      writer.start();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(failures).isEmpty();
    assertThat(frazil.query("SELECT count(*) FROM n").lines()).containsExactly("20");
  }

  @Test
  void nestedFieldsKeepTheirIds() {
    frazil.script(
        "CREATE TABLE nested (a integer, r row(x integer, y row(z varchar)))",
        "CREATE OR REPLACE TABLE nested (r row(y row(z varchar, w integer)), b integer)");
    Types.StructType struct = table("nested").schema().asStruct();
    assertThat(struct.field("r").fieldId()).isEqualTo(2);
    Types.NestedField y = struct.field("r").type().asStructType().field("y");
    assertThat(y.fieldId()).isEqualTo(4);
    assertThat(y.type().asStructType().field("z").fieldId()).isEqualTo(5);
    assertThat(struct.field("b").fieldId()).isBetween(6, 7);
    assertThat(y.type().asStructType().field("w").fieldId()).isBetween(6, 7);
  }
}
