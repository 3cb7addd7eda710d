package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions that change the same branch are in each other's way, of different ones not. */
class BranchConflictsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;
  private Session one;
  private Session other;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, n integer)",
        "INSERT INTO t VALUES (1, 10), (2, 20)",
        "ALTER TABLE t CREATE BRANCH a",
        "ALTER TABLE t CREATE BRANCH b",
        "CREATE TABLE seen (n bigint)");
    one = frazil.engine().openSession();
    other = frazil.engine().openSession();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    frazil.close();
    folder.close();
  }

  static void run(Session session, String sql) {
    session.prepare(sql).execute(new ParameterValues(Arrays.asList()), new CancellationToken());
  }

  static List<String> rows(Session session, String sql) {
    StatementResult.Rows rows =
        (StatementResult.Rows)
            session
                .prepare(sql)
                .execute(new ParameterValues(Arrays.asList()), new CancellationToken());
    return EngineRunner.read(rows.cursor()).sorted();
  }

  /** What one does, what another commits first, and whether the first loses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE t @ a SET n = 0 WHERE id = 1  | UPDATE t @ a SET n = 1 WHERE id = 1  | true
          UPDATE t @ a SET n = 0 WHERE id = 1  | UPDATE t @ b SET n = 1 WHERE id = 1  | false
          UPDATE t @ a SET n = 0 WHERE id = 1  | UPDATE t SET n = 1 WHERE id = 1      | false
          UPDATE t SET n = 0 WHERE id = 1      | UPDATE t @ a SET n = 1 WHERE id = 1  | false
          UPDATE t SET n = 0 WHERE id = 1      | TRUNCATE TABLE t @ a                 | false
          TRUNCATE TABLE t @ a                 | INSERT INTO t @ a VALUES (3, 30)     | true
          TRUNCATE TABLE t @ a                 | INSERT INTO t VALUES (3, 30)         | false
          INSERT INTO t @ a VALUES (3, 30)     | INSERT INTO t @ a VALUES (3, 31)     | true
          INSERT INTO t @ a VALUES (3, 30)     | INSERT INTO t @ a VALUES (4, 40)     | false
          INSERT INTO t @ a VALUES (3, 30)     | INSERT INTO t VALUES (3, 30)         | false
          INSERT INTO t @ a VALUES (3, 30)     | ALTER TABLE t DROP BRANCH a          | true
          INSERT INTO t @ a VALUES (3, 30)     | ALTER TABLE t DROP BRANCH b          | false
          INSERT INTO t @ a VALUES (3, 30)     | CALL system.fast_forward('t', 'main', 'a') | false
          DELETE FROM t @ a WHERE id = 2       | ALTER TABLE t ADD COLUMN x integer   | true
          ALTER TABLE t DROP BRANCH a          | INSERT INTO t @ a VALUES (3, 30)     | true
          ALTER TABLE t DROP BRANCH a          | INSERT INTO t VALUES (3, 30)         | false
          ALTER TABLE t CREATE BRANCH c        | ALTER TABLE t CREATE BRANCH c        | true
          ALTER TABLE t CREATE BRANCH c        | ALTER TABLE t CREATE TAG d           | false
          ALTER TABLE t CREATE TAG c           | INSERT INTO t VALUES (3, 30)         | false
          ALTER TABLE t REPLACE BRANCH a RETAIN 3 DAYS | INSERT INTO t @ a VALUES (3, 30) | true
          INSERT INTO seen SELECT sum(n) FROM t @ a | UPDATE t @ a SET n = 5 WHERE id = 2 | true
          INSERT INTO seen SELECT sum(n) FROM t @ a | UPDATE t @ b SET n = 5 WHERE id = 2 | false
          INSERT INTO seen SELECT sum(n) FROM t @ a | UPDATE t SET n = 5 WHERE id = 2 | false
          INSERT INTO seen SELECT sum(n) FROM t     | UPDATE t @ a SET n = 5 WHERE id = 2 | false
          INSERT INTO seen SELECT sum(n) FROM t @ a | ALTER TABLE t DROP BRANCH a          | true
          INSERT INTO t SELECT id + 5, n FROM t @ a | UPDATE t @ a SET n = 5 WHERE id = 2 | true
          INSERT INTO t SELECT id + 5, n FROM t @ a | UPDATE t SET n = 5 WHERE id = 2     | false
          """)
  void conflictsAreOfOneBranch(String first, String overtaking, boolean conflict) {
    one.setAutoCommit(false);
    one.prepare(first).execute(new ParameterValues(Arrays.asList()), new CancellationToken());
    run(other, overtaking);
    if (conflict) {
      assertThat(catchThrowableOfType(EngineException.class, one::commit).state())
          .isEqualTo(SqlState.SERIALIZATION_FAILURE);
    } else {
      one.commit();
    }
  }

  /** A snapshot of one's own keeps its id on top of what others committed; that stays, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (3, 30)     | CALL system.rollback_to_snapshot('t', %s)       | t
          INSERT INTO t VALUES (3, 30)     | CALL system.set_current_snapshot('t', %s)       | t
          INSERT INTO t VALUES (3, 30)     | ALTER TABLE t REPLACE BRANCH main AS OF VERSION %s | t
          INSERT INTO t @ a VALUES (3, 30) | ALTER TABLE t REPLACE BRANCH a AS OF VERSION %s | t @ a
          INSERT INTO t @ a VALUES (3, 30) | ALTER TABLE t DROP BRANCH a                     | t @ a
          """)
  void whoGoesBackBehindRowsOfItsOwnKeepsThoseOfOthers(String change, String back, String rowsOf) {
    String before = rows(one, "SELECT snapshot_id FROM \"t$snapshots\"").get(0);
    one.setAutoCommit(false);
    run(one, change);
    StatementResult moved =
        one.prepare(back.formatted(before))
            .execute(new ParameterValues(Arrays.asList()), new CancellationToken());
    if (moved instanceof StatementResult.Rows answer) {
      EngineRunner.read(answer.cursor());
    }
    run(other, "INSERT INTO " + rowsOf + " VALUES (9, 90)");
    assertThat(catchThrowableOfType(EngineException.class, one::commit).state())
        .isEqualTo(SqlState.SERIALIZATION_FAILURE);
    assertThat(rows(other, "SELECT id FROM " + rowsOf)).containsExactly("1", "2", "9");
  }

  /** A reader of a moment sees the moment, on each branch. */
  @Test
  void snapshotIsolationIsOfAllBranches() {
    one.setAutoCommit(false);
    assertThat(rows(one, "SELECT * FROM t @ a")).hasSize(2);
    run(other, "INSERT INTO t @ b VALUES (3, 30)");
    run(other, "ALTER TABLE t DROP BRANCH a");
    assertThat(rows(one, "SELECT * FROM t @ b")).hasSize(2);
    assertThat(rows(one, "SELECT * FROM t FOR VERSION AS OF 'a'")).hasSize(2);
    one.commit();
    assertThat(rows(one, "SELECT * FROM t @ b")).hasSize(3);
  }

  /** In autocommit a lost conflict is run again, on the branch as it is then. */
  @Test
  void aStatementThatOvertookItselfRunsAgain() throws InterruptedException {
    Thread[] writers = new Thread[4];
    for (int i = 0; i < writers.length; i++) {
      writers[i] =
          new Thread(
              () -> {
                try (Session own = frazil.engine().openSession()) {
                  for (int k = 0; k < 5; k++) {
                    run(own, "UPDATE t @ a SET n = n + 1 WHERE id = 1");
                  }
                }
              });
      writers[i].start();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(rows(one, "SELECT n FROM t @ a WHERE id = 1")).containsExactly("30");
    assertThat(rows(one, "SELECT n FROM t WHERE id = 1")).containsExactly("10");
  }
}
