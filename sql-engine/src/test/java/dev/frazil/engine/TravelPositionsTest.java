package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a table may stand, it may stand as it was: each spelling in each position. */
class TravelPositionsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;
  private String firstId;
  private String firstTime;

  @BeforeEach
  void open() throws InterruptedException {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE TABLE t (id integer, v varchar)", "INSERT INTO t VALUES (1, 'old'), (2, 'old')");
    firstId = String.valueOf(table().currentSnapshot().snapshotId());
    firstTime =
        Instant.ofEpochMilli(table().currentSnapshot().timestampMillis())
            .toString()
            .replace('T', ' ')
            .replace("Z", "");
    Thread.sleep(5);
    frazil.script(
        "ALTER TABLE t CREATE BRANCH b",
        "ALTER TABLE t CREATE TAG g",
        "UPDATE t SET v = 'new' WHERE id = 2",
        "INSERT INTO t VALUES (3, 'new')");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private Table table() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().table();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  /** {@code OLD} stands for the table as it was, which has the rows (1, old) and (2, old). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "t FOR SYSTEM_TIME AS OF TIMESTAMP 'TIME'",
        "t FOR TIMESTAMP AS OF 'TIME'",
        "t TIMESTAMP AS OF 'TIME'",
        "t FOR VERSION AS OF ID",
        "t VERSION AS OF ID",
        "t FOR VERSION AS OF 'g'",
        "main.t FOR VERSION AS OF 'b'",
        "t @ b",
        "main.t @ g",
        "main.t.branch_b",
        "t.tag_g",
        "main.t.snapshot_id_ID"
      })
  void everyPosition(String spelling) {
    String old = spelling.replace("TIME'", firstTime + "'").replace("ID", firstId);
    check("SELECT * FROM OLD", old, "1 | old", "2 | old");
    check("SELECT x.v FROM OLD AS x WHERE x.id = 2", old, "old");
    check("SELECT x.w FROM OLD AS x (i, w) WHERE i = 2", old, "old");
    check(
        "SELECT n.id, o.v, n.v FROM t n JOIN OLD o ON n.id = o.id",
        old,
        "1 | old | old",
        "2 | old | new");
    check("SELECT n.id FROM t n LEFT JOIN OLD AS o USING (id) WHERE o.v IS NULL", old, "3");
    check("SELECT o.id FROM OLD o, OLD p WHERE o.id < p.id", old, "1");
    check("SELECT id FROM t WHERE id NOT IN (SELECT id FROM OLD)", old, "3");
    check(
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM OLD o WHERE o.id = t.id AND o.v <> t.v)",
        old,
        "2");
    check("SELECT (SELECT count(*) FROM OLD), count(*) FROM t", old, "2 | 3");
    check("SELECT * FROM t EXCEPT SELECT * FROM OLD", old, "2 | new", "3 | new");
    check("WITH o AS (SELECT * FROM OLD) SELECT count(*) FROM o JOIN t ON o.id = t.id", old, "2");
    check(
        "SELECT l.c FROM t, LATERAL (SELECT count(*) AS c FROM OLD o WHERE o.id >= t.id) l",
        old,
        "0",
        "1",
        "2");
    frazil.update("CREATE TABLE made AS SELECT * FROM " + old);
    assertThat(rows("SELECT * FROM made")).containsExactly("1 | old", "2 | old");
    frazil.update("INSERT INTO made SELECT id + 10, v FROM " + old + " WHERE id = 1");
    assertThat(
            frazil.update(
                "MERGE INTO made USING (SELECT * FROM "
                    + old
                    + ") s ON made.id = s.id"
                    + " WHEN MATCHED AND s.id = 1 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)"))
        .isEqualTo(1);
    assertThat(
            frazil.update(
                "MERGE INTO made USING "
                    + old
                    + " AS s ON made.id = s.id WHEN MATCHED THEN UPDATE"
                    + " SET v = s.v || '!' WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)"))
        .isEqualTo(2);
    assertThat(rows("SELECT * FROM made")).containsExactly("1 | old", "11 | old", "2 | old!");
    frazil.update("UPDATE made SET v = o.v FROM " + old + " AS o WHERE o.id = made.id");
    frazil.update("DELETE FROM made USING " + old + " AS o WHERE o.id = made.id AND o.id = 1");
    assertThat(rows("SELECT * FROM made")).containsExactly("11 | old", "2 | old");
    // What a view says is so whenever it is asked.
    frazil.update("CREATE VIEW w AS SELECT id, v FROM " + old + " WHERE id > 1");
    frazil.update("INSERT INTO t VALUES (4, 'newer')");
    assertThat(rows("SELECT * FROM w")).containsExactly("2 | old");
    assertThat(rows("SELECT t.v, w.v FROM t JOIN w ON t.id = w.id")).containsExactly("new | old");
  }

  private void check(String sql, String old, String... expected) {
    assertThat(rows(sql.replace("OLD", old))).as(sql).containsExactly(expected);
  }

  @Test
  void metadataTablesOfThen() {
    for (String when :
        List.of(
            "FOR VERSION AS OF " + firstId,
            "@ b",
            "FOR VERSION AS OF 'g'",
            "FOR TIMESTAMP AS OF '" + firstTime + "'")) {
      assertThat(rows("SELECT count(*) FROM t$files " + when)).as(when).containsExactly("1");
      assertThat(
              rows(
                  "SELECT sum(f.record_count) FROM t$data_files "
                      + when
                      + " AS f JOIN t$entries "
                      + when
                      + " AS e ON e.data_file.file_path = f.file_path"))
          .as(when)
          .containsExactly("2");
    }
  }

  /** A table that is changed is the one of now; a branch may be written, an old state not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t FOR VERSION AS OF 'g' VALUES (1, 'x')",
        "DELETE FROM t FOR VERSION AS OF ID",
        "UPDATE t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00' SET v = 'x'",
        "UPDATE t @ g SET v = 'x'",
        "TRUNCATE TABLE t @ g",
        "MERGE INTO t.tag_g AS g USING t ON g.id = t.id WHEN MATCHED THEN DELETE",
        "DELETE FROM main.t.snapshot_id_ID"
      })
  void oldStatesDoNotChange(String sql) {
    assertThat(
            catchThrowableOfType(
                    EngineException.class, () -> frazil.execute(sql.replace("ID", firstId)))
                .state())
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }
}
