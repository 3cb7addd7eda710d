package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.storage.Ids;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The losses of released Iceberg, on operations that believe every answer, with and without the
 * guard. Without it each schedule does harm, or the schedule would show nothing.
 *
 * <p>Unknown outcomes: iceberg #2317, #3717, #4673, #4686, #7151, #9411, #9618, #11814, #12792,
 * #13443, #14583, #15050. Duplicates: #2808, #9227, #13763.
 */
class GuardedTableOperationsTest {
  /** The kinds of commits that make snapshots. */
  enum CommitKind {
    FAST_APPEND,
    MERGE_APPEND,
    ROW_DELTA,
    OVERWRITE;

    SnapshotUpdate<?> update(Table table, DataFile file) {
      return switch (this) {
        case FAST_APPEND -> table.newFastAppend().appendFile(file);
        case MERGE_APPEND -> table.newAppend().appendFile(file);
        case ROW_DELTA -> table.newRowDelta().addRows(file);
        case OVERWRITE -> table.newOverwrite().addFile(file);
      };
    }
  }

  private final MemoryObjectStore store = new MemoryObjectStore();
  private NaiveTableOperations.Pointer pointer;
  private int names;

  @BeforeEach
  void create() {
    // As released: files that a commit believes to be left over are really deleted.
    MetadataFileIO io = new MetadataFileIO(store, 0, location -> store.delete(List.of(location)));
    TableMetadataFiles files = new TableMetadataFiles(io, Ids.system());
    TableMetadata first =
        files.write(
            TableMetadata.newTableMetadata(
                TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                "/w/t",
                Map.of("commit.retry.min-wait-ms", "1", "commit.retry.max-wait-ms", "2")),
            Map.of(),
            java.util.Set.of());
    pointer = new NaiveTableOperations.Pointer(new AtomicReference<>(first), files, io);
  }

  private NaiveTableOperations operations() {
    return new NaiveTableOperations(pointer);
  }

  private Table table(TableOperations operations) {
    return new BaseTable(operations, "t");
  }

  private DataFile file(long value) {
    return TableFiles.write(store, table(operations()), value, "f" + names++);
  }

  private List<Long> values() {
    return TableFiles.read(store, table(operations()));
  }

  private void commit(CommitKind kind, TableOperations operations, long value) {
    kind.update(table(operations), file(value)).commit();
  }

  /** Another writer commits 2 while 1 has landed but its writer is told "conflict". */
  private NaiveTableOperations directed() {
    return operations()
        .next(NaiveTableOperations.Fault.LANDED_THEN_CONFLICT)
        .afterSwap(() -> commit(CommitKind.FAST_APPEND, operations(), 2));
  }

  @ParameterizedTest
  @EnumSource(CommitKind.class)
  void anotherWritersCommitSurvivesOurRetry(CommitKind kind) {
    commit(kind, new GuardedTableOperations(directed()), 1);
    assertThat(values()).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(CommitKind.class)
  void withoutTheGuardAnotherWritersCommitIsDropped(CommitKind kind) {
    commit(kind, new GuardedTableOperations(directed(), false), 1);
    assertThat(table(operations()).currentSnapshot().summary())
        .as("the retry takes its own landed snapshot for a rollback target")
        .containsEntry("total-records", "1");
  }

  @ParameterizedTest
  @EnumSource(CommitKind.class)
  void aCommitThatLandedIsASuccessWhateverWasSaid(CommitKind kind) {
    commit(
        kind,
        new GuardedTableOperations(
            operations().next(NaiveTableOperations.Fault.LANDED_THEN_CONFLICT)),
        1);
    commit(
        kind,
        new GuardedTableOperations(operations().next(NaiveTableOperations.Fault.LANDED_THEN_ERROR)),
        2);
    assertThat(values()).containsExactly(1L, 2L);
  }

  @Test
  void aConflictWithoutCauseIsUnknownAndDeletesNothing() {
    int objects = objects();
    assertThatThrownBy(
            () ->
                commit(
                    CommitKind.MERGE_APPEND,
                    new GuardedTableOperations(
                        operations().next(NaiveTableOperations.Fault.CONFLICT_WITHOUT_CAUSE)),
                    1))
        .isInstanceOf(CommitStateUnknownException.class);
    assertThat(objects()).as("data file, manifest, manifest list").isEqualTo(objects + 3);
  }

  @Test
  void aRollbackToAnOwnSnapshotIsStillARollback() {
    GuardedTableOperations operations = new GuardedTableOperations(operations());
    Table table = table(operations);
    table.newFastAppend().appendFile(file(1)).commit();
    long first = table.currentSnapshot().snapshotId();
    table.newFastAppend().appendFile(file(2)).commit();
    table.manageSnapshots().rollbackTo(first).commit();
    assertThat(values()).containsExactly(1L);
  }

  private int objects() {
    int count = 0;
    for (var objects = store.list("/"); objects.hasNext(); objects.next()) {
      count++;
    }
    return count;
  }
}
