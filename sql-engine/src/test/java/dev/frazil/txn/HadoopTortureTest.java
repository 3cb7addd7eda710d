package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.IcebergHadoopWriter;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.PersistentStore;
import dev.frazil.testing.PutFault;
import dev.frazil.testing.TableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises 1 to 3 in a Hadoop warehouse: writers of ours on one table, with a writer that commits
 * as Iceberg's own does, while calls to the store go wrong. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class HadoopTortureTest {
  private static final int WRITERS = 3;
  private static final int COMMITS = 40;

  private AppendLedger ledger = new AppendLedger();

  private AppendLedger.Findings run(boolean foreign, long patienceMillis, String... disabledGuards)
      throws InterruptedException {
    ledger = new AppendLedger();
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    List<FaultyObjectStore> stores = new ArrayList<>();
    try (FastFolder folder = FastFolder.create()) {
      String warehouse = folder.path().toString();
      AtomicLong deleted = new AtomicLong();
      FileObjectStore plain = new FileObjectStore(TimeSource.system(), Ids.system());
      try (DatabaseCatalog setup = Databases.openHadoop(plain, warehouse, 5_000)) {
        AppendLedger.create(setup);
      }
      List<Thread> threads = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        FaultyObjectStore faulty =
            new FaultyObjectStore(
                    new FileObjectStore(TimeSource.system(), Ids.system()), seed * 7 + writer)
                .rates(0.4, 0.2, 0.2);
        if (patienceMillis == 0 && disabledGuards.length > 0) {
          faulty
              .randomFaults(List.of(PutFault.APPLIED_THEN_UNKNOWN, PutFault.ARRIVES_LATE))
              .rates(0.4, 0.5, 0);
        }
        stores.add(faulty);
        int number = writer;
        threads.add(
            new Thread(
                () ->
                    ledger.append(
                        Databases.openHadoop(
                            new PersistentStore(faulty, deleted),
                            warehouse,
                            patienceMillis,
                            disabledGuards),
                        number * 1_000L,
                        COMMITS)));
      }
      if (foreign) {
        threads.add(
            new Thread(
                () -> {
                  // Slower than ever between its look and its rename.
                  IcebergHadoopWriter iceberg =
                      new IcebergHadoopWriter(plain, folder.path().resolve("main/t"))
                          .beforeRename(() -> LockSupport.parkNanos(3_000_000));
                  for (long value = 900_000; value < 900_000 + COMMITS; value++) {
                    try {
                      iceberg.append(value);
                      ledger.acknowledged(value);
                    } catch (CommitFailedException e) {
                      ledger.failed(value);
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      stores.forEach(FaultyObjectStore::drain);
      AppendLedger.Findings findings = found(plain, warehouse);
      System.out.printf(
          "torture, Hadoop warehouse%s %s: -Dfrazil.seed=%d: %s, %s, %d deleted%n",
          foreign ? " with Iceberg's writer" : "",
          List.of(disabledGuards),
          seed,
          ledger,
          findings,
          deleted.get());
      assertThat(deleted).hasValue(0);
      return findings;
    }
  }

  private AppendLedger.Findings found(ObjectStore store, String warehouse) {
    try (DatabaseCatalog database = Databases.openHadoop(store, warehouse, 5_000)) {
      return ledger.findings(database);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5_000})
  void nothingIsLost(long patienceMillis) throws InterruptedException {
    assertThat(run(false, patienceMillis).all()).isZero();
    assertThat(ledger.acknowledged().size()).isGreaterThan(WRITERS * COMMITS / 4);
  }

  @Test
  void nothingIsLostBesideIcebergsOwnWriter() throws InterruptedException {
    assertThat(run(true, 5_000).all()).isZero();
    assertThat(ledger.acknowledged().stream().filter(value -> value >= 900_000).count())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONDITION", "OWN_ID", "UNKNOWN_STAYS_UNKNOWN"})
  void aMissingGuardIsFound(String guard) throws InterruptedException {
    int found = 0;
    for (int round = 0; round < 10 && found == 0; round++) {
      found = run(false, guard.equals("UNKNOWN_STAYS_UNKNOWN") ? 0 : 500, guard).all();
    }
    assertThat(found).isPositive();
  }

  /** A commit of ours lands between the look and the rename of Iceberg's writer. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aVersionThatIsRenamedOverIsCommittedAgain(boolean guarded) throws Exception {
    try (FastFolder folder = FastFolder.create()) {
      FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
      String warehouse = folder.path().toString();
      String[] disabled = guarded ? new String[0] : new String[] {"FOREIGN_WRITERS"};
      DatabaseCatalog database = Databases.openHadoop(store, warehouse, 5_000, disabled);
      AppendLedger.create(database);
      Thread ours = new Thread(() -> ledger.append(database, 5_000));
      Path second = folder.path().resolve("main/t/metadata/v2.metadata.json");
      IcebergHadoopWriter iceberg =
          new IcebergHadoopWriter(store, folder.path().resolve("main/t"))
              .beforeRename(
                  () -> {
                    ours.start();
                    while (!Files.exists(second)) {
                      Thread.onSpinWait();
                    }
                    if (!guarded) {
                      join(ours);
                    }
                  });
      iceberg.append(1);
      join(ours);
      assertThat(ledger.acknowledged()).containsExactly(5_000L);
      Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
      assertThat(TableFiles.read(store, reader.load(AppendLedger.TABLE).orElseThrow()))
          .isEqualTo(guarded ? List.of(1L, 5_000L) : List.of(1L));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
