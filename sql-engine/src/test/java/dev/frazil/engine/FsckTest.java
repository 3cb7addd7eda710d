package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CALL system.fsck} on tables whose files a test took away, broke, or added. */
class FsckTest {
  private final FastFolder memory = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
    frazil.script(
        "CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  private List<String> check() {
    return frazil.query("CALL system.fsck('t')").lines();
  }

  private String one(String sql) {
    return frazil.query(sql).lines().get(0);
  }

  @Test
  void aSoundTableHasNoFindings() {
    assertThat(check()).isEmpty();
    assertThat(frazil.query("CALL system.fsck('t', false)").lines()).isEmpty();
    assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "2");
  }

  @Test
  void aMissingDataFileIsNamedWithWhatNeedsIt() throws IOException {
    String file = one("SELECT file_path FROM \"t$files\" ORDER BY file_path LIMIT 1");
    Files.delete(Path.of(file));
    List<String> before = frazil.query("SELECT snapshot_id FROM \"t$snapshots\"").lines();
    assertThat(check())
        .contains("MISSING_FILE | " + file + " | DATA of 1 | none")
        .anyMatch(line -> line.startsWith("BROKEN_REFERENCE | " + file + " | branch main of"));
    frazil.query("CALL system.fsck(table => 't', dry_run => false)");
    assertThat(frazil.query("SELECT snapshot_id FROM \"t$snapshots\"").lines())
        .as("rows are not given up")
        .containsAll(before.subList(before.size() - 1, before.size()));
    assertThat(check()).anyMatch(line -> line.startsWith("MISSING_FILE | " + file));
  }

  @Test
  void aBrokenSnapshotThatNothingNamesGoes() throws IOException {
    String list = one("SELECT manifest_list FROM \"t$snapshots\" ORDER BY committed_at LIMIT 1");
    String id = one("SELECT snapshot_id FROM \"t$snapshots\" ORDER BY committed_at LIMIT 1");
    Files.write(Path.of(list), new byte[] {1, 2, 3});
    assertThat(check())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("UNREADABLE_FILE | " + list))
        .contains("BROKEN_SNAPSHOT | " + list + " | snapshot " + id + " | would leave the table");
    assertThat(frazil.query("SELECT count(*) FROM \"t$snapshots\"").lines())
        .as("a dry run")
        .containsExactly("2");
    assertThat(frazil.query("CALL system.fsck('t', false)").lines())
        .contains("BROKEN_SNAPSHOT | " + list + " | snapshot " + id + " | left the table");
    assertThat(check()).isEmpty();
    assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "2");
  }

  @Test
  void aTagOnABrokenSnapshotIsTold() throws IOException {
    String id = one("SELECT snapshot_id FROM \"t$snapshots\" ORDER BY committed_at LIMIT 1");
    frazil.change("t", table -> table.manageSnapshots().createTag("kept", Long.parseLong(id)));
    String list = one("SELECT manifest_list FROM \"t$snapshots\" ORDER BY committed_at LIMIT 1");
    Files.delete(Path.of(list));
    assertThat(check())
        .contains("MISSING_FILE | " + list + " | manifest list | none")
        .anyMatch(line -> line.startsWith("BROKEN_REFERENCE | " + list + " | tag kept of"));
  }

  @Test
  void orphansGoWhenTheyAreOld() throws IOException {
    ((DatabaseSession) frazil.session()).setFileAges(new FileAges(0, 0));
    Path folder = Path.of(one("SELECT file_path FROM \"t$files\" LIMIT 1")).getParent();
    Path old = folder.resolve("lost.parquet");
    Path young = folder.resolve("being-written.parquet");
    Files.write(old, new byte[4]);
    Files.write(young, new byte[4]);
    Files.setLastModifiedTime(
        old, FileTime.fromMillis(System.currentTimeMillis() - 4L * 24 * 3_600_000));
    assertThat(check()).hasSize(1).allMatch(line -> line.endsWith(" | would be deleted"));
    assertThat(old).exists();
    assertThat(frazil.query("CALL system.fsck('t', false)").lines())
        .hasSize(1)
        .allMatch(line -> line.startsWith("ORPHAN_FILE | " + old));
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(check()).isEmpty();
  }

  @Test
  void metadataThatCannotBeReadIsAFinding() throws IOException {
    Path newest;
    try (Stream<Path> files = Files.walk(memory.path().resolve("main"))) {
      newest =
          files
              .filter(file -> file.toString().endsWith(".metadata.json"))
              .max(Comparator.comparing(Path::toString))
              .orElseThrow();
    }
    Files.writeString(newest, "{\"format-version\": 2");
    frazil.close();
    frazil = EngineRunner.local(memory.path());
    assertThat(check())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("UNREADABLE_METADATA | " + newest)
                    .contains("the newest earlier state that can be read is "));
  }
}
