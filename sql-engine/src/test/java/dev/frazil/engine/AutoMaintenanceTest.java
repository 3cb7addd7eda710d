package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Maintenance that rides on commits: what it leaves, when it stays away, and whom it obeys. */
@Tag("slow")
class AutoMaintenanceTest {
  /** In the future, so that nothing counts as recent. */
  private static final FileAges NONE = new FileAges(-5_000, -5_000);

  private final FastFolder memory = FastFolder.create();
  private final Path folder = memory.path();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  /** With time enough on a busy machine. */
  private void create(String... properties) {
    String others = Stream.of(properties).map(each -> ", " + each).collect(Collectors.joining());
    frazil.update(
        "CREATE TABLE t (id integer, v varchar) WITH"
            + " (\"write.frazil.auto-maintain.budget-millis\" = '60000'"
            + others
            + ")");
  }

  private void insert(int from, int to) {
    for (int id = from; id < to; id++) {
      frazil.update("INSERT INTO t VALUES (" + id + ", 'v')");
    }
  }

  private long one(String sql) {
    return Long.parseLong(frazil.query(sql).lines().get(0));
  }

  private long dataFiles() {
    return one("SELECT count(*) FROM \"t$files\" WHERE content = 0");
  }

  private long objects(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("main"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  private void assertRows(int count) {
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM t").lines())
        .containsExactly(count + " | " + count + " | 0 | " + (count - 1));
  }

  @Test
  void smallFilesAndManifestsArePutTogether() {
    create();
    insert(0, 200);
    assertRows(200);
    assertThat(dataFiles()).isLessThan(80);
    assertThat(one("SELECT count(*) FROM \"t$manifests\"")).isLessThan(80);
    List<String> operations =
        frazil.query("SELECT DISTINCT operation FROM \"t$snapshots\" ORDER BY 1").lines();
    assertThat(operations).containsExactly("append", "replace");
  }

  @Test
  void withoutTheBytesOrTheWordNothingIsDone() {
    create("\"write.frazil.auto-maintain\" = 'false'");
    insert(0, 70);
    assertThat(dataFiles()).isEqualTo(70);
    frazil.change("t", table -> table.updateProperties().set("write.frazil.auto-maintain", "true"));
    frazil.change(
        "t",
        table -> table.updateProperties().set("write.frazil.auto-maintain.budget-millis", "0"));
    insert(70, 75);
    assertThat(dataFiles()).as("no time").isEqualTo(75);
    frazil.change(
        "t",
        table -> table.updateProperties().set("write.frazil.auto-maintain.budget-millis", "60000"));
    insert(75, 140);
    assertThat(dataFiles()).as("what was claimed without time is done next time").isLessThan(70);
    assertRows(140);
  }

  @Test
  void oldSnapshotsGoWithTheirFiles() throws IOException {
    create("\"history.expire.max-snapshot-age-ms\" = '1'");
    ((DatabaseSession) frazil.session()).setFileAges(NONE);
    insert(0, 400);
    assertRows(400);
    assertThat(one("SELECT count(*) FROM \"t$snapshots\"")).isLessThan(80);
    assertThat(objects(".parquet")).isLessThan(160);
    assertThat(missing()).isEmpty();
    long before = objects(".avro");
    frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP, 1)");
    assertThat(objects(".avro")).isLessThanOrEqualTo(before);
    assertThat(
            one("SELECT count(*) FROM \"t$files\"")
                + one("SELECT count(*) FROM \"t$all_manifests\""))
        .as("nothing was left behind")
        .isGreaterThanOrEqualTo(objects(".parquet"));
    assertRows(400);
  }

  @Test
  void agesAndNumbersThatAreNoneKeepAllSnapshotsAndFailNoCommit() {
    create();
    frazil.change(
        "t", table -> table.updateProperties().set("history.expire.max-snapshot-age-ms", "7 days"));
    insert(0, 1);
    for (int change = 0; change < 70; change++) {
      frazil.update("UPDATE t SET v = 'v" + change + "'");
    }
    frazil.change(
        "t",
        table ->
            table
                .updateProperties()
                .set("history.expire.max-snapshot-age-ms", "1")
                .set("history.expire.min-snapshots-to-keep", "a few")
                .set("write.target-file-size-bytes", "128 MB"));
    frazil.update("DELETE FROM t");
    assertThat(frazil.query("SELECT * FROM t").lines()).isEmpty();
    assertThat(one("SELECT count(*) FROM \"t$snapshots\"")).isGreaterThanOrEqualTo(72);
  }

  private List<String> missing() {
    return frazil
        .query(
            "SELECT file_path FROM \"t$all_files\" UNION SELECT path FROM \"t$all_manifests\""
                + " UNION SELECT manifest_list FROM \"t$snapshots\"")
        .lines()
        .stream()
        .filter(file -> !Files.exists(Path.of(file)))
        .toList();
  }

  /** Five days stay, unless there are very many. */
  @Test
  void youngSnapshotsStayUpToANumber() {
    create("\"write.frazil.auto-maintain.max-snapshots\" = '100'");
    insert(0, 150);
    assertThat(one("SELECT count(*) FROM \"t$snapshots\"")).as("an hour").isGreaterThan(149);
    ((DatabaseSession) frazil.session()).setFileAges(NONE);
    insert(150, 320);
    assertThat(one("SELECT count(*) FROM \"t$snapshots\"")).isBetween(100L, 200L);
    assertRows(320);
  }

  @Test
  void tagsAndTablesThatShareTheirFilesKeepThem() throws IOException {
    create("\"history.expire.max-snapshot-age-ms\" = '1'", "\"gc.enabled\" = 'false'");
    ((DatabaseSession) frazil.session()).setFileAges(NONE);
    insert(0, 140);
    assertThat(one("SELECT count(*) FROM \"t$snapshots\"")).isGreaterThan(139);
    frazil.change("t", table -> table.updateProperties().remove("gc.enabled"));
    String first =
        frazil
            .query("SELECT snapshot_id FROM \"t$snapshots\" ORDER BY committed_at LIMIT 1")
            .lines()
            .get(0);
    frazil.change("t", table -> table.manageSnapshots().createTag("kept", Long.parseLong(first)));
    insert(140, 280);
    assertThat(frazil.query("SELECT count(*) FROM t FOR VERSION AS OF 'kept'").lines())
        .containsExactly("1");
    assertThat(missing()).isEmpty();
    assertRows(280);
  }

  @Test
  void explicitTransactionsAndTokensCarryItToo() {
    create();
    for (int id = 0; id < 70; id++) {
      frazil.update("START TRANSACTION");
      frazil.update("INSERT INTO t VALUES (" + id + ", 'v')");
      frazil.update("COMMIT");
    }
    assertThat(dataFiles()).isLessThan(20);
    frazil.session().setIdempotencyToken("once");
    for (int id = 70; id < 71; id++) {
      insert(id, id + 1);
    }
    assertThat(frazil.session().commitState("once").committed()).isTrue();
    frazil.session().setIdempotencyToken(null);
    assertRows(71);
  }
}
