package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Serializable transactions that rely on more than rows of a table that stays: on names that are
 * there or not, on a table that they replace, on one without rows, on metadata. Two of them that
 * could not have run one after the other do not both commit.
 */
@Tag("slow")
class DefinitionConflictsTest {
  @TempDir Path folder;
  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    one = EngineRunner.local(folder);
    other = EngineRunner.local(folder);
    one.script(
        "CREATE TABLE a (n integer)",
        "CREATE TABLE b (n integer)",
        "CREATE SCHEMA s1",
        "CREATE SCHEMA s2");
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private static void assertConflict(EngineRunner transaction) {
    assertThatThrownBy(() -> transaction.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  @Test
  void aTableThatIsMadeAnewFromItsOwnRowsLosesNoneOfOthers() {
    one.update("INSERT INTO a VALUES (1)");
    one.script(
        "START TRANSACTION",
        "CREATE TABLE kept AS SELECT * FROM a",
        "DROP TABLE a",
        "CREATE TABLE a AS SELECT * FROM kept",
        "DROP TABLE kept");
    other.update("INSERT INTO a VALUES (2)");
    assertConflict(one);
    assertThat(other.query("SELECT n FROM a ORDER BY n").lines()).containsExactly("1", "2");
  }

  @Test
  void aTableThatIsMadeAnewMayBeReadAndCommitted() {
    one.script(
        "INSERT INTO a VALUES (1)",
        "START TRANSACTION",
        "CREATE TABLE kept AS SELECT n, 'x' AS c FROM a",
        "DROP TABLE a",
        "CREATE TABLE a AS SELECT c FROM kept",
        "DROP TABLE kept");
    assertThat(one.query("SELECT * FROM a WHERE c = 'x'").lines()).containsExactly("x");
    other.update("INSERT INTO b VALUES (2)");
    one.update("COMMIT");
    assertThat(other.query("SELECT * FROM a").lines()).containsExactly("x");
  }

  /** In each line both transactions see what the other one has not done yet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TRUNCATE TABLE a                           | TRUNCATE TABLE b                           | INSERT INTO b VALUES (1)      | INSERT INTO a VALUES (1)
          DELETE FROM a                              | DELETE FROM b                              | INSERT INTO b VALUES (1)      | INSERT INTO a VALUES (1)
          SELECT count(*) FROM "a$snapshots"         | SELECT count(*) FROM "b$files"             | INSERT INTO b VALUES (1)      | INSERT INTO a VALUES (1)
          DROP TABLE IF EXISTS x                     | DROP TABLE IF EXISTS y                     | CREATE TABLE y (n integer)    | CREATE TABLE x (n integer)
          CREATE TABLE IF NOT EXISTS a (n integer)   | CREATE TABLE IF NOT EXISTS b (n integer)   | DROP TABLE b                  | DROP TABLE a
          SELECT count(*) FROM information_schema.tables | SELECT n FROM a                        | INSERT INTO a VALUES (1)      | CREATE TABLE x (n integer)
          SELECT n FROM a                            | SELECT count(*) FROM information_schema.tables | CREATE TABLE x (n integer) | INSERT INTO a VALUES (1)
          SHOW TABLES                                | SELECT n FROM a                            | INSERT INTO a VALUES (1)      | CREATE TABLE x (n integer)
          EXPLAIN ANALYZE SELECT n FROM a            | EXPLAIN ANALYZE SELECT n FROM b            | INSERT INTO b VALUES (1)      | INSERT INTO a VALUES (1)
          DROP TABLE IF EXISTS x                     | SELECT n FROM a                            | INSERT INTO a VALUES (1)      | CREATE TABLE x (n integer)
          DROP SCHEMA IF EXISTS x                    | DROP SCHEMA IF EXISTS y                    | CREATE SCHEMA y               | CREATE SCHEMA x
          CREATE SCHEMA IF NOT EXISTS s1             | CREATE SCHEMA IF NOT EXISTS s2             | DROP SCHEMA s2                | DROP SCHEMA s1
          """)
  void skew(String oneReads, String otherReads, String oneWrites, String otherWrites) {
    one.update("START TRANSACTION");
    other.update("START TRANSACTION");
    run(one, oneReads);
    run(other, otherReads);
    one.update(oneWrites);
    other.update(otherWrites);
    one.update("COMMIT");
    assertConflict(other);
  }

  private static void run(EngineRunner runner, String statement) {
    if (statement.matches("[SE].*")) {
      runner.query(statement);
    } else {
      runner.update(statement);
    }
  }

  @Test
  void whatMeetsNobodyCommits() {
    one.update("START TRANSACTION");
    one.script(
        "DROP TABLE IF EXISTS x", "CREATE TABLE IF NOT EXISTS a (n integer)", "DELETE FROM b");
    one.query("SELECT count(*) FROM \"b$files\"");
    one.update("INSERT INTO a VALUES (1)");
    other.script("INSERT INTO a VALUES (2)", "CREATE TABLE y (n integer)");
    one.update("COMMIT");
    assertThat(other.query("SELECT n FROM a ORDER BY n").lines()).containsExactly("1", "2");
  }
}
