package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.PointerStore;
import dev.frazil.catalog.aws.DynamoDbCatalogs;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FakeGlue;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.IcebergAws;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.PersistentStore;
import dev.frazil.testing.ServerFault;
import dev.frazil.testing.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promises 1 to 3 in Glue, on a model of it: writers of ours on one table beside Iceberg's own
 * GlueCatalog, while requests go wrong on the way. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class GlueTortureTest {
  private static final int WRITERS = 3;
  private static final int COMMITS = 25;
  private static final List<ServerFault> FAULTS =
      List.of(
          ServerFault.INTERNAL_ERROR,
          ServerFault.SLOW_DOWN,
          ServerFault.CONFLICT,
          ServerFault.DROPPED,
          ServerFault.LOST_ANSWER,
          ServerFault.APPLIED_THEN_CONFLICT,
          ServerFault.APPLIED_THEN_INTERNAL_ERROR,
          ServerFault.ARRIVES_LATE,
          ServerFault.DUPLICATED,
          ServerFault.CUT_OFF);

  /** What is late has arrived by then. */
  private static final long ARRIVED_MILLIS = 600;

  private AppendLedger ledger = new AppendLedger();
  private final AtomicLong deleted = new AtomicLong();

  private DatabaseCatalog open(
      JsonServiceServer server, FastFolder folder, long patienceMillis, String... guards) {
    PointerStore glue = DynamoDbCatalogs.glue(server);
    return Databases.open(
        glue,
        new PersistentStore(new FileObjectStore(TimeSource.system(), Ids.system()), deleted),
        folder.path().toString(),
        patienceMillis,
        guards);
  }

  private void create(JsonServiceServer server, FastFolder folder) {
    try (PointerStore glue = DynamoDbCatalogs.glue(server)) {
      glue.swap(List.of(new PointerChange.CreateNamespace(Namespace.of("main"), Map.of())));
    }
    try (DatabaseCatalog database = open(server, folder, 5_000)) {
      AppendLedger.create(database);
    }
  }

  private int violations() throws InterruptedException {
    ledger = new AppendLedger();
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    FakeGlue glue = new FakeGlue();
    try (FastFolder folder = FastFolder.create();
        JsonServiceServer calm = glue.serve();
        JsonServiceServer faulty = glue.serve()) {
      create(calm, folder);
      faulty.random(seed, 0.35, Set.of("UpdateTable", "GetTable"), FAULTS);
      List<Thread> threads = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        long first = writer * 1_000L;
        threads.add(
            new Thread(
                () -> {
                  try (DatabaseCatalog database = open(faulty, folder, 5_000)) {
                    ledger.append(database, first, COMMITS);
                  }
                }));
      }
      threads.add(new Thread(() -> appendByIceberg(calm, folder)));
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      TimeSource.system().sleepMillis(ARRIVED_MILLIS);
      AppendLedger.Findings found = found(calm, folder);
      System.out.printf(
          "torture, Glue: -Dfrazil.seed=%d: %s, %s, %d faults, %d deleted%n",
          seed, ledger, found, faulty.injected(), deleted.get());
      assertThat(deleted).hasValue(0);
      return found.all();
    }
  }

  /** By Iceberg's own class, whose requests do not go wrong: it would delete what is live. */
  private void appendByIceberg(JsonServiceServer server, FastFolder folder) {
    FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
    Table table =
        IcebergAws.glue(server.endpoint(), folder.path().toString()).loadTable(AppendLedger.TABLE);
    for (long value = 900_000; value < 900_000 + COMMITS; value++) {
      try {
        table
            .newFastAppend()
            .appendFile(TableFiles.write(store, table, value, "v" + value))
            .commit();
        ledger.acknowledged(value);
      } catch (CommitFailedException e) {
        ledger.failed(value);
      }
    }
  }

  private AppendLedger.Findings found(JsonServiceServer server, FastFolder folder) {
    try (DatabaseCatalog database = open(server, folder, 5_000)) {
      return ledger.findings(database);
    }
  }

  @Test
  void nothingIsLostAndNothingIsAppliedTwice() throws InterruptedException {
    assertThat(violations()).isZero();
    assertThat(ledger.acknowledged().size()).isGreaterThan(WRITERS * COMMITS / 2);
    assertThat(ledger.acknowledged().stream().filter(value -> value >= 900_000).count())
        .isPositive();
  }

  /** A swap that arrives after its writer has given up, and nobody in between. */
  @Test
  void aMissingGuardIsFound() throws InterruptedException {
    assertThat(late()).isZero();
    assertThat(ledger.unknown()).hasSize(1);
    ledger = new AppendLedger();
    assertThat(late("UNKNOWN_STAYS_UNKNOWN")).isPositive();
  }

  private int late(String... guards) throws InterruptedException {
    FakeGlue glue = new FakeGlue();
    try (FastFolder folder = FastFolder.create();
        JsonServiceServer calm = glue.serve();
        JsonServiceServer faulty = glue.serve()) {
      create(calm, folder);
      faulty.random(1, 1, Set.of("UpdateTable"), List.of(ServerFault.ARRIVES_LATE));
      try (DatabaseCatalog database = open(faulty, folder, 0, guards)) {
        ledger.append(database, 1);
      }
      TimeSource.system().sleepMillis(ARRIVED_MILLIS);
      return found(calm, folder).all();
    }
  }

  /** Another writer commits while the answer to ours is on its way. */
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
        "APPLIED_THEN_INTERNAL_ERROR"
      })
  void bothCommitsStandOnce(ServerFault fault) {
    assertThat(rowsOfTwo(fault)).containsExactly(1L, 2L);
  }

  @Test
  void withoutItsConditionTheOtherCommitIsLost() {
    assertThat(rowsOfTwo(ServerFault.SLOW_DOWN, "CONDITION")).containsExactly(1L);
  }

  private List<Long> rowsOfTwo(ServerFault fault, String... guards) {
    FakeGlue glue = new FakeGlue();
    try (FastFolder folder = FastFolder.create();
        JsonServiceServer calm = glue.serve();
        JsonServiceServer faulty = glue.serve()) {
      create(calm, folder);
      try (DatabaseCatalog ours = open(faulty, folder, 5_000, guards);
          DatabaseCatalog other = open(calm, folder, 5_000)) {
        faulty.next("UpdateTable", fault);
        faulty.beforeNextFaultyAnswer(() -> ledger.append(other, 2));
        ledger.append(ours, 1);
        assertThat(ledger.acknowledged()).containsExactlyInAnyOrder(1L, 2L);
        Transaction reader = Transaction.begin(other, IsolationLevel.SNAPSHOT, true, null);
        return TableFiles.read(other.store(), reader.load(AppendLedger.TABLE).orElseThrow())
            .stream()
            .sorted()
            .toList();
      }
    }
  }
}
