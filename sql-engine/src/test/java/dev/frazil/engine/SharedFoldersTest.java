package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables that other engines told to keep their files in folders of others. */
@Tag("slow")
class SharedFoldersTest {
  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
    ((DatabaseSession) frazil.session()).setFileAges(new FileAges(-10_000, -10_000));
    frazil.script(
        "CREATE TABLE mine (id integer)",
        "INSERT INTO mine VALUES (1)",
        "CREATE TABLE yours (id integer)");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private String locationOf(String table) {
    String file = frazil.query("SELECT file_path FROM \"" + table + "$files\"").lines().get(0);
    return file.substring(0, file.indexOf("/data/"));
  }

  private void set(String table, String property, String value) {
    frazil.change(table, t -> t.updateProperties().set(property, value));
  }

  private void assertRefused(String arguments, String other) {
    String call =
        "CALL system.remove_orphan_files('mine', CURRENT_TIMESTAMP, dry_run => false"
            + arguments
            + ")";
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(call));
    assertThat(failure).as(call).isNotNull();
    assertThat(failure.state().code()).isEqualTo("55000");
    assertThat(failure).hasMessageContaining("holds files of " + other);
    assertThat(frazil.query("SELECT id FROM yours").lines()).containsExactly("2");
  }

  @Test
  void filesOfAnotherTableInTheFolderAreNoOrphans() {
    set("yours", "write.data.path", locationOf("mine") + "/data/yours");
    frazil.update("INSERT INTO yours VALUES (2)");
    assertRefused("", "main.yours");
  }

  @Test
  void aFolderOfDataMayBeSharedOrLieInThatOfAnother() {
    String shared = folder.path().toAbsolutePath() + "/shared";
    set("mine", "write.data.path", shared + "/mine");
    set("yours", "write.data.path", shared);
    frazil.script("INSERT INTO mine VALUES (3)", "INSERT INTO yours VALUES (2)");
    assertRefused(", location => '" + shared + "/mine'", "main.yours");
    set("mine", "write.data.path", shared);
    assertRefused(", location => '" + shared + "'", "main.yours");
  }

  @Test
  void theFolderOfTheDatabaseIsNotThatOfATable() {
    frazil.update("INSERT INTO yours VALUES (2)");
    String warehouse = folder.path().toAbsolutePath().toString();
    set("mine", "write.data.path", warehouse);
    assertRefused(", location => '" + warehouse + "'", "the database");
  }

  @Test
  void aNameThatBeginsAlikeIsAnotherFolder() {
    set("yours", "write.data.path", locationOf("mine") + "2");
    frazil.update("INSERT INTO yours VALUES (2)");
    assertThat(
            frazil
                .query(
                    "CALL system.remove_orphan_files('mine', CURRENT_TIMESTAMP, dry_run => false)")
                .lines())
        .isEmpty();
    assertThat(frazil.query("SELECT id FROM yours").lines()).containsExactly("2");
  }
}
