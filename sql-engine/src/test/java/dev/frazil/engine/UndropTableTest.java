package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UNDROP TABLE and SHOW DROPPED TABLES. */
class UndropTableTest {
  @TempDir Path folder;

  private static void fails(SqlState state, ThrowingCallable call, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state))
        .hasMessageContaining(word);
  }

  @Test
  void droppedTablesComeBack() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script(
          "CREATE TABLE t (id integer PRIMARY KEY)",
          "INSERT INTO t VALUES (1)",
          "DROP TABLE t",
          "CREATE TABLE t (id integer)",
          "INSERT INTO t VALUES (2)",
          "DROP TABLE t",
          "CREATE TABLE other (id integer)",
          "CREATE TABLE renamed (id integer)",
          "DROP TABLE other");
      assertThat(
              frazil.query("SHOW DROPPED TABLES").rows().stream()
                  .map(row -> row.get(0) + "." + row.get(1) + " " + row.get(3)))
          .containsExactly("main.other 10", "main.t 7", "main.t 4");
      assertThat(frazil.query("SHOW DROPPED TABLES IN main LIKE 'o%'").rows()).hasSize(1);
      frazil.update("UNDROP TABLE t");
      assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("2");
      fails(SqlState.DUPLICATE_TABLE, () -> frazil.update("UNDROP TABLE t"), "main.t");
      frazil.update("UNDROP TABLE t RENAME TO first");
      assertThat(frazil.query("SELECT * FROM first").lines()).containsExactly("1");
      fails(
          SqlState.UNIQUE_VIOLATION, () -> frazil.update("INSERT INTO first VALUES (1)"), "first");
      assertThat(frazil.query("SHOW DROPPED TABLES").rows()).hasSize(1);
      fails(SqlState.UNDEFINED_TABLE, () -> frazil.update("UNDROP TABLE t RENAME TO u"), "main.t");
      // Part of a transaction like any other.
      frazil.script("START TRANSACTION", "UNDROP TABLE OTHER", "INSERT INTO other VALUES (5)");
      assertThat(frazil.query("SELECT * FROM other").lines()).containsExactly("5");
      frazil.update("ROLLBACK");
      assertThat(frazil.query("SHOW TABLES").lines()).containsExactly("first", "renamed", "t");
    }
  }

  /** What the transaction itself dropped is in no history yet. */
  @Test
  void aTransactionTakesItsOwnDropBack() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script(
          "CREATE TABLE z (id integer)",
          "INSERT INTO z VALUES (1)",
          "START TRANSACTION",
          "DROP TABLE z",
          "UNDROP TABLE z",
          "INSERT INTO z VALUES (2)",
          "COMMIT");
      assertThat(frazil.query("SELECT id FROM z ORDER BY 1").lines()).containsExactly("1", "2");
      frazil.script(
          "START TRANSACTION",
          "DROP TABLE z PURGE",
          "CREATE TABLE z (other varchar)",
          "UNDROP TABLE Z RENAME TO y");
      assertThat(frazil.query("SELECT id FROM y ORDER BY 1").lines()).containsExactly("1", "2");
      fails(SqlState.UNDEFINED_TABLE, () -> frazil.update("UNDROP TABLE z RENAME TO w"), "main.z");
      frazil.update("COMMIT");
      assertThat(frazil.query("SHOW TABLES").lines()).containsExactly("y", "z");
      assertThat(frazil.query("SELECT id FROM y ORDER BY 1").lines()).containsExactly("1", "2");
      frazil.script("START TRANSACTION", "DROP TABLE y", "SAVEPOINT s", "UNDROP TABLE y");
      frazil.script("ROLLBACK TO s", "COMMIT");
      assertThat(frazil.query("SHOW TABLES").lines()).containsExactly("z");
      frazil.update("UNDROP TABLE y");
      assertThat(frazil.query("SELECT count(*) FROM y").lines()).containsExactly("2");
      // Two transactions, of which one changes what the other dropped for a moment.
      frazil.script("START TRANSACTION", "DROP TABLE y", "UNDROP TABLE y");
      frazil.script("INSERT INTO y VALUES (3)", "COMMIT");
      assertThat(frazil.query("SELECT count(*) FROM y").lines()).containsExactly("3");
    }
  }

  @Test
  void twoNamesForOneTableAreNotGiven() {
    try (EngineRunner frazil = EngineRunner.local(folder);
        EngineRunner other = EngineRunner.local(folder)) {
      frazil.script("CREATE TABLE t (id integer)", "DROP TABLE t", "START TRANSACTION");
      frazil.update("UNDROP TABLE t RENAME TO a");
      fails(SqlState.OBJECT_NOT_IN_STATE, () -> frazil.update("UNDROP TABLE t"), "main.a");
      other.update("UNDROP TABLE t RENAME TO b");
      fails(SqlState.SERIALIZATION_FAILURE, () -> frazil.update("COMMIT"), "main.b");
    }
  }
}
