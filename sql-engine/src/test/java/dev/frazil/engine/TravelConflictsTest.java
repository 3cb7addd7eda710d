package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A serializable transaction that read a table by a tag or a time fails when that means another
 * snapshot by the time it commits, and for nothing else.
 */
class TravelConflictsTest {
  private FastFolder folder;
  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    one = EngineRunner.local(folder.path());
    other = EngineRunner.local(folder.path());
    one.script(
        "CREATE TABLE t (k bigint)",
        "INSERT INTO t VALUES (1)",
        "ALTER TABLE t CREATE TAG eom",
        "ALTER TABLE t CREATE BRANCH b",
        "INSERT INTO t VALUES (2)",
        "CREATE TABLE seen (n bigint)");
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    folder.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          t FOR VERSION AS OF 'eom'                 | ALTER TABLE t REPLACE TAG eom      | true
          t FOR VERSION AS OF 'eom'                 | ALTER TABLE t DROP TAG eom         | true
          t @ eom                                   | ALTER TABLE t DROP TAG eom         | true
          main.t.tag_eom                            | ALTER TABLE t REPLACE TAG eom      | true
          t FOR VERSION AS OF 'eom'                 | INSERT INTO t VALUES (3)           | false
          t FOR VERSION AS OF 'eom'                 | ALTER TABLE t CREATE TAG more      | false
          t$files FOR VERSION AS OF 'eom'           | ALTER TABLE t REPLACE TAG eom      | true
          t$files FOR VERSION AS OF 'b'             | INSERT INTO t @ b VALUES (3)       | true
          t$files FOR VERSION AS OF 'b'             | INSERT INTO t VALUES (3)           | false
          t FOR TIMESTAMP AS OF TIMESTAMP '2999-01-01 00:00:00'        | INSERT INTO t VALUES (3) | true
          t FOR TIMESTAMP AS OF TIMESTAMP '2999-01-01 00:00:00'        | INSERT INTO t @ b VALUES (3) | false
          t FOR TIMESTAMP AS OF CURRENT_TIMESTAMP - INTERVAL '0' SECOND | INSERT INTO t VALUES (3) | false
          """)
  void whatAPointNamesIsTheSameAtTheCommit(String read, String change, boolean conflict)
      throws InterruptedException {
    Thread.sleep(2); // the clock of snapshots counts milliseconds
    one.update("START TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    one.update("INSERT INTO seen SELECT count(*) FROM " + read);
    Thread.sleep(2);
    other.update(change);
    if (conflict) {
      assertThatThrownBy(() -> one.update("COMMIT"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e ->
                  org.assertj.core.api.Assertions.assertThat(e.state())
                      .as(e.getMessage())
                      .isEqualTo(SqlState.SERIALIZATION_FAILURE));
    } else {
      one.update("COMMIT");
    }
  }

  /** Of the table that is changed itself, and at the level where reads do not count. */
  @ParameterizedTest
  @CsvSource({"SERIALIZABLE, true", "SNAPSHOT, false"})
  void soItIsWithTheTableThatIsChanged(String level, boolean conflict) {
    one.update("START TRANSACTION ISOLATION LEVEL " + level);
    one.update("INSERT INTO t SELECT k + 10 FROM t FOR VERSION AS OF 'eom'");
    other.update("ALTER TABLE t REPLACE TAG eom");
    if (conflict) {
      assertThatThrownBy(() -> one.update("COMMIT")).hasMessageContaining("'eom'");
    } else {
      one.update("COMMIT");
    }
  }
}
