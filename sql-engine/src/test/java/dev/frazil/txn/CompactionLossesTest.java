package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.maintenance.CompactionOptions;
import dev.frazil.maintenance.DataFileCompaction;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.TableHandle;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of other engines lost by compaction beside other writers; each test is named after the
 * reports of apache/iceberg. The compaction has written its files, and not yet committed, when the
 * other commit lands. With the validation turned off the losses are there.
 */
@Tag("slow")
class CompactionLossesTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("main", "t");
  private static final Set<ConflictRule> NO_VALIDATION = Set.of(ConflictRule.REWRITTEN_FILES);

  @TempDir Path folder;
  private EngineRunner frazil;
  private DatabaseCatalog catalog;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    catalog = CatalogFactory.open(frazil.engine().config());
  }

  @AfterEach
  void close() {
    catalog.close();
    frazil.close();
  }

  private void create(String version, String mode) {
    frazil.script(
        "CREATE TABLE t (id integer, v varchar) WITH (\"format-version\" = '%s', \"write.delete.mode\" = '%s', \"write.update.mode\" = '%s')"
            .formatted(version, mode, mode),
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "INSERT INTO t VALUES (4, 'd'), (5, 'e')");
  }

  private List<String> rows() {
    return frazil.query("SELECT * FROM t").sorted();
  }

  /** A compaction of all files up to its commit. */
  private Transaction compaction(Set<ConflictRule> disabled) {
    Transaction transaction =
        Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null, disabled);
    Table table = transaction.load(TABLE).orElseThrow();
    DataFileCompaction compaction =
        new DataFileCompaction(
            new TableHandle(TABLE, table, table.currentSnapshot().snapshotId(), false),
            CompactionOptions.of(Map.of("rewrite-all", "true"), table, false),
            null);
    transaction
        .rows()
        .rewrite(
            TABLE,
            compaction.rewrite(
                compaction.plan(Expressions.alwaysTrue()),
                catalog.store(),
                context(),
                files -> {}));
    return transaction;
  }

  private QueryContext context() {
    try {
      return new QueryContext(
          new MemoryBudget(1 << 28),
          new CancellationToken(),
          List.of(),
          0,
          ZoneOffset.UTC,
          table -> catalog.store(),
          2,
          Files.createTempDirectory(folder, "temp"),
          new QueryCounters());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes rows by the value of {@code id}, as Flink does. */
  private void deleteByEquality(int id) {
    frazil.change("t", table -> equalityDelete(table, id));
  }

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

  private static void assertConflict(Transaction transaction) {
    assertThatThrownBy(() -> transaction.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  /** #7452: the new files were younger than the equality delete, which no longer applied. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void iceberg7452EqualityDeletesAreAppliedAndThoseMeanwhileAreNotLost(String version) {
    create(version, "merge-on-read");
    deleteByEquality(1);
    Transaction compaction = compaction(Set.of());
    deleteByEquality(4);
    assertConflict(compaction);
    assertThat(rows()).containsExactly("2 | b", "3 | c", "5 | e");
    compaction(Set.of()).commit(null);
    assertThat(frazil.query("SELECT content FROM \"t$files\"").lines())
        .as("all deletes are applied, and gone")
        .containsExactly("0");
    assertThat(rows()).containsExactly("2 | b", "3 | c", "5 | e");
    deleteByEquality(2);
    assertThat(rows()).as("later ones apply to the new file").containsExactly("3 | c", "5 | e");
  }

  /** #10312: compaction beside an upsert, which is an equality delete and an insert. */
  @Test
  void iceberg10312AnUpsertWhileACompactionRunsIsThereOnce() {
    create("2", "merge-on-read");
    Transaction compaction = compaction(Set.of());
    deleteByEquality(2);
    frazil.update("INSERT INTO t VALUES (2, 'upserted')");
    assertConflict(compaction);
    compaction(Set.of()).commit(null);
    assertThat(rows()).containsExactly("1 | a", "2 | upserted", "3 | c", "4 | d", "5 | e");
  }

  /** The sabotage of the two above: rows that were deleted are back. */
  @Test
  void withoutTheValidationDeletedRowsComeBack() {
    create("2", "merge-on-read");
    Transaction compaction = compaction(NO_VALIDATION);
    deleteByEquality(2);
    compaction.commit(null);
    assertThat(rows()).contains("2 | b");
  }

  /** Deletes by position or vector, and rewritten files, of the very files that were compacted. */
  @ParameterizedTest
  @CsvSource({
    "2, merge-on-read, DELETE FROM t WHERE id = 2",
    "3, merge-on-read, DELETE FROM t WHERE id = 2",
    "2, copy-on-write, DELETE FROM t WHERE id = 2",
    "2, merge-on-read, UPDATE t SET v = 'z' WHERE id = 2",
    "3, merge-on-read, UPDATE t SET v = 'z' WHERE id = 2",
    "3, copy-on-write, UPDATE t SET v = 'z' WHERE id = 2",
    "2, copy-on-write, DELETE FROM t WHERE id < 4",
  })
  void iceberg10720AChangeOfTheSameFilesIsAConflictOfTheCompaction(
      String version, String mode, String change) {
    create(version, mode);
    Transaction compaction = compaction(Set.of());
    Transaction sabotaged = compaction(NO_VALIDATION);
    frazil.update(change);
    List<String> right = rows();
    assertConflict(compaction);
    assertThat(rows()).isEqualTo(right);
    sabotaged.commit(null);
    assertThat(rows()).as("without the validation the change is lost").isNotEqualTo(right);
  }

  /** #10720: and the other way round, the compaction first. */
  @ParameterizedTest
  @CsvSource({
    "2, merge-on-read, SNAPSHOT",
    "3, merge-on-read, SERIALIZABLE",
    "2, copy-on-write, SNAPSHOT",
    "3, copy-on-write, SERIALIZABLE"
  })
  void iceberg10720ACompactionIsAConflictOfAChangeOfItsFiles(
      String version, String mode, String level) {
    create(version, mode);
    frazil.update("START TRANSACTION ISOLATION LEVEL " + level);
    frazil.update("UPDATE t SET v = 'z' WHERE id = 2");
    compaction(Set.of()).commit(null);
    assertThatThrownBy(() -> frazil.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    assertThat(rows()).containsExactly("1 | a", "2 | b", "3 | c", "4 | d", "5 | e");
  }

  /** What was only added, or deleted elsewhere, is not in the way. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void otherFilesMayChangeMeanwhile(String version) {
    create(version, "merge-on-read");
    Transaction compaction = compaction(Set.of());
    frazil.update("INSERT INTO t VALUES (6, 'f'), (7, 'g'), (8, 'h')");
    frazil.update("DELETE FROM t WHERE id = 6");
    List<String> right = rows();
    compaction.commit(null);
    assertThat(rows()).isEqualTo(right);
    assertThat(frazil.query("SELECT count(*) FROM \"t$files\" WHERE content = 0").lines())
        .containsExactly("2");
  }
}
