package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.aws.DynamoDbCatalogs;
import dev.frazil.catalog.aws.DynamoDbPointers;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.ServerFault;
import dev.frazil.testing.TableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another writer commits to a DynamoDB catalog at the very moment at which it hurts most. */
class DynamoDbScheduleTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  @TempDir Path folder;
  private final String table = "schedule-" + UUID.randomUUID();
  private final JsonServiceServer calm = DynamoDbLocal.shared().proxy();
  private final JsonServiceServer server = DynamoDbLocal.shared().proxy();
  private DatabaseCatalog other;

  @BeforeEach
  void create() {
    DynamoDbPointers pointers = DynamoDbCatalogs.open(calm, table);
    pointers.prepareWrite();
    pointers.swap(List.of(new PointerChange.CreateNamespace(Namespace.of("main"), Map.of())));
    other = database(pointers);
    Transaction create = Transaction.begin(other, IsolationLevel.SNAPSHOT, false, null);
    create
        .definitions()
        .createTable(
            T, TableFiles.SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of());
    create.commit(null);
  }

  @AfterEach
  void close() {
    other.close();
    calm.close();
    server.close();
  }

  private DatabaseCatalog database(DynamoDbPointers pointers, String... guards) {
    return Databases.open(
        pointers,
        new FileObjectStore(TimeSource.system(), Ids.system()),
        folder.toString(),
        5_000,
        guards);
  }

  private static void append(DatabaseCatalog database, long value) {
    Transaction transaction = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    transaction
        .rows()
        .append(
            T,
            List.of(
                TableFiles.write(
                    database.store(), transaction.load(T).orElseThrow(), value, "v" + value)));
    transaction.commit(null);
  }

  private List<Long> rows() {
    Transaction reader = Transaction.begin(other, IsolationLevel.SNAPSHOT, true, null);
    return TableFiles.read(other.store(), reader.load(T).orElseThrow()).stream().sorted().toList();
  }

  private void appendWhileAnotherDoes(ServerFault fault, String... guards) {
    try (DatabaseCatalog ours = database(DynamoDbCatalogs.open(server, table), guards)) {
      server.next("TransactWriteItems", fault);
      server.beforeNextFaultyAnswer(() -> append(other, 2));
      append(ours, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerFault.class,
      names = {
        "SLOW_DOWN",
        "INTERNAL_ERROR",
        "CONFLICT",
        "DROPPED",
        "LOST_ANSWER",
        "APPLIED_THEN_CONFLICT",
        "APPLIED_THEN_INTERNAL_ERROR",
        "DUPLICATED"
      })
  void bothCommitsStandOnce(ServerFault fault) {
    appendWhileAnotherDoes(fault);
    assertThat(rows()).containsExactly(1L, 2L);
  }

  @Test
  void withoutItsConditionTheOtherCommitIsLost() {
    appendWhileAnotherDoes(ServerFault.SLOW_DOWN, "CONDITION");
    assertThat(rows()).containsExactly(1L);
  }
}
