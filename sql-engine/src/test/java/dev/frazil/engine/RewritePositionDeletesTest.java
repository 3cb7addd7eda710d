package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code CALL system.rewrite_position_delete_files}: what is written anew, what goes, and that no
 * row changes by it, as Iceberg plans the files and DuckDB reads them.
 */
class RewritePositionDeletesTest extends PositionDeleteTables {
  private static final String CALL = "CALL system.rewrite_position_delete_files('t')";

  private List<String> deletes() {
    return frazil.query("SELECT record_count FROM \"t$delete_files\"").sorted();
  }

  @Test
  void smallFilesOfAPartitionBecomeOne() {
    create("2", "");
    fill(0, 4);
    assertThat(call("")).as("fewer than min-input-files").isEqualTo("0 | 0 | 0 | 0");
    fill(4, 9);
    List<String> before = rows();
    assertThat(before).hasSize(9 * 99);
    assertThat(deletes()).hasSize(9);
    assertThat(call("")).matches("9 \\| 1 \\| [1-9][0-9]+ \\| [1-9][0-9]+");
    assertThat(deletes()).containsExactly("9");
    assertThat(rows()).isEqualTo(before).isEqualTo(rowsByOthers());
    assertThat(frazil.query("SELECT operation FROM \"t$snapshots\" ORDER BY committed_at").lines())
        .endsWith("replace");
    assertThat(call("")).as("nothing is left to do").isEqualTo("0 | 0 | 0 | 0");
    assertThat(frazil.update("DELETE FROM t WHERE id IN (8, 108)")).isEqualTo(2);
    assertThat(rows()).isEqualTo(rowsByOthers()).hasSize(before.size() - 2);
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("889");
  }

  @Test
  void partitionsAndConditions() {
    create("2", "PARTITIONED BY (p)");
    for (int i = 0; i < 5; i++) {
      insert(i, "x");
      insert(i, "y");
      frazil.update("DELETE FROM t WHERE p = 'x' AND id = " + (100 * i + 7));
      frazil.update("DELETE FROM t WHERE p = 'y' AND id = " + (100 * i + 8));
    }
    List<String> before = rows();
    assertThat(deletes()).hasSize(10);
    assertThat(call(", where => 'p = ''z'''")).isEqualTo("0 | 0 | 0 | 0");
    assertThat(call(", where => 'p = ''x'''")).startsWith("5 | 1 | ");
    assertThat(deletes()).hasSize(6);
    assertThat(call(", options => MAP['min-input-files', '6']")).isEqualTo("0 | 0 | 0 | 0");
    assertThat(frazil.query("ALTER TABLE t EXECUTE rewrite_position_delete_files").lines().get(0))
        .startsWith("5 | 1 | ");
    assertThat(deletes()).containsExactly("5", "5");
    assertThat(rows()).isEqualTo(before).isEqualTo(rowsByOthers());
  }

