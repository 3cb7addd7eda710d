package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CALL system.register_table}: a table that stands already gets a name. */
class RegisterTableTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.resolve("db"));
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private String metadata() {
    return frazil
        .query(
            "SELECT file FROM \"t$metadata_log_entries\" ORDER BY \"timestamp\" DESC,"
                + " latest_sequence_number DESC LIMIT 1")
        .lines()
        .get(0);
  }

  @Test
  void aDroppedTableComesBack() {
    frazil.script(
        "CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2), (3)");
    String file = metadata();
    String snapshot = frazil.query("SELECT max(snapshot_id) FROM \"t$refs\"").lines().get(0);
    assertThatThrownBy(() -> frazil.query("CALL system.register_table('again', '" + file + "')"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is of the table main.t, which the database has");
    frazil.update("DROP TABLE t");
    assertThat(frazil.query("CALL system.register_table('again', '" + file + "')").lines())
        .containsExactly(snapshot + " | 3 | 2");
    assertThat(frazil.query("SELECT * FROM again").sorted()).containsExactly("1", "2", "3");
    frazil.update("INSERT INTO again VALUES (4)");
    assertThat(frazil.query("SELECT count(*) FROM again").lines()).containsExactly("4");
    assertThatThrownBy(() -> frazil.query("CALL system.register_table('again', '" + file + "')"))
        .hasMessageContaining("exists already");
  }

  @Test
  void whatIsNoMetadataOrLiesOutsideIsRefused() {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    String data = frazil.query("SELECT file_path FROM \"t$files\"").lines().get(0);
    assertThatThrownBy(() -> frazil.query("CALL system.register_table('u', '" + data + "')"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is corrupt");
    assertThatThrownBy(() -> frazil.query("CALL system.register_table('u', '" + data + "-not')"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is missing");
    try (EngineRunner other = EngineRunner.local(folder.resolve("other"))) {
      other.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
      String foreign =
          other.query("SELECT max(file) FROM \"t$metadata_log_entries\"").lines().get(0);
      assertThatThrownBy(() -> frazil.query("CALL system.register_table('u', '" + foreign + "')"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("is refused: it is not under");
    }
    assertThatThrownBy(() -> frazil.query("SELECT * FROM u"))
        .hasMessageContaining("does not exist");
  }
}
