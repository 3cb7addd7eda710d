package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SAVEPOINT, ROLLBACK TO and RELEASE: rows, definitions, several tables, and what stays behind. */
class SavepointsTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void makeTables() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, v varchar)",
        "CREATE TABLE u (id integer)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private String t() {
    return String.join(", ", frazil.query("SELECT id || v FROM t").sorted());
  }

  private void fails(SqlState state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void rowsOfSeveralTablesGoBackAndTheRestIsCommitted() {
    frazil.script(
        "START TRANSACTION",
        "INSERT INTO t VALUES (3, 'c')",
        "SAVEPOINT one",
        "UPDATE t SET v = 'x' WHERE id <= 2",
        "INSERT INTO u VALUES (7)",
        "DELETE FROM t WHERE id = 3");
    assertThat(t()).isEqualTo("1x, 2x");
    frazil.update("ROLLBACK TO SAVEPOINT one");
    assertThat(t()).isEqualTo("1a, 2b, 3c");
    assertThat(frazil.query("SELECT * FROM u").rows()).isEmpty();
    frazil.script("UPDATE t SET v = 'y' WHERE id = 3", "INSERT INTO u VALUES (8)", "COMMIT");
    try (EngineRunner other = EngineRunner.local(folder)) {
      assertThat(other.query("SELECT id || v FROM t").sorted()).containsExactly("1a", "2b", "3y");
      assertThat(other.query("SELECT id FROM u").lines()).containsExactly("8");
    }
  }

  @Test
  void savepointsNestServeAgainAndAreForgottenBehindTheOneReturnedTo() {
    frazil.script(
        "START TRANSACTION",
        "SAVEPOINT a",
        "DELETE FROM t WHERE id = 1",
        "SAVEPOINT b",
        "DELETE FROM t WHERE id = 2",
        "ROLLBACK TO b");
    assertThat(t()).isEqualTo("2b");
    frazil.script("TRUNCATE TABLE t", "ROLLBACK WORK TO SAVEPOINT b");
    assertThat(t()).isEqualTo("2b");
    frazil.update("ROLLBACK TRANSACTION TO a");
    assertThat(t()).isEqualTo("1a, 2b");
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.update("ROLLBACK TO b"));
    frazil.script("INSERT INTO t VALUES (9, 'z')", "ROLLBACK TO a", "COMMIT");
    assertThat(t()).isEqualTo("1a, 2b");
  }

  @Test
  void definitionsGoBackToo() {
    frazil.script(
        "START TRANSACTION",
        "CREATE TABLE before (n integer)",
        "INSERT INTO before VALUES (1)",
        "SAVEPOINT s",
        "CREATE SCHEMA other",
        "CREATE TABLE other.x (n integer)",
        "INSERT INTO other.x VALUES (1)",
        "DROP TABLE before",
        "DROP TABLE t",
        "CREATE TABLE t (n integer)");
    frazil.update("ROLLBACK TO s");
    assertThat(t()).isEqualTo("1a, 2b");
    assertThat(frazil.query("SELECT * FROM before").lines()).containsExactly("1");
    fails(SqlState.UNDEFINED_TABLE, () -> frazil.query("SELECT * FROM other.x"));
    frazil.script("CREATE SCHEMA other", "COMMIT");
    assertThat(frazil.query("SHOW SCHEMAS").sorted()).containsExactly("main", "other");
    assertThat(frazil.query("SHOW TABLES").sorted()).containsExactly("before", "t", "u");
  }

  @Test
  void releasedOnesAndOnesOfTheSameNameAreGoneTheirChangesStay() {
    frazil.script(
        "START TRANSACTION",
        "SAVEPOINT s",
        "INSERT INTO t VALUES (3, 'c')",
        "SAVEPOINT s",
        "INSERT INTO t VALUES (4, 'd')",
        "SAVEPOINT later",
        "ROLLBACK TO s");
    assertThat(t()).as("ISO: the second s replaced the first").isEqualTo("1a, 2b, 3c");
    frazil.update("RELEASE SAVEPOINT s");
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.update("ROLLBACK TO s"));
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.update("RELEASE later"));
    frazil.update("COMMIT");
    assertThat(t()).isEqualTo("1a, 2b, 3c");
  }

  @Test
  void oneSetBeforeAnythingElseRollsBackAll() {
    frazil.session().setAutoCommit(false);
    long start = frazil.session().setSavepoint(null);
    frazil.script("DELETE FROM t", "CREATE TABLE extra (n integer)");
    frazil.session().rollbackTo(start);
    frazil.session().commit();
    assertThat(t()).isEqualTo("1a, 2b");
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.session().rollbackTo(start));
    frazil.session().setSavepoint(null);
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.session().releaseSavepoint(start));
  }

  @Test
  void autocommitAndEndedTransactionsHaveNone() {
    fails(SqlState.INVALID_TRANSACTION_STATE, () -> frazil.update("SAVEPOINT s"));
    fails(SqlState.INVALID_TRANSACTION_STATE, () -> frazil.update("ROLLBACK TO s"));
    frazil.script("START TRANSACTION", "SAVEPOINT s", "COMMIT", "START TRANSACTION");
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.update("ROLLBACK TO s"));
    fails(SqlState.INVALID_SAVEPOINT, () -> frazil.update("RELEASE SAVEPOINT s"));
    frazil.update("ROLLBACK");
  }

  @Test
  void filesOfWhatWasRolledBackAreRemovedOthersAreNot() throws IOException {
    frazil.script("START TRANSACTION", "INSERT INTO t VALUES (3, 'c')", "SAVEPOINT s");
    Set<String> before = dataFiles();
    frazil.script("INSERT INTO t VALUES (4, 'd')", "UPDATE t SET v = 'x' WHERE id = 3");
    assertThat(dataFiles()).hasSizeGreaterThan(before.size());
    frazil.update("ROLLBACK TO s");
    assertThat(dataFiles()).isEqualTo(before);
    frazil.script("COMMIT");
    assertThat(t()).isEqualTo("1a, 2b, 3c");
  }

  /** What was rolled back relied on nothing, so it is in nobody's way. */
  @Test
  void changesThatWereRolledBackConflictWithNothing() {
    frazil.script(
        "START TRANSACTION ISOLATION LEVEL SNAPSHOT", "SAVEPOINT s", "DELETE FROM t WHERE id = 1");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.update("UPDATE t SET v = 'other' WHERE id = 1");
    }
    frazil.script("ROLLBACK TO s", "INSERT INTO t VALUES (3, 'c')", "COMMIT");
    assertThat(t()).isEqualTo("1other, 2b, 3c");
  }

  private Set<String> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.contains("/data/") && name.contains("."))
          .filter(name -> !name.endsWith(".crc"))
          .collect(Collectors.toSet());
    }
  }
}
