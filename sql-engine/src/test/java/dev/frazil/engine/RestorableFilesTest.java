package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What maintenance keeps so that the database can be restored. */
@Tag("slow")
class RestorableFilesTest {
  /** In the future, so that nothing stays for readers and writers. */
  private static final FileAges NONE = new FileAges(-60_000, -60_000);

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    ((DatabaseSession) frazil.session()).setFileAges(NONE);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private void keepFor(long millis) {
    frazil.change(
        "t",
        table ->
            table
                .updateProperties()
                .set("history.expire.max-snapshot-age-ms", "" + millis)
                .set("write.metadata.previous-versions-max", "1"));
  }

  private long version() {
    return Long.parseLong(frazil.query("SHOW DATABASE HISTORY LIMIT 1").rows().get(0).get(0));
  }

  @Test
  void expiryKeepsWhatStoodSince() throws InterruptedException {
    frazil.update("CREATE TABLE t (id integer)");
    keepFor(3_000);
    frazil.update("INSERT INTO t VALUES (1)");
    frazil.update("INSERT INTO t VALUES (2)");
    long then = version();
    Thread.sleep(3_100);
    frazil.update("INSERT INTO t VALUES (3)");
    // Of the three snapshots, two are older than three seconds; one of them stood until now.
    frazil.query("CALL system.expire_snapshots('t')");
    assertThat(frazil.query("SELECT * FROM \"t$snapshots\"").lines()).hasSize(2);
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1", "2");
    frazil.update("RESTORE DATABASE TO VERSION " + (then + 1));
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1", "2", "3");

    // A time that the call names is meant as it is said.
    frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP)");
    assertThat(frazil.query("SELECT * FROM \"t$snapshots\"").lines()).hasSize(1);
    assertThatThrownBy(() -> frazil.update("RESTORE DATABASE TO VERSION " + then))
        .hasMessageContaining("expired");
    assertThatThrownBy(
            () -> {
              frazil.update("SET asOf = " + then);
              frazil.query("SELECT * FROM t");
            })
        .hasMessageContaining("removed since");
    frazil.update("SET asOf = DEFAULT");
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1", "2", "3");
  }

  @Test
  void orphanRemovalKeepsMetadataOfEarlierStates() {
    frazil.update("CREATE TABLE t (id integer)");
    keepFor(86_400_000);
    for (int i = 0; i < 4; i++) {
      frazil.update("INSERT INTO t VALUES (" + i + ")");
    }
    String orphans =
        "CALL system.remove_orphan_files('t', TIMESTAMP '2999-01-01 00:00:00', dry_run => ";
    ((DatabaseSession) frazil.session()).setFileAges(new FileAges(0, -40_000L * 365 * 86_400_000));
    assertThat(frazil.query(orphans + "true)").lines()).isEmpty();
    keepFor(-60_000);
    // All but those of now and the one before: their log names no more.
    assertThat(frazil.query(orphans + "false)").lines())
        .isNotEmpty()
        .allMatch(file -> file.endsWith(".metadata.json"));
    close(); // what is in memory is not looked for
    open();
    assertThatThrownBy(() -> frazil.update("RESTORE DATABASE TO VERSION 4"))
        .hasMessageContaining("expired");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("4");
  }
}
