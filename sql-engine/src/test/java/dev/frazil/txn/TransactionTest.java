package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.Databases;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");
  private static final TableIdentifier U = TableIdentifier.of("main", "u");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final BucketDatabase database = Databases.open(store, "/warehouse", 2_000);

  private Transaction begin() {
    return Transaction.begin(database, IsolationLevel.SERIALIZABLE, false, "test");
  }

  private void create(TableIdentifier... tables) {
    Transaction transaction = begin();
    for (TableIdentifier table : tables) {
      transaction
          .definitions()
          .createTable(
              table,
              TableFiles.SCHEMA,
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              Map.of());
    }
    transaction.commit(null);
  }

  private void append(Transaction transaction, TableIdentifier identifier, long value) {
    Table table = transaction.load(identifier).orElseThrow();
    DataFile file = TableFiles.write(store, table, value, "f" + value + "-" + System.nanoTime());
    transaction.rows().append(identifier, List.of(file));
  }

  private List<Long> values(TableIdentifier identifier) {
    return TableFiles.read(store, begin().load(identifier).orElseThrow());
  }

  @Test
  void aNewDatabaseHasTheSchemaMainAndNothingIsWrittenForReading() {
    assertThat(begin().definitions().schemas()).containsExactly(Namespace.of("main"));
    assertThat(begin().definitions().tables(Namespace.of("main"))).isEmpty();
    assertThat(store.list("/").hasNext()).isFalse();
  }

  @Test
  void changesOfSeveralTablesAppearTogether() {
    create(T, U);
    Transaction writer = begin();
    append(writer, T, 1);
    append(writer, U, 2);
    Transaction before = begin();
    assertThat(TableFiles.read(store, before.load(T).orElseThrow())).isEmpty();
    assertThat(writer.commit(null).alreadyApplied()).isFalse();
    assertThat(TableFiles.read(store, before.load(U).orElseThrow())).isEmpty();
    assertThat(values(T)).containsExactly(1L);
    assertThat(values(U)).containsExactly(2L);
  }

  @Test
  void nothingIsAbandonedOnceACommitWasSent() {
    create(T);
    Transaction writer = begin();
    append(writer, T, 1);
    writer.commit(null);
    writer.rollback();
    assertThat(writer.takeAbandonedFiles()).isEmpty();
    assertThat(values(T)).containsExactly(1L);
  }

  @Test
  void ownChangesAreSeenWithin() {
    Transaction writer = begin();
    writer.definitions().createSchema(Namespace.of("s"));
    TableIdentifier own = TableIdentifier.of("s", "own");
    writer
        .definitions()
        .createTable(
            own, TableFiles.SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of());
    append(writer, own, 7);
    append(writer, own, 8);
    assertThat(TableFiles.read(store, writer.load(own).orElseThrow())).containsExactly(7L, 8L);
    assertThat(writer.definitions().tables(Namespace.of("s"))).containsExactly(own);
    writer.rows().truncate(own);
    append(writer, own, 9);
    writer.commit(null);
    assertThat(values(own)).containsExactly(9L);
    assertThatThrownBy(writer.definitions()::schemas)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_TRANSACTION_STATE));
  }

  @Test
  void appendsOfOthersAreRebasedOn() {
    create(T);
    Transaction first = begin();
    Transaction second = begin();
    append(first, T, 1);
    append(second, T, 2);
    first.commit(null);
    second.commit(null);
    assertThat(values(T)).containsExactly(1L, 2L);
  }

  @Test
  void aSerializableWriterFailsWhenWhatItReadChanged() {
    create(T, U);
    Transaction first = begin();
    first.reads().rows(T, Expressions.equal("id", 5L));
    append(first, U, 1);
    Transaction harmless = begin();
    append(harmless, T, 6);
    harmless.commit(null);
    Transaction second = begin();
    second.reads().rows(T, Expressions.equal("id", 6L));
    append(second, U, 2);
    first.commit(null);
    Transaction other = begin();
    append(other, T, 6);
    other.commit(null);
    assertThatThrownBy(() -> second.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE))
        .hasMessageContaining("main.t");
    assertThat(values(U)).containsExactly(1L);
  }

  @Test
  void theSameTokenIsAppliedOnce() {
    create(T);
    for (int i = 0; i < 3; i++) {
      Transaction transaction = begin();
      append(transaction, T, 1);
      assertThat(transaction.commit("token").alreadyApplied()).isEqualTo(i > 0);
    }
    assertThat(values(T)).containsExactly(1L);
  }

  @Test
  void aWarmInsertIsFivePutsAHintAndAConditionalGet() {
    create(T);
    Transaction warm = begin();
    append(warm, T, 1);
    warm.commit(null);
    store.takeRequests();
    Transaction transaction = begin();
    append(transaction, T, 2);
    transaction.commit(null);
    System.out.println("warm single-row INSERT: " + store.log());
    assertThat(store.takeRequests())
        .isEqualTo(
            Map.of(
                MemoryObjectStore.Request.NOT_MODIFIED, 1,
                MemoryObjectStore.Request.PUT, 5,
                MemoryObjectStore.Request.CONDITIONAL_PUT, 1));
  }

  @Test
  void aFreshSelectIsFiveGets() {
    create(T);
    Transaction writer = begin();
    append(writer, T, 1);
    writer.commit(null);
    store.takeRequests();
    BucketDatabase fresh = Databases.open(store, "/warehouse", 2_000);
    Transaction reader = Transaction.begin(fresh, IsolationLevel.SERIALIZABLE, true, null);
    assertThat(TableFiles.read(store, reader.load(T).orElseThrow())).containsExactly(1L);
    System.out.println("fresh SELECT of one file: " + store.log());
    assertThat(store.takeRequests())
        .isEqualTo(
            Map.of(
                MemoryObjectStore.Request.GET, 4,
                MemoryObjectStore.Request.RANGE_GET, 1));
  }

  @org.junit.jupiter.api.Test
  void whatWasOpenForNearlyADayIsNotCommitted() {
    Transaction.requireYoung(19L * 3_600_000);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Transaction.requireYoung(21L * 3_600_000))
        .isInstanceOf(dev.frazil.error.EngineException.class)
        .hasMessageContaining("20 hours");
  }
}
