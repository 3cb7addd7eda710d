package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of {@code CALL system.rewrite_data_files} that choose groups and share out commits. */
class CompactionOptionsTest {
  private final FastFolder memory = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  /** Partitions of 2, 3 and 4 files; the rows of the first are the longest. */
  private void fill() {
    frazil.update(
        "CREATE TABLE t (id integer, p integer, v varchar) PARTITIONED BY (p)"
            + " WITH (\"write.frazil.auto-maintain\" = 'false')");
    Random random = new Random(5);
    for (int p = 2; p <= 4; p++) {
      for (int i = 0; i < p; i++) {
        String text =
            random
                .ints(p == 2 ? 5000 : 1, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        frazil.update("INSERT INTO t VALUES (?, ?, ?)", i, p, text);
      }
    }
  }

  private String rewrite(String options) {
    return frazil
        .query(
            "CALL system.rewrite_data_files('t', options => map('rewrite-all', 'true', "
                + options
                + "))")
        .lines()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "files-asc,  2, '2 | 1, 3 | 3, 4 | 4'",
    "files-desc, 4, '2 | 2, 3 | 3, 4 | 1'",
    "FILES-DESC, 6, '2 | 2, 3 | 2, 4 | 1'",
    "files-asc,  5, '2 | 1, 3 | 1, 4 | 4'",
    "bytes-asc,  3, '2 | 2, 3 | 1, 4 | 4'",
    "none,       9, '2 | 1, 3 | 1, 4 | 1'",
  })
  void someGroupsComeFirstAndSoManyFilesAreTaken(String order, int most, String files) {
    fill();
    List<String> before = frazil.query("SELECT * FROM t").sorted();
    assertThat(
            rewrite("'rewrite-job-order', '" + order + "', 'max-files-to-rewrite', '" + most + "'"))
        .startsWith(most + " | ");
    assertThat(
            frazil
                .query("SELECT t.partition.p, count(*) FROM \"t$files\" AS t GROUP BY 1 ORDER BY 1")
                .lines())
        .containsExactly(files.split(", "));
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "10, 3"})
  void groupsShareCommits(int most, int commits) {
    fill();
    List<String> before = frazil.query("SELECT * FROM t").sorted();
    String count = "SELECT count(*) FROM \"t$snapshots\" WHERE operation = 'replace'";
    assertThat(
            rewrite(
                "'partial-progress.enabled', 'true', 'partial-progress.max-commits', '"
                    + most
                    + "'"))
        .startsWith("9 | 3 | ");
    assertThat(frazil.query(count).lines()).containsExactly(Integer.toString(commits));
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
  }

  /** Both files were written anew with it, each without the other. */
  @Test
  void deletesThatApplyToNothingGo() {
    frazil.script(
        "CREATE TABLE t (id integer, v varchar) WITH (\"write.frazil.auto-maintain\" = 'false')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO t VALUES (11, 'c'), (12, 'd')");
    frazil.change("t", table -> equalityDelete(table, 2));
    String count = "SELECT count(*) FROM \"t$delete_files\"";
    for (String where : List.of("id < 10", "id > 10")) {
      frazil.query(
          "CALL system.rewrite_data_files('t', where => '"
              + where
              + "', options => map('delete-file-threshold', '1'))");
    }
    assertThat(frazil.query(count).lines()).containsExactly("1");
    assertThat(
            frazil
                .query(
                    "CALL system.rewrite_data_files('t', options => map('remove-dangling-deletes', 'true'))")
                .lines())
        .containsExactly("0 | 0 | 0 | 0 | 1");
    assertThat(frazil.query(count).lines()).containsExactly("0");
    assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "11", "12");
    frazil.update("SET IDEMPOTENCY_TOKEN = 'x'");
    assertThat(state("'remove-dangling-deletes', 'true'")).isEqualTo("0A000");
  }

  /** As Flink writes it: without bounds, so that nothing but its age tells what it is for. */
  private static PendingUpdate<?> equalityDelete(Table table, int id) {
    Path file = Path.of(table.location(), "data", "equality-" + id + ".parquet");
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "COPY (SELECT "
              + id
              + "::INTEGER AS id) TO '"
              + file
              + "' (FORMAT parquet, FIELD_IDS {id: 1})");
      DeleteFile deletes =
          FileMetadata.deleteFileBuilder(table.spec())
              .ofEqualityDeletes(1)
              .withPath(file.toString())
              .withFormat(FileFormat.PARQUET)
              .withFileSizeInBytes(Files.size(file))
              .withRecordCount(1)
              .build();
      return table.newRowDelta().addDeletes(deletes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String state(String options) {
    EngineException failure = catchThrowableOfType(EngineException.class, () -> rewrite(options));
    assertThat(failure).as(options).isNotNull();
    return failure.state().code();
  }

  @Test
  void mistakesAreNamed() {
    fill();
    assertThat(state("'max-files-to-rewrite', '0'")).isEqualTo("22023");
    assertThat(state("'partial-progress.max-commits', '-1'")).isEqualTo("22023");
    assertThat(state("'max-concurrent-file-group-rewrites', 'many'")).isEqualTo("22023");
    assertThat(state("'remove-dangling-deletes', 'maybe'")).isEqualTo("22023");
    assertThat(state("'output-spec-id', '7'")).isEqualTo("0A000");
    assertThat(rewrite("'output-spec-id', '0', 'max-concurrent-file-group-rewrites', '5'"))
        .startsWith("9 | 3 | ");
  }
}
