package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ALTER TABLE within transactions, and beside those of others. */
class AlterTransactionsTest {
  @TempDir Path folder;

  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    one = EngineRunner.local(folder);
    other = EngineRunner.local(folder);
    one.script(
        "CREATE TABLE t (id bigint, a integer, s varchar)",
        "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')");
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void definitionsAndRowsChangeTogether() {
    one.script(
        "START TRANSACTION",
        "INSERT INTO t VALUES (3, 30, 'three')",
        "ALTER TABLE t ADD COLUMN b integer, RENAME COLUMN a TO c",
        "UPDATE t SET b = c + 1 WHERE c > 10",
        "ALTER TABLE t DROP COLUMN s",
        "INSERT INTO t VALUES (4, 40, 41)",
        "DELETE FROM t WHERE b = 21");
    assertThat(one.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 10 | NULL", "3 | 30 | 31", "4 | 40 | 41");
    assertThat(other.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 10 | one", "2 | 20 | two");
    one.update("COMMIT");
    assertThat(other.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 10 | NULL", "3 | 30 | 31", "4 | 40 | 41");
  }

  @Test
  void savepointsAndRollbacksTakeThemBack() {
    one.script(
        "START TRANSACTION",
        "ALTER TABLE t ADD COLUMN b integer",
        "SAVEPOINT s",
        "ALTER TABLE t DROP COLUMN a, RENAME TO u",
        "INSERT INTO u VALUES (3, 'three', 5)",
        "ROLLBACK TO s",
        "INSERT INTO t VALUES (3, 30, 'three', 5)");
    assertThat(one.query("SELECT * FROM t WHERE id > 2").lines())
        .containsExactly("3 | 30 | three | 5");
    assertThat(one.query("SHOW TABLES").lines()).hasSize(1);
    one.update("ROLLBACK");
    assertThat(one.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 10 | one", "2 | 20 | two");
    // What a failed statement has done already is undone as well.
    one.update("START TRANSACTION");
    assertThat(state(one, "ALTER TABLE t DROP COLUMN a, ADD COLUMN s integer")).isEqualTo("42701");
    one.update("INSERT INTO t VALUES (3, 30, 'three')");
    one.update("COMMIT");
    assertThat(one.query("SELECT * FROM t WHERE id = 3").lines()).containsExactly("3 | 30 | three");
  }

  /** What is rolled back leaves its ids of schemas and columns to what comes next. */
  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK", "ROLLBACK TO s"})
  void nothingIsKnownOfWhatWasRolledBack(String rollback) {
    String all = "SELECT * FROM t";
    String extremes = "SELECT count(id), min(id), max(id) FROM t";
    one.script("START TRANSACTION", "SAVEPOINT s", "ALTER TABLE t ADD COLUMN b integer");
    assertThat(one.query(all).sorted())
        .containsExactly("1 | 10 | one | NULL", "2 | 20 | two | NULL");
    assertThat(one.query(extremes).lines()).containsExactly("2 | 1 | 2");
    one.script(
        rollback,
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE bigint",
        "INSERT INTO t VALUES (3, 3000000000, 'three')");
    assertThat(one.query(all).sorted())
        .containsExactly("1 | 10 | one", "2 | 20 | two", "3 | 3000000000 | three");
    assertThat(one.query(extremes).lines()).containsExactly("3 | 1 | 3");
  }

  /** As above, of what is known of a snapshot and its files. */
  @Test
  void partitionsAndBoundsAreReadInTheTypesOfToday() {
    one.script(
        "CREATE TABLE p (a integer, b integer, s varchar) PARTITIONED BY (a)",
        "INSERT INTO p VALUES (1, 10, 'x'), (2, 20, 'y')",
        "START TRANSACTION",
        "ALTER TABLE p ADD COLUMN c integer");
    assertThat(one.query("SELECT s FROM p WHERE a = 1 AND b > 5").lines()).containsExactly("x");
    assertThat(one.query("SELECT min(b), max(a) FROM p").lines()).containsExactly("10 | 2");
    one.script("ROLLBACK", "ALTER TABLE p ALTER a SET DATA TYPE bigint");
    assertThat(one.query("SELECT s FROM p WHERE a > 1").lines()).containsExactly("y");
    assertThat(one.query("SELECT a, s FROM p WHERE b < 15 AND a < 2").lines())
        .containsExactly("1 | x");
    assertThat(one.query("SELECT min(a), max(a), min(b) FROM p").lines())
        .containsExactly("1 | 2 | 10");
  }

  /** Two transactions side by side: the first to commit wins, if they cannot follow each other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE t ADD COLUMN b integer          | ALTER TABLE t ADD COLUMN b varchar          | 40001
          ALTER TABLE t DROP COLUMN a                 | ALTER TABLE t RENAME COLUMN a TO c          | 40001
          ALTER TABLE t SET TBLPROPERTIES ('x' = '1') | ALTER TABLE t SET TBLPROPERTIES ('x' = '2') | 40001
          ALTER TABLE t ADD PARTITION FIELD id        | ALTER TABLE t WRITE ORDERED BY id           | 40001
          ALTER TABLE t RENAME TO u                   | ALTER TABLE t RENAME TO v                   | 40001
          ALTER TABLE t RENAME TO u                   | CREATE TABLE u (x integer)                  | 40001
          ALTER TABLE t RENAME TO u                   | INSERT INTO t VALUES (3, 30, 'x')           | 40001
          INSERT INTO t VALUES (3, 30, 'x')           | ALTER TABLE t RENAME TO u                   | -
          ALTER TABLE t DROP COLUMN a                 | INSERT INTO t VALUES (3, 30, 'x')           | 40001
          ALTER TABLE t ADD COLUMN b integer          | UPDATE t SET a = 1                          | 40001
          ALTER TABLE t ALTER a SET NOT NULL          | INSERT INTO t (id) VALUES (3)               | 40001
          INSERT INTO t (id) VALUES (3)               | ALTER TABLE t ALTER a SET NOT NULL          | 40001
          ALTER TABLE t ADD CHECK (a > 5)             | INSERT INTO t VALUES (3, 1, 'x')            | 40001
          INSERT INTO t VALUES (3, 1, 'x')            | ALTER TABLE t ADD CHECK (a > 5)             | 40001
          INSERT INTO t VALUES (2, 1, 'x')            | ALTER TABLE t ADD UNIQUE (id)               | 40001
          ALTER TABLE t ADD UNIQUE (id)               | INSERT INTO t VALUES (2, 1, 'x')            | 40001
          ALTER TABLE t SET TBLPROPERTIES ('format-version' = '3') | INSERT INTO t VALUES (3, 1, 'x') | 40001
          DROP TABLE t                                | ALTER TABLE t ADD COLUMN b integer          | 40001
          ALTER TABLE t ADD COLUMN b integer          | DROP TABLE t                                | -
          INSERT INTO t VALUES (3, 30, 'x')           | ALTER TABLE t ADD COLUMN b integer          | -
          UPDATE t SET a = 1                          | ALTER TABLE t DROP COLUMN s                 | -
          INSERT INTO t VALUES (3, 30, 'x')           | ALTER TABLE t ADD PARTITION FIELD id        | -
          ALTER TABLE t ADD PARTITION FIELD id        | INSERT INTO t VALUES (3, 30, 'x')           | -
          ALTER TABLE t SET TBLPROPERTIES ('x' = '1') | INSERT INTO t VALUES (3, 30, 'x')           | -
          COMMENT ON TABLE t IS 'x'                   | DELETE FROM t WHERE id = 1                  | -
          """)
  void sideBySide(String first, String second, String expected) {
    one.script("START TRANSACTION", first);
    other.script("START TRANSACTION", second);
    one.update("COMMIT");
    assertThat(state(other, "COMMIT")).isEqualTo(expected);
    for (String table : one.query("SHOW TABLES").lines()) {
      assertThat(one.query("SELECT count(*) FROM " + table).lines().get(0)).matches("[0-3]");
    }
  }

  @Test
  void aTableIsRenamedWithTheRowsOfOthers() {
    one.script("START TRANSACTION", "ALTER TABLE t RENAME TO u");
    other.update("INSERT INTO t VALUES (3, 30, 'x')");
    one.update("COMMIT");
    assertThat(other.query("SELECT id FROM u").sorted()).containsExactly("1", "2", "3");
    assertThat(state(other, "SELECT * FROM t")).isEqualTo("42P01");
  }

  @Test
  void aReaderOfWhatWasRenamedIsInTheWay() {
    one.update("CREATE TABLE r (n integer)");
    one.update("START TRANSACTION");
    one.query("SELECT id FROM t WHERE a = 10");
    one.update("INSERT INTO r VALUES (1)");
    other.update("ALTER TABLE t RENAME COLUMN a TO b");
    assertThat(state(one, "COMMIT")).isEqualTo("40001");
  }

  @Test
  void tablesSwapTheirNames() {
    one.script(
        "CREATE TABLE u (x varchar)",
        "INSERT INTO u VALUES ('u')",
        "START TRANSACTION",
        "ALTER TABLE t RENAME TO w",
        "ALTER TABLE u RENAME TO t",
        "ALTER TABLE w RENAME TO u",
        "INSERT INTO t VALUES ('new')");
    assertThat(one.query("SELECT * FROM t").sorted()).containsExactly("new", "u");
    assertThat(one.query("SELECT id FROM u").sorted()).containsExactly("1", "2");
    one.update("COMMIT");
    assertThat(other.query("SELECT * FROM t").sorted()).containsExactly("new", "u");
    assertThat(other.query("SELECT id FROM u").sorted()).containsExactly("1", "2");
    assertThat(other.query("SHOW TABLES").lines()).hasSize(2);
  }

  @Test
  void aNameThatIsFreeAgainIsTaken() {
    one.script(
        "START TRANSACTION",
        "ALTER TABLE t RENAME TO u",
        "CREATE TABLE t (x integer)",
        "INSERT INTO t VALUES (7)",
        "COMMIT");
    assertThat(other.query("SELECT * FROM t").lines()).containsExactly("7");
    assertThat(other.query("SELECT id FROM u").sorted()).containsExactly("1", "2");
    one.script("CREATE SCHEMA s", "ALTER TABLE u SET SCHEMA s", "ALTER TABLE s.u RENAME TO main.v");
    assertThat(other.query("SELECT id FROM v").sorted()).containsExactly("1", "2");
    assertThat(state(one, "ALTER TABLE v RENAME TO t")).isEqualTo("42P07");
    assertThat(state(one, "ALTER TABLE v RENAME TO nowhere.t")).isEqualTo("3F000");
    assertThat(state(one, "ALTER TABLE v SET SCHEMA nowhere")).isEqualTo("3F000");
    one.script("START TRANSACTION", "ALTER TABLE v RENAME TO w", "DROP TABLE w", "COMMIT");
    assertThat(other.query("SHOW TABLES").lines()).hasSize(1);
  }

  @Test
  void aTableWithNewMetadataIsRenamedAndDropped() {
    one.script(
        "START TRANSACTION",
        "CREATE TABLE n (x integer)",
        "INSERT INTO n VALUES (1)",
        "ALTER TABLE n ADD COLUMN y integer DEFAULT 2, RENAME TO m",
        "INSERT INTO m (x) VALUES (3)",
        "COMMIT");
    assertThat(other.query("SELECT * FROM m").sorted()).containsExactly("1 | 2", "3 | 2");
  }

  @Test
  void readOnlyTransactionsRefuse() {
    one.update("START TRANSACTION READ ONLY");
    assertThat(state(one, "ALTER TABLE t ADD COLUMN b integer")).isEqualTo("25006");
    assertThat(state(one, "ALTER TABLE t RENAME TO u")).isEqualTo("25006");
    assertThat(state(one, "COMMENT ON TABLE t IS 'x'")).isEqualTo("25006");
  }

  @Test
  void aTokenAltersOnce() {
    one.update("SET IDEMPOTENCY_TOKEN = 'once'");
    one.update("ALTER TABLE t ADD COLUMN b integer");
    other.update("SET IDEMPOTENCY_TOKEN = 'once'");
    other.update("ALTER TABLE t ADD COLUMN b2 integer");
    other.update("SET IDEMPOTENCY_TOKEN = NULL");
    assertThat(other.query("DESCRIBE t").lines()).hasSize(4);
    other.update("SET IDEMPOTENCY_TOKEN = 'renamed'");
    other.update("ALTER TABLE t RENAME TO u");
    one.update("SET IDEMPOTENCY_TOKEN = 'renamed'");
    one.update("CREATE TABLE t (x integer)");
    one.update("SET IDEMPOTENCY_TOKEN = NULL");
    assertThat(one.query("SHOW TABLES").lines()).hasSize(1);
  }

  @Test
  void statementsOfBeforeSeeTheNewDefinition() {
    PreparedQuery all = one.session().prepare("SELECT * FROM t WHERE a >= ?");
    PreparedQuery insert = one.session().prepare("INSERT INTO t (id, a, s) VALUES (?, ?, ?)");
    ParameterValues ten = new ParameterValues(List.of(10));
    assertThat(columns(all.execute(ten, new CancellationToken()))).isEqualTo(3);
    other.update("ALTER TABLE t ADD COLUMN b integer DEFAULT 5, ALTER COLUMN a TYPE bigint");
    assertThat(columns(all.execute(ten, new CancellationToken()))).isEqualTo(4);
    insert.execute(new ParameterValues(List.of(3L, 5_000_000_000L, "x")), new CancellationToken());
    assertThat(one.query("SELECT * FROM t WHERE id = 3").lines())
        .containsExactly("3 | 5000000000 | x | 5");
    one.update("ALTER TABLE t DROP COLUMN a");
    EngineException gone =
        catchThrowableOfType(
            EngineException.class, () -> all.execute(ten, new CancellationToken()));
    assertThat(gone.state().code()).isEqualTo("42703");
    one.update("ALTER TABLE t RENAME TO u");
    gone =
        catchThrowableOfType(
            EngineException.class, () -> all.execute(ten, new CancellationToken()));
    assertThat(gone.state().code()).isEqualTo("42P01");
  }

  private static int columns(StatementResult result) {
    try (ResultCursor cursor = ((StatementResult.Rows) result).cursor()) {
      return cursor.columns().size();
    }
  }

  private static String state(EngineRunner runner, String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> runner.execute(sql));
    return failure == null ? "-" : failure.state().code();
  }
}
