package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ALTER TABLE ... EXECUTE: procedures by the names and arguments of Trino, and by their own. */
class ExecutedProceduresTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script("CREATE SCHEMA s", "CREATE TABLE s.\"T 1\" (p integer) PARTITIONED BY (p)");
    for (int i = 0; i < 4; i++) {
      frazil.update("INSERT INTO s.\"T 1\" VALUES (" + i / 2 + ")");
    }
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private long files() {
    return frazil.query("SELECT * FROM s.\"T 1$files\"").rows().size();
  }

  @Test
  void filesArePutTogether() {
    assertThat(files()).isEqualTo(4);
    frazil.query("ALTER TABLE s.\"T 1\" EXECUTE optimize(file_size_threshold => '1B')");
    assertThat(files()).as("none is smaller").isEqualTo(4);
    frazil.query(
        "ALTER TABLE s.\"T 1\" EXECUTE rewrite_data_files(options => MAP['min-input-files', '2']) WHERE p = 1");
    assertThat(files()).isEqualTo(3);
    frazil.query(
        "ALTER TABLE s.\"T 1\" EXECUTE rewrite_data_files('binpack', NULL, MAP['min-input-files', '2'])");
    assertThat(files()).isEqualTo(2);
    assertThat(frazil.query("SELECT p FROM s.\"T 1\"").sorted())
        .containsExactly("0", "0", "1", "1");
  }

  @Test
  void othersRunToo() {
    assertThat(frazil.query("ALTER TABLE s.\"T 1\" EXECUTE optimize_manifests").lines())
        .containsExactly("4 | 1");
    frazil.query("ALTER TABLE s.\"T 1\" EXECUTE expire_snapshots(retention_threshold => '7d')");
    frazil.query("ALTER TABLE s.\"T 1\" EXECUTE remove_orphan_files(retention_threshold => '48h')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXECUTE optimise | 42883 | did you mean optimize
          EXECUTE register_table('x') | 42883 | no procedure register_table
          EXECUTE optimize(file_size_threshold => 100) | 22023 | a size such as
          EXECUTE expire_snapshots(retention_threshold => 'week') | 22023 | a duration such as
          EXECUTE expire_snapshots(retention_threshold => '1h') WHERE p = 1 | 42883 | takes no WHERE
          EXECUTE optimize(nothing => 1) | 42883 | no argument 'nothing'
          EXECUTE optimize(table => 's.x') | 42601 | given twice
          EXECUTE optimize WHERE | 42601 | a condition
          EXECUTE optimize WHERE nothing = 1 | 42703 | nothing
          EXECUTE optimize, ADD x integer | 42601 | the end
          EXECUTE expire_snapshots(retention_threshold => '30m') | 22023 | 3600 seconds
          """)
  void mistakesAreNamed(String execute, String state, String message) {
    EngineException failure =
        catchThrowableOfType(
            EngineException.class, () -> frazil.execute("ALTER TABLE s.\"T 1\" " + execute));
    assertThat(failure).as(execute).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }
}
