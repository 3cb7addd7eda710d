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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SET of a property, SET TRANSACTION and SET SESSION CHARACTERISTICS. */
class SessionPropertiesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.update("CREATE TABLE t (n integer)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private String shown(String property) {
    return frazil.query("SHOW " + property).lines().get(0);
  }

  private void fails(String state, String sql) {
    assertThatThrownBy(() -> frazil.update(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state));
  }

  @ParameterizedTest
  @CsvSource({
    "isolation, snapshot, 'snapshot', serializable",
    "readOnly, true, TRUE, false",
    "conflictRetries, 3, 3, 20",
    "recursionLimit, 7, '7', 100000",
    "threads, 1, '1', NULL",
    "applicationName, loader, 'loader', NULL",
    "timeZone, Europe/Berlin, 'Europe/Berlin', UTC"
  })
  void setsShowsAndReturnsToTheFirstValue(
      String property, String value, String literal, String first) {
    assertThat(shown(property)).isEqualTo(first);
    frazil.update("SET " + property + " = '" + literal + "'");
    assertThat(shown(property)).isEqualToIgnoringCase(value);
    frazil.update("SET SESSION " + property + " TO DEFAULT");
    assertThat(shown(property)).isEqualTo(first);
  }

  @Test
  void statementsHeedWhatWasSet() {
    String endless =
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50)";
    assertThat(frazil.query(endless + " SELECT count(*) FROM r").lines()).containsExactly("50");
    frazil.update("SET recursionLimit = 10");
    assertThatThrownBy(() -> frazil.query(endless + " SELECT count(*) FROM r"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo("54000"));
    frazil.update("SET readOnly = true");
    fails("25006", "INSERT INTO t VALUES (1)");
    frazil.update("SET readOnly = DEFAULT");
    assertThat(frazil.update("INSERT INTO t VALUES (1)")).isEqualTo(1);
    frazil.update("SET idempotencyToken = 'once'");
    assertThat(shown("idempotencyToken")).isEqualTo("once");
  }

  @Test
  void whatCannotBeSetIsRefused() {
    fails("0A000", "SET memoryLimit = '64MB'");
    fails("0A000", "SET copyLocations = '/'");
    fails("0A000", "SET secretAccessKey = 'x'");
    fails("0A000", "SET LOCAL threads = 1");
    fails("42704", "SET thread = 1");
    fails("22023", "SET conflictRetries = 'many'");
    fails("22023", "SET isolation = 'none'");
    fails("42601", "SET threads = (1)");
    assertThat(shown("conflictRetries")).isEqualTo("20");
    frazil.update("START TRANSACTION");
    frazil.query("SELECT * FROM t");
    fails("25000", "SET isolation = 'snapshot'");
  }

  @Test
  void theModesOfOneTransaction() {
    fails("25000", "SET TRANSACTION READ ONLY");
    frazil.script("START TRANSACTION ISOLATION LEVEL SNAPSHOT", "SET TRANSACTION READ ONLY");
    fails("25006", "INSERT INTO t VALUES (1)");
    fails("25001", "SET TRANSACTION READ WRITE");
    frazil.update("ROLLBACK");
    frazil.session().setAutoCommit(false);
    frazil.script("SET TRANSACTION READ ONLY, ISOLATION LEVEL SNAPSHOT");
    fails("25006", "INSERT INTO t VALUES (1)");
    frazil.update("COMMIT");
    frazil.script("INSERT INTO t VALUES (1)", "COMMIT");
    assertThat(frazil.session().serializable()).isTrue();
    fails("42601", "SET TRANSACTION");
  }

  @Test
  void theModesOfAllThatFollow() {
    frazil.update("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT, READ ONLY");
    assertThat(frazil.session().serializable()).isFalse();
    fails("25006", "INSERT INTO t VALUES (1)");
    frazil.update("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
    assertThat(frazil.update("INSERT INTO t VALUES (1)")).isEqualTo(1);
    assertThat(shown("isolation")).isEqualTo("snapshot");
  }
}
