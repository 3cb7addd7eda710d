package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code CALL system.expire_snapshots}: what goes, what stays, and what is deleted for it. */
@Tag("slow")
class ExpireSnapshotsTest {
  /** In the future, so that nothing counts as recent. */
  private static final FileAges NONE = new FileAges(-5_000, -5_000);

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private void ages(FileAges ages) {
    ((DatabaseSession) frazil.session()).setFileAges(ages);
  }

  private long objects(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("main"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  private List<String> rows() {
    return frazil.query("SELECT * FROM t").sorted();
  }

  private List<String> snapshots() {
    return frazil.query("SELECT snapshot_id FROM \"t$snapshots\" ORDER BY committed_at").lines();
  }

  private void changes() {
    frazil.script(
        "CREATE TABLE t (id integer, v varchar) WITH (\"write.delete.mode\" = 'merge-on-read', \"write.update.mode\" = 'copy-on-write')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO t VALUES (3, 'c'), (4, 'd')",
        "DELETE FROM t WHERE id = 1",
        "UPDATE t SET v = 'z' WHERE id = 3");
  }

  @Test
  void whatOnlyOldSnapshotsReachIsDeleted() throws IOException {
    changes();
    List<String> before = rows();
    frazil.query("CALL system.rewrite_data_files('t', options => map('rewrite-all', 'true'))");
    assertThat(objects(".parquet")).isEqualTo(5);
    assertThat(objects(".avro")).isGreaterThan(8);
    ages(NONE);
    List<String> answer =
        frazil
            .query(
                "CALL system.expire_snapshots(table => 't', older_than => CURRENT_TIMESTAMP, retain_last => 1)")
            .lines();
    assertThat(answer.get(0)).as(answer.get(0)).startsWith("3 | 1 | 0 | ").endsWith(" | 4 | 0");
    assertThat(rows()).isEqualTo(before);
    assertThat(snapshots()).hasSize(1);
    assertThat(objects(".parquet")).as("data files").isEqualTo(1);
    String reached = frazil.query("SELECT count(*) + 1 FROM \"t$manifests\"").lines().get(0);
    assertThat(objects(".avro") + "").as("manifests and their list").isEqualTo(reached);
    assertThat(frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP, 1)").lines())
        .containsExactly("0 | 0 | 0 | 0 | 0 | 0");
    frazil.update("INSERT INTO t VALUES (5, 'e')");
    assertThat(rows()).hasSize(before.size() + 1);
  }

  @Test
  void statisticsGoWithTheirSnapshot() throws IOException {
    changes();
    String first = snapshots().get(0);
    frazil.query("CALL system.compute_table_stats('t', snapshot_id => " + first + ")");
    String live = frazil.query("CALL system.compute_table_stats('t')").lines().get(0);
    assertThat(objects(".stats")).isEqualTo(2);
    ages(NONE);
    assertThat(
            frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP, 1)").lines().get(0))
        .endsWith(" | 1");
    assertThat(objects(".stats")).isEqualTo(1);
    assertThat(objects(live.substring(live.lastIndexOf('/')))).isEqualTo(1);
    assertThat(frazil.query("CALL system.fsck('t')").lines()).isEmpty();
  }

  @Test
  void refsAndSingleSnapshotsAreKept() {
    changes();
    List<String> ids = snapshots();
    frazil.change(
        "t", table -> table.manageSnapshots().createTag("first", Long.parseLong(ids.get(0))));
    ages(NONE);
    assertThatThrownBy(
            () ->
                frazil.query(
                    "CALL system.expire_snapshots('t', snapshot_ids => ARRAY[" + ids.get(0) + "])"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("'first' refers to it");
    frazil.query("CALL system.expire_snapshots('t', snapshot_ids => ARRAY[" + ids.get(1) + "])");
    assertThat(snapshots()).containsExactly(ids.get(0), ids.get(2), ids.get(3));
    frazil.query(
        "CALL system.expire_snapshots('t', retain_last => 2, older_than => CURRENT_TIMESTAMP)");
    assertThat(snapshots()).containsExactly(ids.get(0), ids.get(2), ids.get(3));
    frazil.query(
        "CALL system.expire_snapshots('t', retain_last => 1, older_than => CURRENT_TIMESTAMP)");
    assertThat(snapshots()).containsExactly(ids.get(0), ids.get(3));
    assertThat(frazil.query("SELECT * FROM t FOR VERSION AS OF " + ids.get(0)).sorted())
        .containsExactly("1 | a", "2 | b");
  }

  /** A branch keeps what its retention says, and a tag or branch goes when its time is over. */
  @Test
  void branchesAndTagsAreKeptForAsLongAsTheySay() {
    changes();
    frazil.script(
        "ALTER TABLE t CREATE BRANCH kept WITH SNAPSHOT RETENTION 2 SNAPSHOTS",
        "ALTER TABLE t CREATE BRANCH plain",
        "ALTER TABLE t CREATE BRANCH days WITH SNAPSHOT RETENTION 3 DAYS",
        "ALTER TABLE t CREATE TAG over RETAIN 1 MINUTES",
        "ALTER TABLE t CREATE TAG young RETAIN 1 DAYS");
    for (String branch : List.of("kept", "plain", "days")) {
      for (int i = 0; i < 3; i++) {
        frazil.update("INSERT INTO t @ " + branch + " VALUES (" + (10 + i) + ", 'x')");
      }
    }
    frazil.update("INSERT INTO t VALUES (20, 'main')");
    frazil.change("t", table -> table.manageSnapshots().setMaxRefAgeMs("over", 1));
    ages(NONE);
    frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP, 1)");
    assertThat(frazil.query("SELECT name FROM t$refs").sorted())
        .containsExactly("days", "kept", "main", "plain", "young");
    assertThat(count("kept")).isEqualTo(2);
    assertThat(count("plain")).isEqualTo(1);
    // Its own three and the four that they stand on, which are those of the table, too.
    assertThat(count("days")).isEqualTo(7);
    assertThat(count("main")).isEqualTo(5);
    for (String branch : List.of("kept", "plain", "days")) {
      assertThat(frazil.query("SELECT count(*) FROM t @ " + branch + " WHERE id >= 10").sorted())
          .containsExactly("3");
    }
    assertThat(frazil.query("SELECT count(*) FROM t @ young").sorted()).containsExactly("3");
    assertThat(rows()).hasSize(4);
  }

  /** The snapshots that are left of a branch. */
  private int count(String branch) {
    String head =
        frazil
            .query("SELECT snapshot_id FROM t$refs WHERE name = '" + branch + "'")
            .sorted()
            .get(0);
    return frazil.query("CALL system.ancestors_of('t', " + head + ")").lines().size();
  }

  @Test
  void aReaderMayStillBeAtWhatWasReplacedJustNow() throws InterruptedException {
    changes();
    assertThat(frazil.query("CALL system.expire_snapshots('t', retain_last => 1)").lines())
        .as("by default what is younger than five days stays")
        .containsExactly("0 | 0 | 0 | 0 | 0 | 0");
    frazil.change(
        "t", table -> table.updateProperties().set("history.expire.max-snapshot-age-ms", "1"));
    assertThat(frazil.query("CALL system.expire_snapshots('t')").lines())
        .as("all of them were the newest less than an hour ago")
        .containsExactly("0 | 0 | 0 | 0 | 0 | 0");
    ages(new FileAges(1_000, 1_000));
    Thread.sleep(1_100);
    frazil.update("INSERT INTO t VALUES (7, 'g')");
    frazil.query("CALL system.expire_snapshots('t')");
    assertThat(snapshots()).as("the one before was replaced just now").hasSize(2);
    Thread.sleep(1_100);
    frazil.query("CALL system.expire_snapshots('t')");
    assertThat(snapshots()).hasSize(1);
    assertThat(rows()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CALL system.expire_snapshots('t', CURRENT_TIMESTAMP);             22023; less than 3600 seconds ago",
        "CALL system.expire_snapshots('t', retain_last => 0);              22023; at least 1",
        "CALL system.expire_snapshots('t', snapshot_ids => ARRAY[17]);     22023; no snapshot 17",
        "CALL system.expire_snapshots('t', snapshot_ids => ARRAY[17.6]);   22023; must hold whole numbers",
        "CALL system.expire_snapshots('t', older_then => CURRENT_DATE);    42883; did you mean older_than",
        "CALL system.expire_snapshots('shared');                           55000; gc.enabled",
      })
  void whatIsWrongIsSaid(String sql, String state, String text) {
    frazil.script(
        "CREATE TABLE t (id integer)",
        "INSERT INTO t VALUES (1)",
        "CREATE TABLE shared (id integer) WITH (\"gc.enabled\" = 'false')",
        "INSERT INTO shared VALUES (1)");
    assertThatThrownBy(() -> frazil.execute(sql))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessageContaining(text);
  }

  @Test
  void itIsNoPartOfATransaction() {
    frazil.script("CREATE TABLE t (id integer)", "START TRANSACTION");
    assertThatThrownBy(() -> frazil.execute("CALL system.expire_snapshots('t')"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.ACTIVE_TRANSACTION));
  }
}
