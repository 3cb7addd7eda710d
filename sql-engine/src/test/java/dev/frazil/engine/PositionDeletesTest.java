package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Delete files take in the earlier ones of the same data file: a table that is changed row by row
 * does not get slower with each change.
 */
class PositionDeletesTest {
  private static final String MARK =
      "\"write.delete.mode\" = 'merge-on-read', \"write.update.mode\" = 'merge-on-read',"
          + " \"write.frazil.auto-maintain\" = 'false'";

  private FastFolder fast;
  private Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    fast = FastFolder.create();
    folder = fast.path();
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
    fast.close();
  }

  private void create(int version) {
    frazil.update(
        "CREATE TABLE t (id integer, n integer) WITH (\"format-version\" = '"
            + version
            + "', "
            + MARK
            + ")");
  }

  private void insert(int from, int to) {
    frazil.update(
        "INSERT INTO t SELECT CAST(i AS integer), 0 FROM generate_series("
            + from
            + ", "
            + to
            + ") AS g (i)");
  }

  private long deleteFiles() {
    return Long.parseLong(frazil.query("SELECT count(*) FROM t$delete_files").lines().get(0));
  }

  private void assertConflict() {
    assertThatThrownBy(() -> frazil.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  /** Filters look at deleted rows only where that cannot fail. */
  @ParameterizedTest
  @CsvSource({"2", "3"})
  void deletedValuesDoNotFailStatements(int version) {
    create(version);
    frazil.script(
        "INSERT INTO t VALUES (0, 1), (1, 10), (2, 20), (5, 10)", "DELETE FROM t WHERE id = 0");
    assertThat(frazil.query("SELECT id FROM t WHERE n < 15 AND n / id < 5").lines())
        .containsExactly("5");
    assertThat(frazil.query("SELECT id FROM t WHERE n / id < 5 AND n < 15").lines())
        .containsExactly("5");
    assertThat(frazil.query("SELECT count(*) FROM t WHERE n < 15").lines()).containsExactly("2");
    assertThat(frazil.query("SELECT id FROM t WHERE n = 1").lines()).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"2,200", "3,40"})
  void twoHundredUpdatesByKeyLeaveOneDeleteFile(int version, int updates) {
    create(version);
    insert(0, 999);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.update("CREATE TABLE t AS SELECT i::integer AS id, 0 AS n FROM range(1000) AS r (i)");
      for (int i = 0; i < updates; i++) {
        // Of five keys one is changed again and again: its row stands in a file of its own.
        String update = "UPDATE t SET n = n + 1 WHERE id = " + (i % 5 == 0 ? 7 : i * 37 % 1000);
        assertThat(frazil.update(update)).isEqualTo(1);
        duckDb.update(update);
      }
      // A file of one row goes with its row where a vector or nothing marks it, so it has none.
      assertThat(deleteFiles()).isEqualTo(1);
      String all = "SELECT id, n FROM t ORDER BY id";
      assertThat(frazil.query(all).lines()).isEqualTo(duckDb.query(all).lines());
    }
  }

  /** The first change of three files is written down in one, later ones in one for each. */
  @Test
  void manyFilesHaveOneOfTheirOwnAndOneOfTheFirstChange() {
    create(2);
    for (int file = 0; file < 3; file++) {
      insert(file * 10, file * 10 + 9);
    }
    for (int digit = 0; digit < 6; digit++) {
      frazil.update("DELETE FROM t WHERE id % 10 = " + digit);
      assertThat(deleteFiles()).isEqualTo(digit == 0 ? 1 : 4);
    }
    assertThat(frazil.query("SELECT id FROM t").sorted())
        .containsExactly("16", "17", "18", "19", "26", "27", "28", "29", "6", "7", "8", "9");
  }

  @Test
  void aTransactionTakesItsOwnIn() {
    create(2);
    insert(1, 9);
    frazil.script(
        "DELETE FROM t WHERE id = 1",
        "START TRANSACTION",
        "DELETE FROM t WHERE id = 2",
        "SAVEPOINT s",
        "DELETE FROM t WHERE id = 3",
        "ROLLBACK TO SAVEPOINT s",
        "DELETE FROM t WHERE id = 4");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.script("CREATE TABLE elsewhere (id integer)", "INSERT INTO t VALUES (10, 10)");
    }
    // Whoever deletes by keys has read no key 10: the commit stands on that of the other.
    frazil.update("COMMIT");
    assertThat(deleteFiles()).isEqualTo(1);
    assertThat(frazil.query("SELECT id FROM t").sorted())
        .containsExactly("10", "3", "5", "6", "7", "8", "9");
  }

  @Test
  void twoThatTakeInTheSameFileAreInEachOthersWay() {
    create(2);
    insert(1, 9);
    frazil.script(
        "DELETE FROM t WHERE id = 1",
        "START TRANSACTION ISOLATION LEVEL SNAPSHOT",
        "DELETE FROM t WHERE id = 2");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.update("DELETE FROM t WHERE id = 3");
    }
    assertConflict();
    assertThat(frazil.query("SELECT id FROM t").sorted())
        .containsExactly("2", "4", "5", "6", "7", "8", "9");
    assertThat(deleteFiles()).isEqualTo(1);
  }

  /** Else the row that somebody brought back would be gone once more. */
  @Test
  void aDeleteFileThatIsGoneMeanwhileIsInTheWay() {
    create(2);
    insert(1, 9);
    frazil.script(
        "DELETE FROM t WHERE id = 1",
        "START TRANSACTION ISOLATION LEVEL SNAPSHOT",
        "DELETE FROM t WHERE id = 2");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.change("t", PositionDeletesTest::withoutDeletes);
    }
    assertConflict();
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("9");
  }

  private static PendingUpdate<?> withoutDeletes(Table table) {
    RowDelta delta = table.newRowDelta();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        for (DeleteFile delete : task.deletes()) {
          delta.removeDeletes(delete);
        }
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return delta;
  }

  @Test
  void aFileThatIsWrittenAgainTakesItsDeletesAlong() {
    create(2);
    insert(1, 9);
    frazil.update("DELETE FROM t WHERE id = 1");
    assertThat(deleteFiles()).isEqualTo(1);
    frazil.change("t", table -> table.updateProperties().set("write.update.mode", "copy-on-write"));
    frazil.update("UPDATE t SET n = 1 WHERE id = 2");
    assertThat(deleteFiles()).isZero();
    assertThat(frazil.query("SELECT id FROM t WHERE n = 0 OR id = 2").sorted())
        .isEqualTo(List.of("2", "3", "4", "5", "6", "7", "8", "9"));
  }
}
