package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.Databases;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.TableFiles;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One schedule for each rule in which another transaction commits first: it must fail with 40001,
 * and must not fail when that very rule is turned off, which shows that the schedule needs it.
 *
 * <p>Among them, after their reports: a DELETE or UPDATE beside another one of the same rows, which
 * brought a row back (DELETE_FILES; iceberg #11795, #13974), and a change of rows beside a
 * compaction (REFERENCED_FILES; iceberg #10720).
 */
class ConflictRulesTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");
  private static final TableIdentifier U = TableIdentifier.of("main", "u");
  private static final Expression FIVE = Expressions.equal("id", 5L);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final BucketDatabase database = Databases.open(store, "/warehouse", 2_000);
  private DataFile first;
  private int names;

  @BeforeEach
  void create() {
    Transaction transaction = begin(IsolationLevel.SNAPSHOT, Set.of());
    for (TableIdentifier table : List.of(T, U)) {
      create(transaction, table);
    }
    first = append(transaction, T, 5);
    transaction.commit(null);
  }

  private static void create(Transaction transaction, TableIdentifier table) {
    transaction
        .definitions()
        .createTable(
            table,
            TableFiles.SCHEMA,
            PartitionSpec.unpartitioned(),
            SortOrder.unsorted(),
            Map.of());
  }

  private Transaction begin(IsolationLevel isolation, Set<ConflictRule> disabled) {
    return Transaction.begin(database, isolation, false, null, disabled);
  }

  private DataFile write(Transaction transaction, TableIdentifier identifier, long value) {
    Table table = transaction.load(identifier).orElseThrow();
    return TableFiles.write(store, table, value, "f" + names++);
  }

  private DataFile append(Transaction transaction, TableIdentifier identifier, long value) {
    DataFile file = write(transaction, identifier, value);
    transaction.rows().append(identifier, List.of(file));
    return file;
  }

  private void deleteFirst(Transaction transaction) {
    String location = first.location() + "-deletes-" + names++;
    store.put(location, new byte[] {1});
    DeleteFile deletes =
        FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
            .ofPositionDeletes()
            .withPath(location)
            .withFormat(org.apache.iceberg.FileFormat.PARQUET)
            .withFileSizeInBytes(1)
            .withRecordCount(1)
            .withReferencedDataFile(first.location())
            .build();
    transaction
        .rows()
        .change(
            T,
            new ChangedFiles(
                List.of(), List.of(), List.of(deletes), List.of(), Set.of(first.location())),
            FIVE);
  }

  /** Compacts: the same row in another file. */
  @SuppressWarnings("deprecation") // the newer form needs a rewrite with a result
  private void rewriteFirst(Transaction transaction) {
    DataFile same = write(transaction, T, 5);
    transaction.update(T, table -> table.newRewrite().rewriteFiles(Set.of(first), Set.of(same)));
  }

  private void compactFirst(Transaction transaction) {
    DataFile same = write(transaction, T, 5);
    Snapshot read = transaction.load(T).orElseThrow().currentSnapshot();
    transaction
        .rows()
        .rewrite(
            T,
            new RewrittenFiles(
                List.of(same),
                List.of(first),
                List.of(),
                read.snapshotId(),
                read.sequenceNumber()));
  }

  /** Begins the transaction under test, lets another one commit, and answers the former. */
  private Transaction schedule(ConflictRule rule, Set<ConflictRule> disabled) {
    boolean serializable =
        rule == ConflictRule.READS_OF_WRITTEN
            || rule == ConflictRule.READS_OF_OTHERS
            || rule == ConflictRule.NAMES;
    IsolationLevel isolation = serializable ? IsolationLevel.SERIALIZABLE : IsolationLevel.SNAPSHOT;
    Transaction late = begin(isolation, disabled);
    Transaction early = begin(isolation, Set.of());
    switch (rule) {
      case IDENTITY -> {
        append(late, T, 7);
        early.definitions().dropTable(T);
        create(early, T);
      }
      case SCHEMA -> {
        append(late, T, 7);
        early.update(T, table -> table.updateSchema().addColumn("added", Types.StringType.get()));
      }
      case DEFINITION -> {
        late.update(T, table -> table.updateProperties().set("comment", "late"));
        early.update(T, table -> table.updateProperties().set("comment", "early"));
      }
      case REFERENCED_FILES -> {
        deleteFirst(late);
        rewriteFirst(early);
      }
      case DELETE_FILES -> {
        deleteFirst(late);
        deleteFirst(early);
      }
      case NAMES -> {
        TableIdentifier absent = TableIdentifier.of("main", "taken");
        assertThat(late.load(absent)).isEmpty();
        append(late, T, 7);
        create(early, absent);
      }
      case REWRITTEN_FILES -> {
        compactFirst(late);
        deleteFirst(early);
      }
      case EXCLUSIVE -> {
        late.rows().truncate(T);
        append(early, T, 7);
      }
      case KEYS -> {
        DataFile file = append(late, T, 5);
        late.rows()
            .keepKeys(
                T,
                new KeyRows(
                    TableFiles.SCHEMA.columns().subList(0, 1),
                    FIVE,
                    List.of(List.of(5L)),
                    List.of(file),
                    new MemoryBudget(1 << 20)));
        // What cannot be read may hold the key; KeyConflictsTest has files that can.
        DataFile same =
            DataFiles.builder(PartitionSpec.unpartitioned())
                .copy(write(early, T, 5))
                .withFormat(org.apache.iceberg.FileFormat.PUFFIN)
                .build();
        early.rows().append(T, List.of(same));
      }
      case READS_OF_WRITTEN -> {
        late.reads().rows(T, FIVE);
        append(late, T, 6);
        append(early, T, 5);
      }
      case READS_OF_OTHERS -> {
        late.reads().rows(T, FIVE);
        append(late, U, 6);
        append(early, T, 5);
      }
    }
    early.commit(null);
    return late;
  }

  @ParameterizedTest
  @EnumSource(ConflictRule.class)
  void theOneThatComesSecondFails(ConflictRule rule) {
    Transaction late = schedule(rule, Set.of());
    assertThatThrownBy(() -> late.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE))
        .hasMessageContaining("main.t");
  }

  @ParameterizedTest
  @EnumSource(ConflictRule.class)
  void withoutTheRuleItWouldNot(ConflictRule rule) {
    Transaction late = schedule(rule, EnumSet.of(rule));
    assertThatCode(() -> late.commit(null)).doesNotThrowAnyException();
  }

  @Test
  void otherRowsOfATableThatWasReadMayChange() {
    Transaction late = begin(IsolationLevel.SERIALIZABLE, Set.of());
    late.reads().rows(T, FIVE);
    append(late, U, 1);
    Transaction early = begin(IsolationLevel.SERIALIZABLE, Set.of());
    append(early, T, 6);
    early.commit(null);
    assertThat(late.commit(null).alreadyApplied()).isFalse();
  }

  /** Conditions name columns, and these would be those of another one. */
  @Test
  void columnsOfATableThatWasReadKeepTheirNames() {
    Transaction late = begin(IsolationLevel.SERIALIZABLE, Set.of());
    late.reads().rows(T, Expressions.equal("id", 6L));
    append(late, U, 1);
    Transaction rename = begin(IsolationLevel.SERIALIZABLE, Set.of());
    rename.update(T, table -> table.updateSchema().renameColumn("id", "was"));
    rename.update(T, table -> table.updateSchema().addColumn("id", Types.LongType.get()));
    DataFile six = write(rename, T, 6);
    Map<Integer, ByteBuffer> bounds = Map.of(1, bound(6), 2, bound(9));
    Metrics metrics =
        new Metrics(1L, null, Map.of(1, 1L, 2, 1L), Map.of(1, 0L, 2, 0L), null, bounds, bounds);
    rename
        .rows()
        .append(
            T,
            List.of(
                DataFiles.builder(PartitionSpec.unpartitioned())
                    .copy(six)
                    .withMetrics(metrics)
                    .build()));
    rename.commit(null);
    assertThatThrownBy(() -> late.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  private static ByteBuffer bound(long value) {
    return Conversions.toByteBuffer(Types.LongType.get(), value);
  }

  @Test
  void aColumnMoreIsNotInTheWayOfAReader() {
    Transaction late = begin(IsolationLevel.SERIALIZABLE, Set.of());
    late.reads().rows(T, FIVE);
    append(late, U, 1);
    Transaction early = begin(IsolationLevel.SERIALIZABLE, Set.of());
    early.update(T, table -> table.updateSchema().addColumn("more", Types.LongType.get()));
    early.commit(null);
    assertThat(late.commit(null).alreadyApplied()).isFalse();
  }

  @Test
  void aCompactionIsNotInTheWayOfAReader() {
    Transaction late = begin(IsolationLevel.SERIALIZABLE, Set.of());
    late.reads().rows(T, FIVE);
    append(late, U, 1);
    Transaction early = begin(IsolationLevel.SERIALIZABLE, Set.of());
    rewriteFirst(early);
    early.commit(null);
    assertThat(late.commit(null).alreadyApplied()).isFalse();
  }

  @Test
  void anUpdateOfOwnUncommittedRowsMovesWithThem() {
    Transaction late = begin(IsolationLevel.SERIALIZABLE, Set.of());
    first = append(late, T, 8);
    deleteFirst(late);
    Transaction early = begin(IsolationLevel.SERIALIZABLE, Set.of());
    append(early, T, 9);
    early.commit(null);
    assertThat(late.commit(null).alreadyApplied()).isFalse();
    Table table = begin(IsolationLevel.SNAPSHOT, Set.of()).load(T).orElseThrow();
    assertThat(TableFiles.registered(table)).containsExactlyInAnyOrder(5L, 8L, 9L);
    assertThat(table.currentSnapshot().summary()).containsEntry("total-delete-files", "1");
  }

  @Test
  void aTableThatIsCreatedTwiceIsCreatedOnce() {
    TableIdentifier name = TableIdentifier.of("main", "new");
    Transaction late = begin(IsolationLevel.SNAPSHOT, Set.of());
    create(late, name);
    Transaction early = begin(IsolationLevel.SNAPSHOT, Set.of());
    create(early, name);
    early.commit(null);
    assertThatThrownBy(() -> late.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE))
        .hasMessageContaining("main.new");
  }
}
