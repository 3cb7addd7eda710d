package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NOT NULL, keys and checks hold on every branch, and for rows that come back from earlier. */
class BranchRulesTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE TABLE t (id integer NOT NULL, v varchar, s row(a integer))",
        "INSERT INTO t VALUES (1, 'a', ROW(1)), (1, NULL, ROW(NULL)), (2, 'b', NULL)");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private String snapshot() {
    return frazil.query("SELECT snapshot_id FROM t$refs WHERE name = 'main'").sorted().get(0);
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "none" : failure.state().name();
  }

  /** In version 2 rows that are there get it by being written anew, wherever they are. */
  @Test
  void theRowsOfEveryBranchGetADefault() {
    frazil.script(
        "ALTER TABLE t CREATE BRANCH audit",
        "INSERT INTO t @ audit VALUES (7, 'x', NULL)",
        "ALTER TABLE t CREATE TAG before",
        "DELETE FROM t WHERE id = 2",
        "ALTER TABLE t CREATE BRANCH \"same as main\"",
        "ALTER TABLE t ADD COLUMN n integer DEFAULT 5");
    assertThat(rows("SELECT id, n FROM t")).containsExactly("1 | 5", "1 | 5");
    assertThat(rows("SELECT id, n FROM t @ \"same as main\"")).containsExactly("1 | 5", "1 | 5");
    assertThat(rows("SELECT id, n FROM t @ audit"))
        .containsExactly("1 | 5", "1 | 5", "2 | 5", "7 | 5");
    assertThat(rows("SELECT * FROM t @ before")).hasSize(3);
    frazil.update("INSERT INTO t @ audit (id) VALUES (8)");
    assertThat(rows("SELECT n FROM t @ audit WHERE id = 8")).containsExactly("5");
    assertThat(rows("SELECT count(*) FROM t$refs")).containsExactly("4");
    try (EngineRunner other = EngineRunner.local(folder.path())) {
      frazil.script("START TRANSACTION", "ALTER TABLE t ADD COLUMN m integer DEFAULT 6");
      other.update("INSERT INTO t @ audit (id) VALUES (9)");
      assertThat(state("COMMIT")).isEqualTo("SERIALIZATION_FAILURE");
    }
  }

  /** A rule that the rows of the table satisfy, and those of the first snapshot do not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE t ALTER COLUMN v SET NOT NULL          | NOT_NULL_VIOLATION
          ALTER TABLE t ALTER COLUMN s.a SET NOT NULL        | NOT_NULL_VIOLATION
          ALTER TABLE t ADD CONSTRAINT c CHECK (id <> 1)     | CHECK_VIOLATION
          ALTER TABLE t ADD UNIQUE (id)                      | UNIQUE_VIOLATION
          ALTER TABLE t ADD PRIMARY KEY (id)                 | UNIQUE_VIOLATION
          """)
  void aRuleHoldsOnAllBranchesAndForAllThatComesBack(String rule, String violation) {
    String first = snapshot();
    frazil.script(
        "ALTER TABLE t CREATE BRANCH b",
        "ALTER TABLE t CREATE TAG g",
        "DELETE FROM t WHERE id = 1");
    assertThat(state(rule)).isEqualTo(violation);
    frazil.script(
        "DELETE FROM t @ b WHERE id = 1", "ALTER TABLE t CREATE BRANCH e", "DELETE FROM t @ e");
    frazil.update(rule);
    String now = snapshot();
    for (String call :
        List.of(
            "CALL system.rollback_to_snapshot('t', " + first + ")",
            "CALL system.set_current_snapshot('t', " + first + ")",
            "CALL system.set_current_snapshot('t', ref => 'g')",
            "CALL system.fast_forward('t', 'fresh', 'g')",
            "ALTER TABLE t CREATE BRANCH x AS OF VERSION " + first,
            "ALTER TABLE t REPLACE BRANCH b AS OF VERSION " + first)) {
      assertThat(state(call)).as(call).isEqualTo(violation);
    }
    assertThat(snapshot()).isEqualTo(now);
    assertThat(rows("SELECT name FROM t$refs")).containsExactly("b", "e", "g", "main");
    assertThat(rows("SELECT count(*) FROM t @ b")).containsExactly("1");
    // What was is still there to be read.
    assertThat(rows("SELECT id, v FROM t @ g")).containsExactly("1 | NULL", "1 | a", "2 | b");
    assertThat(rows("SELECT count(*) FROM t @ g WHERE v IS NULL")).containsExactly("1");
    frazil.script(
        "ALTER TABLE t CREATE TAG h AS OF VERSION " + first,
        "INSERT INTO t (id, v) VALUES (9, 'z')");
    frazil.query("CALL system.rollback_to_snapshot('t', " + now + ")");
    assertThat(rows("SELECT id FROM t")).containsExactly("2");
  }

  /** Staged rows meet the rules of the time at which they are published. */
  @Test
  void stagedRowsMeetTheRulesOfToday() {
    frazil.script(
        "ALTER TABLE t SET TBLPROPERTIES ('write.wap.enabled' = 'true')",
        "DELETE FROM t WHERE id = 1");
    stage("nulls", "INSERT INTO t VALUES (5, NULL, NULL)");
    stage("five", "INSERT INTO t VALUES (5, 'five', NULL)");
    stage("six", "INSERT INTO t VALUES (6, 'six', NULL)");
    frazil.script(
        "ALTER TABLE t ALTER COLUMN v SET NOT NULL",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (id <> 5)");
    assertThat(state("CALL system.publish_changes('t', 'nulls')")).isEqualTo("NOT_NULL_VIOLATION");
    assertThat(state("CALL system.publish_changes('t', 'five')")).isEqualTo("CHECK_VIOLATION");
    frazil.query("CALL system.publish_changes('t', 'six')");
    assertThat(rows("SELECT id FROM t")).containsExactly("2", "6");
    assertThat(rows("SELECT count(*) FROM t WHERE v IS NULL")).containsExactly("0");
  }

  private void stage(String id, String change) {
    frazil.execute("SET wap.id = '" + id + "'");
    frazil.update(change);
    frazil.execute("SET wap.id = DEFAULT");
  }

  /** A branch that somebody makes, or writes, while a rule is made. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t @ b (id) VALUES (7)
          ALTER TABLE t CREATE BRANCH c AS OF VERSION FIRST
          """)
  void aRuleAndABranchThatBreaksIt(String overtaking) {
    String first = snapshot();
    frazil.script("DELETE FROM t WHERE id = 1", "ALTER TABLE t CREATE BRANCH b");
    frazil.session().setAutoCommit(false);
    frazil.update("ALTER TABLE t ALTER COLUMN v SET NOT NULL");
    try (Session other = frazil.engine().openSession()) {
      BranchConflictsTest.run(other, overtaking.replace("FIRST", first));
    }
    assertThat(catchThrowableOfType(EngineException.class, () -> frazil.session().commit()).state())
        .isEqualTo(SqlState.SERIALIZATION_FAILURE);
    frazil.session().setAutoCommit(true);
    assertThat(state("ALTER TABLE t ALTER COLUMN v SET NOT NULL")).isEqualTo("NOT_NULL_VIOLATION");
  }
}
