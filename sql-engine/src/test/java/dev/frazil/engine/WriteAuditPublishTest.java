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
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that are looked at before they are seen: on a branch, or staged under an id. */
class WriteAuditPublishTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, p varchar) PARTITIONED BY (p)"
            + " WITH (\"write.wap.enabled\" = 'true')",
        "INSERT INTO t VALUES (1, 'a')",
        "CREATE TABLE plain (id integer)");
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
  void changesGoToTheBranchUntilItIsPublished() {
    PreparedQuery count = frazil.session().prepare("SELECT count(*) FROM t");
    assertThat(count(count)).isEqualTo("1");
    frazil.execute("SET wap.branch = 'audit'");
    // As long as there is no such branch, the table is read.
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a");
    assertThat(table().refs()).containsOnlyKeys("main");
    frazil.script("INSERT INTO t VALUES (2, 'b')", "INSERT INTO plain VALUES (7)");
    assertThat(table().refs()).containsOnlyKeys("main", "audit");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b");
    assertThat(count(count)).isEqualTo("2");
    assertThat(state("INSERT INTO t VALUES (2, 'x')")).isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.script(
        "UPDATE t SET p = 'c' WHERE id = 1",
        "MERGE INTO t USING (VALUES (3)) s (id) ON t.id = s.id"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, 'm')");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | c", "2 | b", "3 | m");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'main'")).containsExactly("1 | a");
    assertThat(state("INSERT INTO t @ main VALUES (8, 'x')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    frazil.execute("SET wap.branch = DEFAULT");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a");
    assertThat(count(count)).isEqualTo("1");
    assertThat(rows("SELECT * FROM plain")).containsExactly("7");
    frazil.query("CALL system.fast_forward('t', 'main', 'audit')");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | c", "2 | b", "3 | m");
  }

  private static String count(PreparedQuery query) {
    return EngineRunner.read(
            ((StatementResult.Rows)
                    query.execute(new ParameterValues(Arrays.asList()), new CancellationToken()))
                .cursor())
        .lines()
        .get(0);
  }

  @Test
  void aTransactionMakesTheBranch() {
    frazil.execute("SET wapBranch = 'audit'");
    frazil.session().setAutoCommit(false);
    frazil.update("INSERT INTO t VALUES (2, 'b')");
    long savepoint = frazil.session().setSavepoint(null);
    frazil.update("DELETE FROM t WHERE id = 1");
    assertThat(rows("SELECT * FROM t")).containsExactly("2 | b");
    frazil.session().rollbackTo(savepoint);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b");
    try (Session other = frazil.engine().openSession()) {
      BranchConflictsTest.run(other, "INSERT INTO t VALUES (3, 'main')");
    }
    // The rows of main that the branch begins with were read: the keys of both are looked for.
    frazil.session().commit();
    frazil.session().setAutoCommit(true);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b");
    assertThat(rows("SELECT * FROM t @ main")).containsExactly("1 | a", "3 | main");
  }

  @Test
  void stagedChangesAreSeenOnceTheyArePublished() {
    frazil.execute("SET spark.wap.id = 'night-1'");
    frazil.update("INSERT INTO t VALUES (2, 'b'), (3, 'c')");
    frazil.update("INSERT INTO plain VALUES (7)");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a");
    assertThat(rows("SELECT * FROM plain")).containsExactly("7");
    frazil.execute("SET wapId = DEFAULT");
    String staged =
        rows("SELECT snapshot_id FROM t$snapshots WHERE summary['wap.id'] = 'night-1'").get(0);
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF " + staged))
        .containsExactly("1 | a", "2 | b", "3 | c");
    assertThat(rows("CALL system.publish_changes('t', 'night-1')"))
        .containsExactly(staged + " | " + staged);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b", "3 | c");
    assertThat(state("CALL system.publish_changes('t', 'night-1')"))
        .isEqualTo(SqlState.OBJECT_NOT_IN_STATE);
    assertThat(state("CALL system.publish_changes('t', 'night-2')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  /** Another commit came since: the rows are appended anew, and their keys looked at again. */
  @Test
  void stagedRowsAreAppendedToWhatTheTableIsNow() {
    String one = stage("one", "INSERT INTO t VALUES (2, 'b')");
    stage("two", "INSERT INTO t VALUES (2, 'x')");
    frazil.update("INSERT INTO t VALUES (5, 'main')");
    assertThat(rows("CALL system.publish_changes('t', 'one')"))
        .containsExactly(one + " | " + table().currentSnapshot().snapshotId());
    assertThat(one).isNotEqualTo(String.valueOf(table().currentSnapshot().snapshotId()));
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b", "5 | main");
    long before = table().currentSnapshot().snapshotId();
    assertThat(state("CALL system.publish_changes('t', 'two')"))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.session().setAutoCommit(false);
    assertThat(state("CALL system.publish_changes('t', 'two')"))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.session().commit();
    frazil.session().setAutoCommit(true);
    assertThat(table().currentSnapshot().snapshotId()).isEqualTo(before);
    assertThat(state("CALL system.publish_changes('t', 'one')"))
        .isEqualTo(SqlState.OBJECT_NOT_IN_STATE);
  }

  @Test
  void aSnapshotIsPickedWhereItsChangesCanBeMadeAgain() {
    String replaced = stage("o", "INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a')");
    String deleted = stage("d", "DELETE FROM t WHERE id = 1");
    frazil.update("INSERT INTO t VALUES (5, 'main')");
    frazil.query("CALL system.cherrypick_snapshot('t', " + replaced + ")");
    assertThat(rows("SELECT * FROM t")).containsExactly("5 | main", "9 | a");
    assertThat(state("CALL system.cherrypick_snapshot('t', " + deleted + ")"))
        .isEqualTo(SqlState.OBJECT_NOT_IN_STATE);
    assertThat(state("CALL system.cherrypick_snapshot('t', 4)"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(rows("SELECT * FROM t")).containsExactly("5 | main", "9 | a");
  }

  private String stage(String id, String change) {
    frazil.execute("SET wap.id = '" + id + "'");
    frazil.update(change);
    frazil.execute("SET wap.id = DEFAULT");
    return rows("SELECT snapshot_id FROM t$snapshots WHERE summary['wap.id'] = '" + id + "'")
        .get(0);
  }

  /** A table without a snapshot begins with that of its branch, or with a staged one. */
  @Test
  void anEmptyTableIsAudited() {
    frazil.script(
        "CREATE TABLE e (id integer PRIMARY KEY) WITH (\"write.wap.enabled\" = 'true')",
        "CREATE TABLE f (id integer PRIMARY KEY) WITH (\"write.wap.enabled\" = 'true')");
    frazil.execute("SET wap.branch = 'audit'");
    frazil.script("INSERT INTO e VALUES (1)", "INSERT INTO e VALUES (2)");
    assertThat(rows("SELECT * FROM e")).containsExactly("1", "2");
    assertThat(state("INSERT INTO e VALUES (2)")).isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.script("CREATE TABLE made WITH (\"write.wap.enabled\" = 'true') AS SELECT * FROM e");
    frazil.execute("SET wap.branch = DEFAULT");
    assertThat(rows("SELECT * FROM e")).isEmpty();
    assertThat(rows("SELECT * FROM made")).containsExactly("1", "2");
    frazil.query("CALL system.fast_forward('e', 'main', 'audit')");
    assertThat(rows("SELECT * FROM e")).containsExactly("1", "2");
    frazil.execute("SET wap.id = 'x'");
    frazil.script("INSERT INTO f VALUES (1), (2)");
    frazil.execute("SET wap.id = DEFAULT");
    assertThat(rows("SELECT * FROM f")).isEmpty();
    frazil.query("CALL system.publish_changes('f', 'x')");
    assertThat(rows("SELECT * FROM f")).containsExactly("1", "2");
  }

  /** Every statement changes the branch; a procedure is about the table itself. */
  @Test
  void statementsChangeTheBranchAndProceduresTheTable() {
    frazil.execute("SET wap.branch = 'audit'");
    frazil.script("INSERT OVERWRITE t VALUES (7, 'new')", "TRUNCATE TABLE t");
    assertThat(rows("SELECT * FROM t")).isEmpty();
    frazil.script(
        "INSERT INTO t VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET p = excluded.p",
        "INSERT INTO t VALUES (1, 'y') ON CONFLICT (id) DO UPDATE SET p = excluded.p");
    assertThat(rows("DELETE FROM t WHERE id = 1 RETURNING p")).containsExactly("y");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'main'")).containsExactly("1 | a");
    frazil.query("CALL system.rewrite_data_files('t', options => map('rewrite-all', 'true'))");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'main'")).containsExactly("1 | a");
    assertThat(rows("SELECT * FROM t")).isEmpty();
  }

  /** What ALTER TABLE does to the rows that are there is neither staged nor on the branch. */
  @Test
  void rowsThatAreThereGetTheDefaultOfANewColumnAtOnce() {
    frazil.execute("SET wap.id = 'x'");
    frazil.execute("ALTER TABLE t ADD COLUMN c integer NOT NULL DEFAULT 5");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a | 5");
    frazil.update("INSERT INTO t VALUES (2, 'b', 6)");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a | 5");
    assertThat(rows("SELECT summary['wap.id'] FROM \"t$snapshots\""))
        .containsExactly("NULL", "NULL", "x");
    frazil.query("CALL system.publish_changes('t', 'x')");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a | 5", "2 | b | 6");
  }

  /** Keys of staged rows are nobody's until somebody looks at them, whichever way they come. */
  @Test
  void stagedRowsKeepTheKeyWhereTheyBecomeABranch() {
    frazil.execute("SET wap.id = 'x'");
    frazil.update("INSERT INTO t VALUES (1, 'again')");
    frazil.execute("SET wap.id = DEFAULT");
    String staged =
        rows("SELECT snapshot_id FROM \"t$snapshots\" WHERE summary['wap.id'] = 'x'").get(0);
    assertThat(state("ALTER TABLE t CREATE BRANCH q AS OF VERSION " + staged))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    assertThat(state("CALL system.set_current_snapshot('t', " + staged + ")"))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.execute("ALTER TABLE t CREATE TAG q AS OF VERSION " + staged);
    assertThat(state("CALL system.fast_forward('t', 'main', 'q')"))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    assertThat(state("CALL system.publish_changes('t', 'x')")).isEqualTo(SqlState.UNIQUE_VIOLATION);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a");
  }
}
