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
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches and tags: made, read, written. */
class BranchesTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
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

  private void filled(String version, String mode) {
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, name varchar DEFAULT 'none' CHECK (name <> ''))"
            + " WITH (\"format-version\" = '"
            + version
            + "', \"write.delete.mode\" = '"
            + mode
            + "', \"write.update.mode\" = '"
            + mode
            + "', \"write.merge.mode\" = '"
            + mode
            + "')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "ALTER TABLE t CREATE BRANCH audit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2 copy-on-write", "2 merge-on-read", "3 copy-on-write", "3 merge-on-read"})
  void everyStatementChangesABranch(String kind) {
    filled(kind.substring(0, 1), kind.substring(2));
    assertThat(frazil.update("INSERT INTO t @ audit VALUES (4, 'd'), (5, DEFAULT)")).isEqualTo(2);
    assertThat(rows("SELECT id, name FROM t @ audit WHERE id > 2"))
        .containsExactly("3 | c", "4 | d", "5 | none");
    assertThat(frazil.update("UPDATE t @ audit SET name = upper(name) WHERE id >= 2")).isEqualTo(4);
    assertThat(frazil.update("UPDATE t @ audit AS x SET name = x.name || '!' WHERE x.id = 2"))
        .isEqualTo(1);
    assertThat(frazil.update("DELETE FROM t @ audit WHERE id = 3")).isEqualTo(1);
    assertThat(
            frazil.update(
                "MERGE INTO t @ audit AS a USING t AS m ON a.id = m.id"
                    + " WHEN MATCHED AND a.name <> m.name THEN UPDATE SET name = a.name || m.name"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (m.id + 100, m.name)"))
        .isEqualTo(2);
    assertThat(
            frazil.update(
                "INSERT INTO t @ audit VALUES (1, 'z'), (6, 'f') ON CONFLICT (id) DO UPDATE SET"
                    + " name = excluded.name"))
        .isEqualTo(2);
    assertThat(rows("SELECT id, name FROM t @ audit"))
        .containsExactly("1 | z", "103 | c", "2 | B!b", "4 | D", "5 | NONE", "6 | f");
    assertThat(rows("DELETE FROM t @ audit WHERE id = 103 RETURNING id, name"))
        .containsExactly("103 | c");
    assertThat(rows("SELECT id, name FROM t")).containsExactly("1 | a", "2 | b", "3 | c");
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("3");
    assertThat(rows("SELECT count(*), min(id), max(id) FROM t @ audit"))
        .containsExactly("5 | 1 | 6");
    assertThat(frazil.update("TRUNCATE TABLE t @ audit")).isEqualTo(5);
    assertThat(rows("SELECT count(*) FROM t @ audit")).containsExactly("0");
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("3");
    frazil.update("INSERT OVERWRITE t @ audit SELECT id + 10, name FROM t WHERE id > 1");
    assertThat(rows("SELECT id FROM t @ audit")).containsExactly("12", "13");
    assertThat(rows("SELECT name FROM t$refs")).containsExactly("audit", "main");
  }

  @Test
  void constraintsHoldOnABranchByItsOwnRows() {
    filled("2", "merge-on-read");
    frazil.update("INSERT INTO t @ audit VALUES (4, 'd')");
    assertThat(state("INSERT INTO t @ audit VALUES (4, 'x')")).isEqualTo(SqlState.UNIQUE_VIOLATION);
    assertThat(state("INSERT INTO t @ audit VALUES (1, 'x')")).isEqualTo(SqlState.UNIQUE_VIOLATION);
    assertThat(state("INSERT INTO t @ audit VALUES (9, '')")).isEqualTo(SqlState.CHECK_VIOLATION);
    assertThat(state("INSERT INTO t @ audit VALUES (NULL, 'x')"))
        .isEqualTo(SqlState.NOT_NULL_VIOLATION);
    assertThat(state("UPDATE t @ audit SET id = 1 WHERE id = 4"))
        .isEqualTo(SqlState.UNIQUE_VIOLATION);
    frazil.script("DELETE FROM t @ audit WHERE id = 1", "INSERT INTO t @ audit VALUES (1, 'new')");
    frazil.update("INSERT INTO t VALUES (4, 'other')");
    assertThat(rows("SELECT a.name, m.name FROM t @ audit a JOIN t m ON a.id = m.id"))
        .containsExactly("b | b", "c | c", "d | other", "new | a");
  }

  @Test
  void sparkWritesTheBranchIntoTheName() {
    filled("2", "copy-on-write");
    frazil.update("INSERT INTO main.t.branch_audit VALUES (4, 'd')");
    frazil.update("ALTER TABLE t CREATE TAG eom");
    assertThat(rows("SELECT id FROM main.t.branch_audit WHERE id > 2")).containsExactly("3", "4");
    assertThat(rows("SELECT id FROM t.branch_audit WHERE id > 3")).containsExactly("4");
    assertThat(rows("SELECT count(*) FROM t.tag_eom")).containsExactly("3");
    assertThat(rows("SELECT count(*) FROM t.snapshots")).containsExactly("2");
    long id = table().currentSnapshot().snapshotId();
    assertThat(rows("SELECT count(*) FROM t.snapshot_id_" + id)).containsExactly("3");
    assertThat(state("INSERT INTO t.tag_eom VALUES (9, 'x')"))
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    assertThat(state("INSERT INTO t @ eom VALUES (9, 'x')"))
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    assertThat(state("INSERT INTO t.branch_nope VALUES (9, 'x')"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("SELECT * FROM t.branch_eom")).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("SELECT * FROM t.nope")).isEqualTo(SqlState.UNDEFINED_TABLE);
    frazil.script("CREATE SCHEMA t", "CREATE TABLE t.branch_audit AS SELECT 'mine' AS x");
    assertThat(rows("SELECT x, branch_audit.x, t.branch_audit.x FROM t.branch_audit"))
        .containsExactly("mine | mine | mine");
  }

  @Test
  void referencesAreMadeMovedAndDropped() {
    filled("2", "copy-on-write");
    long first = table().currentSnapshot().snapshotId();
    frazil.update("INSERT INTO t VALUES (4, 'd')");
    long second = table().currentSnapshot().snapshotId();
    frazil.update(
        "ALTER TABLE t CREATE BRANCH \"Odd name-1\" AS OF VERSION "
            + first
            + " RETAIN 7 DAYS WITH SNAPSHOT RETENTION 2 SNAPSHOTS 3 HOURS");
    frazil.update("ALTER TABLE t CREATE TAG '2026' RETAIN 90 MINUTES");
    SnapshotRef odd = table().refs().get("Odd name-1");
    assertThat(odd)
        .isEqualTo(
            SnapshotRef.branchBuilder(first)
                .maxRefAgeMs(7 * 86_400_000L)
                .minSnapshotsToKeep(2)
                .maxSnapshotAgeMs(3 * 3_600_000L)
                .build());
    assertThat(table().refs().get("2026"))
        .isEqualTo(SnapshotRef.tagBuilder(second).maxRefAgeMs(90 * 60_000L).build());
    assertThat(rows("SELECT count(*) FROM t FOR VERSION AS OF '2026'")).containsExactly("4");
    assertThat(rows("SELECT count(*) FROM t @ \"2026\"")).containsExactly("4");
    assertThat(rows("SELECT count(*) FROM t @ 'Odd name-1'")).containsExactly("3");
    assertThat(rows("DESCRIBE EXTENDED t"))
        .anyMatch(
            row ->
                row.startsWith("# branch Odd name-1 | snapshot " + first)
                    && row.contains("kept for PT168H, with at least 2 snapshots"))
        .anyMatch(row -> row.startsWith("# tag 2026 | snapshot " + second));
    frazil.update("INSERT INTO t @ \"Odd name-1\" VALUES (7, 'x')");
    assertThat(rows("SELECT count(*) FROM t @ \"odd name-1\"")).containsExactly("4");
    assertThat(state("ALTER TABLE t CREATE BRANCH \"Odd name-1\""))
        .isEqualTo(SqlState.DUPLICATE_OBJECT);
    frazil.update("ALTER TABLE t CREATE BRANCH IF NOT EXISTS \"Odd name-1\"");
    assertThat(rows("SELECT count(*) FROM t @ 'Odd name-1' WHERE id = 7")).containsExactly("1");
    frazil.update("ALTER TABLE t REPLACE BRANCH \"Odd name-1\" AS OF VERSION " + second);
    assertThat(table().refs().get("Odd name-1"))
        .isEqualTo(SnapshotRef.builderFrom(odd, second).build());
    frazil.update("ALTER TABLE t CREATE OR REPLACE TAG \"2026\" AS OF VERSION " + first);
    assertThat(rows("SELECT count(*) FROM t @ '2026'")).containsExactly("3");
    assertThat(state("ALTER TABLE t DROP BRANCH \"2026\"")).isEqualTo(SqlState.WRONG_OBJECT_TYPE);
    assertThat(state("ALTER TABLE t REPLACE BRANCH nope")).isEqualTo(SqlState.UNDEFINED_OBJECT);
    assertThat(state("ALTER TABLE t CREATE TAG x AS OF VERSION 17"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("ALTER TABLE t CREATE BRANCH x RETAIN 0 DAYS"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("ALTER TABLE t DROP BRANCH main")).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    frazil.script("ALTER TABLE t DROP TAG \"2026\", DROP BRANCH IF EXISTS nope");
    assertThat(state("ALTER TABLE t DROP TAG \"2026\"")).isEqualTo(SqlState.UNDEFINED_OBJECT);
    assertThat(rows("SELECT name FROM t$refs")).containsExactly("Odd name-1", "audit", "main");
    frazil.script("CREATE TABLE e (id integer)", "ALTER TABLE e CREATE BRANCH b");
    frazil.update("INSERT INTO e @ b VALUES (1)");
    assertThat(rows("SELECT count(*) FROM e @ b UNION ALL SELECT count(*) FROM e"))
        .containsExactly("0", "1");
    assertThat(state("ALTER TABLE e CREATE TAG x")).isEqualTo(SqlState.OBJECT_NOT_IN_STATE);
  }

  /** Iceberg's rule: a branch has the columns of the table, a tag those of its snapshot. */
  @Test
  void branchesHaveTheColumnsOfTheTable() {
    filled("2", "copy-on-write");
    frazil.script("ALTER TABLE t CREATE TAG early", "ALTER TABLE t ADD COLUMN extra integer");
    frazil.update("INSERT INTO t @ audit VALUES (4, 'd', 44)");
    assertThat(rows("SELECT * FROM t @ audit WHERE id > 2"))
        .containsExactly("3 | c | NULL", "4 | d | 44");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'audit' WHERE id = 4"))
        .containsExactly("4 | d | 44");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'early' WHERE id = 3"))
        .containsExactly("3 | c");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF 'main' WHERE id = 3"))
        .containsExactly("3 | c | NULL");
    frazil.update("ALTER TABLE t RENAME COLUMN name TO label");
    assertThat(rows("SELECT label FROM t @ audit WHERE id = 4")).containsExactly("d");
    assertThat(rows("SELECT name FROM t @ early WHERE id = 3")).containsExactly("c");
  }

  @Test
  void branchesOfOneTableInOneTransaction() {
    filled("3", "merge-on-read");
    frazil.session().setAutoCommit(false);
    frazil.update("ALTER TABLE t CREATE BRANCH other");
    frazil.update("INSERT INTO t VALUES (4, 'main')");
    frazil.update("UPDATE t @ audit SET name = 'audited' WHERE id = 1");
    frazil.update("DELETE FROM t @ other WHERE id < 3");
    frazil.update("INSERT INTO t @ other SELECT * FROM t @ audit WHERE id = 1");
    long savepoint = frazil.session().setSavepoint(null);
    frazil.update("INSERT INTO t @ other VALUES (77, 'x')");
    frazil.update("ALTER TABLE t DROP BRANCH audit");
    frazil.session().rollbackTo(savepoint);
    // Another commit to the same table, and to no branch of these: everything is made again on it.
    try (Session second = frazil.engine().openSession()) {
      run(second, "ALTER TABLE t CREATE BRANCH third");
      run(second, "INSERT INTO t @ third VALUES (5, 'third')");
    }
    frazil.session().commit();
    frazil.session().setAutoCommit(true);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | a", "2 | b", "3 | c", "4 | main");
    assertThat(rows("SELECT * FROM t @ audit")).containsExactly("1 | audited", "2 | b", "3 | c");
    assertThat(rows("SELECT * FROM t @ other")).containsExactly("1 | audited", "3 | c");
    assertThat(rows("SELECT * FROM t @ third WHERE id = 5")).containsExactly("5 | third");
    assertThat(rows("SELECT count(*), count(DISTINCT _row_id) FROM t @ other"))
        .containsExactly("2 | 2");
  }

  private static void run(Session session, String sql) {
    session.prepare(sql).execute(new ParameterValues(Arrays.asList()), new CancellationToken());
  }

  @Test
  void preparedStatementsFollowTheirBranch() {
    filled("2", "copy-on-write");
    PreparedQuery insert = frazil.session().prepare("INSERT INTO t @ audit VALUES (?, ?)");
    PreparedQuery count = frazil.session().prepare("SELECT count(*) FROM t @ audit");
    for (int i = 10; i < 13; i++) {
      insert.execute(new ParameterValues(Arrays.asList(i, "x")), new CancellationToken());
      assertThat(
              EngineRunner.read(
                      ((StatementResult.Rows)
                              count.execute(
                                  new ParameterValues(Arrays.asList()), new CancellationToken()))
                          .cursor())
                  .sorted())
          .containsExactly(String.valueOf(i - 6));
    }
    frazil.update("ALTER TABLE t DROP BRANCH audit");
    assertThat(
            catchThrowableOfType(
                    EngineException.class,
                    () ->
                        insert.execute(
                            new ParameterValues(Arrays.asList(99, "x")), new CancellationToken()))
                .state())
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("3");
  }

  /** The signs between a table and its branch may stand in the names of both. */
  @Test
  void namesThatLookLikeBranches() {
    frazil.script(
        "CREATE TABLE \"t @ audit\" (id integer)",
        "INSERT INTO \"t @ audit\" VALUES (1)",
        "ALTER TABLE \"t @ audit\" CREATE BRANCH \"x @ y\"",
        "INSERT INTO \"t @ audit\" @ \"x @ y\" VALUES (2)");
    assertThat(rows("SELECT * FROM \"t @ audit\"")).containsExactly("1");
    assertThat(rows("SELECT * FROM \"t @ audit\" @ \"x @ y\"")).containsExactly("1", "2");
    filled("2", "copy-on-write");
    frazil.update("ALTER TABLE t CREATE TAG g");
    assertThat(
            catchThrowableOfType(EngineException.class, () -> frazil.update("DELETE FROM t @ g"))
                .getMessage())
        .contains("main.t @ g");
    assertThat(String.join(" ", frazil.query("EXPLAIN SELECT * FROM t @ audit").lines()))
        .contains("main.t @ audit");
    assertThat(
            catchThrowableOfType(
                    EngineException.class,
                    () -> frazil.update("INSERT INTO t @ audit VALUES (1, 'x')"))
                .getMessage())
        .contains("main.t @ audit");
  }
}
