package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.IcebergHadoopWriter;
import dev.frazil.error.CommitOutcomeUnknownException;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
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
  private static final TableIdentifier T = TableIdentifier.of("main", "t");
  private static final int WRITERS = 3;
  private static final int COMMITS = 40;

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> failed = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> unknown = new ConcurrentHashMap<>();

  private record Findings(int lost, int duplicates, int failedButVisible, int unresolved) {
    int all() {
      return lost + duplicates + failedButVisible + unresolved;
    }
  }

  private Findings run(boolean foreign, long patienceMillis, String... disabledGuards)
      throws InterruptedException {
    acknowledged.clear();
    failed.clear();
    unknown.clear();
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    List<FaultyObjectStore> stores = new ArrayList<>();
    try (FastFolder folder = FastFolder.create()) {
      String warehouse = folder.path().toString();
      AtomicLong deleted = new AtomicLong();
      FileObjectStore plain = new FileObjectStore(TimeSource.system(), Ids.system());
      try (DatabaseCatalog setup = Databases.openHadoop(plain, warehouse, 5_000)) {
        create(setup);
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
                    write(
                        Databases.openHadoop(
                            new PersistentStore(faulty, deleted),
                            warehouse,
                            patienceMillis,
                            disabledGuards),
                        number,
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
                      acknowledged.add(value);
                    } catch (CommitFailedException e) {
                      failed.add(value);
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      stores.forEach(FaultyObjectStore::drain);
      Findings findings = count(plain, warehouse);
      System.out.printf(
          "torture, Hadoop warehouse%s %s: -Dfrazil.seed=%d: %d acknowledged, %d failed, %d unknown, %s,"
              + " %d deleted%n",
          foreign ? " with Iceberg's writer" : "",
          List.of(disabledGuards),
          seed,
          acknowledged.size(),
          failed.size(),
          unknown.size(),
          findings,
          deleted.get());
      assertThat(deleted).hasValue(0);
      return findings;
    }
  }

  private static void create(DatabaseCatalog database) {
    Transaction create = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    create
        .definitions()
        .createTable(
            T, TableFiles.SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of());
    create.commit(null);
  }

  private void write(DatabaseCatalog database, int writer, int commits) {
    ObjectStore store = database.store();
    for (long value = writer * 1_000L; value < writer * 1_000L + commits; value++) {
      try {
        Transaction transaction =
            Transaction.begin(database, IsolationLevel.SNAPSHOT, false, "torture");
        Table table = transaction.load(T).orElseThrow();
        transaction.rows().append(T, List.of(TableFiles.write(store, table, value, "v" + value)));
        transaction.commit(null);
        acknowledged.add(value);
      } catch (CommitOutcomeUnknownException e) {
        unknown.put(value, e.commitId());
      } catch (RuntimeException e) {
        failed.add(value);
      }
    }
  }

  private Findings count(ObjectStore store, String warehouse) {
    Map<Long, Integer> times = new HashMap<>();
    Set<String> committed = new HashSet<>();
    try (DatabaseCatalog database = Databases.openHadoop(store, warehouse, 5_000)) {
      Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
      Table table = reader.load(T).orElseThrow();
      TableFiles.read(store, table).forEach(value -> times.merge(value, 1, Integer::sum));
      table
          .snapshots()
          .forEach(snapshot -> committed.add(snapshot.summary().get("frazil.commit-id")));
    }
    return new Findings(
        (int) acknowledged.stream().filter(value -> !times.containsKey(value)).count(),
        (int) times.values().stream().filter(count -> count > 1).count(),
        (int) failed.stream().filter(times::containsKey).count(),
        (int)
            unknown.entrySet().stream()
                .filter(
                    entry ->
                        committed.contains(entry.getValue()) != times.containsKey(entry.getKey()))
                .count());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5_000})
  void nothingIsLost(long patienceMillis) throws InterruptedException {
    assertThat(run(false, patienceMillis).all()).isZero();
    assertThat(acknowledged.size()).isGreaterThan(WRITERS * COMMITS / 4);
  }

  @Test
  void nothingIsLostBesideIcebergsOwnWriter() throws InterruptedException {
    assertThat(run(true, 5_000).all()).isZero();
    assertThat(acknowledged.stream().filter(value -> value >= 900_000).count()).isPositive();
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
      create(database);
      Thread ours = new Thread(() -> write(database, 5, 1));
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
      assertThat(acknowledged).containsExactly(5_000L);
      Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
      assertThat(TableFiles.read(store, reader.load(T).orElseThrow()))
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
