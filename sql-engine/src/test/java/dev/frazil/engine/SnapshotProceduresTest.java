package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The procedures that move a table or a branch to another snapshot. */
class SnapshotProceduresTest {
  private final FastFolder folder = FastFolder.create();
  private final List<Long> ids = new ArrayList<>();
  private EngineRunner frazil;

  @BeforeEach
  void open() throws InterruptedException {
    frazil = EngineRunner.local(folder.path());
    frazil.update("CREATE TABLE t (id integer PRIMARY KEY)");
    for (int i = 1; i <= 3; i++) {
      frazil.update("INSERT INTO t VALUES (" + i + ")");
      ids.add(table().currentSnapshot().snapshotId());
      Thread.sleep(3);
    }
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private Table table() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().table();
  }

  private List<String> rows(String sql, @Nullable Object... parameters) {
    return frazil.query(sql, parameters).sorted();
  }

  private SqlState state(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql)).state();
  }

  @Test
  void aTableGoesBackToAnAncestor() {
    assertThat(rows("CALL system.rollback_to_snapshot('main.t', " + ids.get(0) + ")"))
        .containsExactly(ids.get(2) + " | " + ids.get(0));
    assertThat(rows("SELECT * FROM t")).containsExactly("1");
    // The keys of what was gone back behind are free again.
    frazil.update("INSERT INTO t VALUES (2)");
    long now = table().currentSnapshot().snapshotId();
    assertThat(rows("SELECT parent_id FROM t$snapshots WHERE snapshot_id = " + now))
        .containsExactly(String.valueOf(ids.get(0)));
    assertThat(rows("SELECT count(*) FROM t$history WHERE NOT is_current_ancestor"))
        .containsExactly("2");
    assertThat(state("CALL system.rollback_to_snapshot('t', " + ids.get(1) + ")"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("CALL system.rollback_to_snapshot('t', 5)"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(
            rows(
                "CALL system.set_current_snapshot(table => 't', snapshot_id => "
                    + ids.get(2)
                    + ")"))
        .containsExactly(now + " | " + ids.get(2));
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "2", "3");
  }

  @Test
  void aTableGoesBackToATime() {
    Instant second = Instant.ofEpochMilli(table().snapshot(ids.get(1)).timestampMillis());
    String call = "CALL system.rollback_to_timestamp('t', TIMESTAMP WITH TIME ZONE '%s')";
    String text = second.toString().replace('T', ' ').replace("Z", "+00:00");
    assertThat(rows(call.formatted(text))).containsExactly(ids.get(2) + " | " + ids.get(0));
    assertThat(rows("SELECT * FROM t")).containsExactly("1");
    assertThat(state(call.formatted("2001-01-01 00:00:00+00:00")))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void aTableBecomesABranchOrTag() {
    frazil.script(
        "ALTER TABLE t CREATE BRANCH b AS OF VERSION " + ids.get(0),
        "ALTER TABLE t CREATE TAG early AS OF VERSION " + ids.get(1),
        "INSERT INTO t @ b VALUES (7)");
    frazil.query("CALL system.set_current_snapshot(table => 't', ref => 'b')");
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "7");
    frazil.query("CALL system.set_current_snapshot(table => 't', ref => 'early')");
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "2");
    assertThat(state("CALL system.set_current_snapshot('t')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("CALL system.set_current_snapshot('t', " + ids.get(0) + ", 'b')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("CALL system.set_current_snapshot('t', ref => 'nope')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void aBranchGoesForwardToOneThatDescendsFromIt() {
    frazil.script(
        "ALTER TABLE t CREATE BRANCH old AS OF VERSION " + ids.get(0),
        "ALTER TABLE t CREATE BRANCH audit",
        "INSERT INTO t @ audit VALUES (4)");
    long head = Objects.requireNonNull(table().refs().get("audit")).snapshotId();
    assertThat(rows("CALL system.fast_forward('t', 'main', 'audit')"))
        .containsExactly("main | " + ids.get(2) + " | " + head);
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "2", "3", "4");
    assertThat(rows("CALL system.fast_forward(table => 't', branch => 'old', to => 'main')"))
        .containsExactly("old | " + ids.get(0) + " | " + head);
    assertThat(rows("CALL system.fast_forward('t', 'old', 'main')"))
        .containsExactly("old | " + head + " | " + head);
    assertThat(rows("CALL system.fast_forward('t', 'fresh', 'main')"))
        .containsExactly("fresh | NULL | " + head);
    frazil.script("INSERT INTO t VALUES (5)", "INSERT INTO t @ audit VALUES (5)");
    assertThat(state("CALL system.fast_forward('t', 'main', 'audit')"))
        .isEqualTo(SqlState.OBJECT_NOT_IN_STATE);
    frazil.update("ALTER TABLE t CREATE TAG fixed");
    assertThat(state("CALL system.fast_forward('t', 'fixed', 'main')"))
        .isEqualTo(SqlState.WRONG_OBJECT_TYPE);
    assertThat(state("CALL system.fast_forward('t', 'main', 'nope')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void theAncestorsOfASnapshot() {
    assertThat(frazil.query("CALL system.ancestors_of('t')").lines())
        .containsExactly(line(2), line(1), line(0));
    assertThat(frazil.query("CALL system.ancestors_of('t', " + ids.get(1) + ")").lines())
        .containsExactly(line(1), line(0));
    frazil.update("CREATE TABLE e (id integer)");
    assertThat(rows("CALL system.ancestors_of('e')")).isEmpty();
    assertThat(state("CALL system.ancestors_of('t', 4)"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  private String line(int snapshot) {
    long id = ids.get(snapshot);
    return id + " | " + table().snapshot(id).timestampMillis();
  }

  @Test
  void aCallIsPartOfTheOpenTransaction() {
    frazil.session().setAutoCommit(false);
    frazil.update("INSERT INTO t VALUES (4)");
    frazil.query("CALL system.rollback_to_snapshot('t', " + ids.get(0) + ")");
    assertThat(rows("SELECT * FROM t")).containsExactly("1");
    assertThat(frazil.query("CALL system.ancestors_of('t')").lines()).containsExactly(line(0));
    frazil.update("INSERT INTO t VALUES (3)");
    // One that fails leaves the transaction as it was.
    assertThat(state("CALL system.rollback_to_snapshot('t', " + ids.get(1) + ")"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    try (Session other = frazil.engine().openSession()) {
      assertThat(count(other)).isEqualTo("3");
      frazil.session().commit();
      assertThat(count(other)).isEqualTo("2");
    }
    frazil.query("CALL system.rollback_to_snapshot('t', " + ids.get(0) + ")");
    frazil.session().rollback();
    frazil.session().setAutoCommit(true);
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "3");
  }

  private static String count(Session session) {
    return BranchConflictsTest.rows(session, "SELECT count(*) FROM t").get(0);
  }

  /** What another session committed meanwhile is not lost by going back. */
  @Test
  void aCallThatAnotherCommitOvertookGivesUp() {
    frazil.session().setAutoCommit(false);
    frazil.query("CALL system.rollback_to_snapshot('t', " + ids.get(0) + ")");
    try (Session other = frazil.engine().openSession()) {
      BranchConflictsTest.run(other, "INSERT INTO t VALUES (9)");
    }
    EngineException lost =
        catchThrowableOfType(EngineException.class, () -> frazil.session().commit());
    assertThat(lost.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
    frazil.session().setAutoCommit(true);
    assertThat(rows("SELECT * FROM t")).containsExactly("1", "2", "3", "9");
  }

  @Test
  void aProcedureIsAboutTheWholeTable() {
    frazil.update("ALTER TABLE t CREATE BRANCH b");
    for (String call :
        List.of(
            "rewrite_data_files('main.t.branch_b')",
            "expire_snapshots('main.t.branch_b')",
            "rollback_to_snapshot('main.t.branch_b', " + ids.get(0) + ")")) {
      assertThat(state("CALL system." + call)).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    }
    frazil.session().setAutoCommit(true);
    frazil.session().setReadOnly(true);
    assertThat(state("CALL system.rollback_to_snapshot('t', " + ids.get(0) + ")"))
        .isEqualTo(SqlState.READ_ONLY_TRANSACTION);
    assertThat(rows("CALL system.ancestors_of('t')")).hasSize(3);
  }
}
