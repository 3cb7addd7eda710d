package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DROP TABLE ... PURGE and DROP SCHEMA ... CASCADE. */
class PurgeTableTest {
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

  private List<Path> files(String table) throws IOException {
    Path schema = folder.resolve("main");
    if (!Files.exists(schema)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(schema)) {
      return files
          .filter(file -> file.toString().contains("/" + table + "-") && Files.isRegularFile(file))
          .filter(file -> !file.getFileName().toString().startsWith(".")) // locks of the folder
          .toList();
    }
  }

  private static void fails(SqlState state, ThrowingCallable call, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state))
        .hasMessageContaining(word);
  }

  private void fill(String table) {
    frazil.script(
        "CREATE TABLE " + table + " (id integer, name varchar)",
        "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')",
        "UPDATE " + table + " SET name = 'c' WHERE id = 2",
        "INSERT INTO " + table + " VALUES (3, 'd')");
  }

  @Test
  void filesGoWithTheTable() throws IOException {
    fill("t");
    frazil.change("t", t -> t.updateProperties().set("write.metadata.previous-versions-max", "1"));
    frazil.script("INSERT INTO t VALUES (4, 'e')", "INSERT INTO t VALUES (5, 'f')");
    fill("other");
    int before = files("other").size();
    assertThat(files("t")).isNotEmpty();
    frazil.update("DROP TABLE t PURGE");
    assertThat(files("t")).isEmpty();
    assertThat(files("other")).hasSize(before);
    fails(SqlState.OBJECT_NOT_IN_STATE, () -> frazil.update("UNDROP TABLE t"), "expired");
    frazil.update("DROP TABLE IF EXISTS t PURGE");
    fails(SqlState.UNDEFINED_TABLE, () -> frazil.update("DROP TABLE t PURGE"), "\"t\"");
    assertThat(frazil.query("SELECT count(*) FROM other").lines()).containsExactly("3");
  }

  @Test
  void onlyACommitDeletes() throws IOException {
    fill("t");
    fill("u");
    int before = files("t").size();
    frazil.script("START TRANSACTION", "DROP TABLE t PURGE");
    assertThat(files("t")).hasSize(before);
    frazil.update("ROLLBACK");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("3");
    frazil.script(
        "START TRANSACTION",
        "DROP TABLE u PURGE",
        "SAVEPOINT s",
        "DROP TABLE t PURGE",
        "ROLLBACK TO s",
        "COMMIT");
    assertThat(files("u")).isEmpty();
    assertThat(files("t")).hasSize(before);
    // A name that goes over to another table does not take the files of that one along.
    frazil.script(
        "START TRANSACTION",
        "DROP TABLE t PURGE",
        "CREATE TABLE t (id integer)",
        "INSERT INTO t VALUES (7)",
        "COMMIT");
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("7");
    assertThat(files("t")).hasSizeLessThan(before);
  }

  /**
   * Within the transaction the table has another name than the files of its folder are known by.
   */
  @Test
  void aTableIsPurgedUnderANewName() throws IOException {
    fill("t");
    frazil.script("START TRANSACTION", "ALTER TABLE t RENAME TO s", "DROP TABLE s PURGE", "COMMIT");
    assertThat(files("t")).isEmpty();
    assertThat(frazil.query("SHOW TABLES").lines()).isEmpty();
  }

  @Test
  void whatOthersMayNeedStays() throws IOException {
    fill("t");
    frazil.change("t", table -> table.updateProperties().set("gc.enabled", "false"));
    int before = files("t").size();
    fails(SqlState.OBJECT_NOT_IN_STATE, () -> frazil.update("DROP TABLE t PURGE"), "gc.enabled");
    assertThat(files("t")).hasSize(before);
    frazil.update("DROP TABLE t");
    frazil.update("UNDROP TABLE t");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("3");
  }

  @Test
  void aHadoopWarehouseHasNoPurge() throws IOException {
    Path warehouse = Files.createDirectories(folder.resolve("warehouse/s"));
    ConnectionConfig hadoop =
        ConnectionConfig.of(new Warehouse.HadoopFolder(warehouse.getParent().toString()));
    try (EngineRunner other = EngineRunner.open(hadoop)) {
      other.update("CREATE TABLE s.t (id integer)");
      fails(SqlState.FEATURE_NOT_SUPPORTED, () -> other.update("DROP TABLE s.t PURGE"), "PURGE");
      assertThat(other.query("SHOW TABLES IN s").lines()).containsExactly("t");
    }
  }

  @Test
  void rowsThatOthersCommitMeanwhileGoToo() throws IOException {
    fill("t");
    try (EngineRunner other = EngineRunner.local(folder)) {
      frazil.script("SET isolation = 'snapshot'", "START TRANSACTION", "DROP TABLE t PURGE");
      other.update("INSERT INTO t VALUES (9, 'late')");
      frazil.update("COMMIT");
    }
    assertThat(files("t")).isEmpty();
  }

  @Test
  void schemasGoWithAllTheyHold() {
    frazil.script(
        "CREATE SCHEMA s",
        "CREATE TABLE s.t (id integer)",
        "INSERT INTO s.t VALUES (1)",
        "CREATE VIEW s.v AS SELECT * FROM s.t",
        "CREATE TABLE kept (id integer)");
    fails(SqlState.DEPENDENT_OBJECTS_EXIST, () -> frazil.update("DROP SCHEMA s"), "holds");
    frazil.script("START TRANSACTION", "DROP SCHEMA s CASCADE", "ROLLBACK");
    assertThat(frazil.query("SELECT * FROM s.v").lines()).containsExactly("1");
    frazil.update("DROP SCHEMA s CASCADE");
    assertThat(frazil.query("SHOW SCHEMAS").lines()).containsExactly("main");
    assertThat(frazil.query("SHOW TABLES").lines()).containsExactly("kept");
    fails(SqlState.SCHEMA_NOT_FOUND, () -> frazil.update("UNDROP TABLE s.t"), "s");
    frazil.update("DROP SCHEMA IF EXISTS s CASCADE");
    frazil.script("CREATE SCHEMA s", "UNDROP TABLE s.t");
    assertThat(frazil.query("SELECT * FROM s.t").lines()).containsExactly("1");
  }

  @Test
  void aTableMadeMeanwhileKeepsItsSchema() {
    frazil.script("CREATE SCHEMA s", "CREATE TABLE s.t (id integer)");
    try (EngineRunner other = EngineRunner.local(folder)) {
      frazil.script("START TRANSACTION", "DROP SCHEMA s CASCADE");
      other.update("CREATE TABLE s.u (id integer)");
      fails(SqlState.SERIALIZATION_FAILURE, () -> frazil.update("COMMIT"), "s");
    }
    assertThat(frazil.query("SHOW TABLES IN s").lines()).containsExactly("t", "u");
  }

  @Test
  void aDropThatStandsDoesNotFailForLackOfMemory() {
    for (Error lack : List.of(new OutOfMemoryError("heap"), new StackOverflowError())) {
      assertThatCode(
              () ->
                  TablePurges.attempt(
                      () -> {
                        throw lack;
                      }))
          .doesNotThrowAnyException();
    }
  }
}