  /** A delete file of two data files, of which one goes. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void whatNamesNoDataFileGoes(String version) {
    create("2", "");
    insert(0, "x");
    insert(1, "x");
    frazil.update("DELETE FROM t WHERE id % 100 < 10");
    assertThat(deletes()).containsExactly("20");
    frazil.query(
        "CALL system.rewrite_data_files('t', where => 'id < 100',"
            + " options => MAP['delete-file-threshold', '1'])");
    assertThat(deletes()).as("rows of a file that is gone, too").containsExactly("20");
    if (version.equals("3")) {
      frazil.update("ALTER TABLE t SET TBLPROPERTIES ('format-version' = '3')");
    }
    List<String> before = rows();
    assertThat(call(", options => MAP['rewrite-all', 'true']")).startsWith("1 | 1 | ");
    assertThat(deletes()).containsExactly("10");
    assertThat(rows()).isEqualTo(before).hasSize(180).isEqualTo(rowsByOthers());
  }

  @Test
  void filesThatApplyToNothingGoWithoutBeingAskedFor() {
    create("2", "");
    fill(0, 2);
    // As Iceberg's own deletion of a whole file: the deletes of it stay.
    frazil.change(
        "t",
        table -> {
          try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            DataFile newest = null;
            for (FileScanTask task : tasks) {
              long number = Objects.requireNonNull(task.file().dataSequenceNumber());
              newest =
                  newest == null || number > Objects.requireNonNull(newest.dataSequenceNumber())
                      ? task.file()
                      : newest;
            }
            return table.newDelete().deleteFile(Objects.requireNonNull(newest));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(deletes()).hasSize(2);
    List<String> before = rows();
    assertThat(call(", where => 'id >= 0'")).as("nothing is known of them").startsWith("0 | 0");
    assertThat(call("")).matches("1 \\| 0 \\| [1-9][0-9]+ \\| 0");
    assertThat(deletes()).hasSize(1);
    assertThat(rows()).isEqualTo(before).hasSize(99).isEqualTo(rowsByOthers());
  }

  @Test
  void aFileForEachDataFileWhereTheTableWantsThat() {
    create("2", "");
    frazil.update("ALTER TABLE t SET TBLPROPERTIES ('write.delete.granularity' = 'file')");
    fill(0, 6);
    assertThat(call("")).isEqualTo("0 | 0 | 0 | 0");
    List<String> before = rows();
    assertThat(call(", options => MAP['rewrite-all', 'true']")).startsWith("6 | 6 | ");
    assertThat(deletes()).containsOnly("1").hasSize(6);
    assertThat(rows()).isEqualTo(before).isEqualTo(rowsByOthers());
  }

  @Test
  void vectorsOfSmallFilesComeIntoOne() {
    create("3", "PARTITIONED BY (p)");
    fill(0, 4);
    assertThat(call("")).isEqualTo("0 | 0 | 0 | 0");
    insert(9, "y");
    frazil.update("DELETE FROM t WHERE id BETWEEN 910 AND 919");
    List<String> before = rows();
    assertThat(call("")).startsWith("5 | 5 | ");
    assertThat(
            frazil
                .query("SELECT count(*), count(DISTINCT file_path) FROM \"t$delete_files\"")
                .lines())
        .containsExactly("5 | 1");
    assertThat(rows()).isEqualTo(before).isEqualTo(rowsByOthers()).hasSize(4 * 99 + 90);
    assertThat(call("")).isEqualTo("0 | 0 | 0 | 0");
    frazil.update("DELETE FROM t WHERE id IN (8, 920)");
    assertThat(rows()).isEqualTo(rowsByOthers()).hasSize(4 * 99 + 88);
  }

  /** Files of version 2 may be of one data file or of several, and beside each other. */
  @Test
  void deleteFilesOfVersionTwoBecomeVectors() {
    create("2", "PARTITIONED BY (p)");
    insert(0, "x");
    insert(1, "x");
    insert(2, "y");
    frazil.update("DELETE FROM t WHERE id % 100 < 10");
    frazil.update("DELETE FROM t WHERE id % 100 = 50 AND id < 100");
    frazil.update("ALTER TABLE t SET TBLPROPERTIES ('format-version' = '3')");
    insert(3, "z");
    frazil.update("DELETE FROM t WHERE id = 360");
    List<String> before = rows();
    assertThat(before).hasSize(400 - 30 - 1 - 1);
    assertThat(call("")).startsWith("3 | 3 | ");
    assertThat(frazil.query("SELECT DISTINCT file_format FROM \"t$delete_files\"").lines())
        .containsExactly("PUFFIN");
    assertThat(rows()).isEqualTo(before).isEqualTo(rowsByOthers());
    frazil.update("DELETE FROM t WHERE id % 100 = 61");
    assertThat(rows()).isEqualTo(rowsByOthers());
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("364");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          , options => MAP['rewrite', 'true']                       | 22023 | has no option 'rewrite'
          , options => MAP['rewrite-job-order', 'none']             | 0A000 | rewrite-job-order
          , options => MAP['partial-progress.enabled', 'true']      | 0A000 | partial-progress
          , options => MAP['min-file-size-bytes', '99999999999']    | 22023 | must lie between
          , options => MAP['min-input-files', '0']                  | 22023 | is not positive
          , where => 'nothing = 1'                                  | 42703 | nothing
          , strategy => 'sort'                                      | 42883 | strategy
          """)
  void mistakesAreNamed(String arguments, String state, String message) {
    create("2", "");
    EngineException failure = catchThrowableOfType(EngineException.class, () -> call(arguments));
    assertThat(failure).as(arguments).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void itIsATransactionOfItsOwnThatWrites() {
    create("2", "");
    fill(0, 5);
    frazil.update("START TRANSACTION");
    assertThat(failure(CALL)).isEqualTo("25001");
    frazil.update("ROLLBACK");
    frazil.session().setReadOnly(true);
    assertThat(failure(CALL)).isEqualTo("25006");
    frazil.session().setReadOnly(false);
    frazil.update("SET IDEMPOTENCY_TOKEN = 'once'");
    assertThat(call("")).startsWith("5 | 1 | ");
    frazil.update("SET IDEMPOTENCY_TOKEN = NULL");
    fill(5, 10);
    frazil.update("SET IDEMPOTENCY_TOKEN = 'once'");
    assertThat(call("")).as("was committed before").isEqualTo("0 | 0 | 0 | 0");
    assertThat(deletes()).hasSize(6);
  }

  private String failure(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    return failure.state().code();
  }
}
