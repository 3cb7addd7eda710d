package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Several writers, each with a catalog of its own as if in a process of its own, move amounts
 * between three tables while calls to the store go wrong. Every commit adds a fresh amount to one
 * table and takes it from another, so that in every read point the sum is zero and each amount
 * stands in both tables or in none.
 */
final class TortureRun {
  static final List<TableIdentifier> TABLES =
      List.of(
          TableIdentifier.of("main", "a"),
          TableIdentifier.of("main", "b"),
          TableIdentifier.of("main", "c"));

  /** Opens catalogs; {@code writer} counts from 0, and -1 is one without faults. */
  interface Opener {
    DatabaseCatalog open(int writer);
  }

  /** What the writers were told, and what is there. */
  record Figures(
      int commits,
      int acknowledged,
      int failed,
      int unknown,
      int lost,
      int duplicates,
      int failedButVisible,
      int halves,
      int unreadable,
      int unevenReads,
      int unresolved,
      int reads) {
    int violations() {
      return lost + duplicates + failedButVisible + halves + unreadable + unevenReads + unresolved;
    }

    Figures plus(Figures other) {
      return new Figures(
          commits + other.commits,
          acknowledged + other.acknowledged,
          failed + other.failed,
          unknown + other.unknown,
          lost + other.lost,
          duplicates + other.duplicates,
          failedButVisible + other.failedButVisible,
          halves + other.halves,
          unreadable + other.unreadable,
          unevenReads + other.unevenReads,
          unresolved + other.unresolved,
          reads + other.reads);
    }
  }

  private final Opener opener;
  private final long seed;
  private final int writers;
  private final int commitsPerWriter;
  private final boolean tokens;
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> failed = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> unknown = new ConcurrentHashMap<>();
  private final AtomicInteger unevenReads = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger unreadable = new AtomicInteger();
  private final Map<String, RuntimeException> complaints = new ConcurrentHashMap<>();

  TortureRun(Opener opener, long seed, int writers, int commitsPerWriter, boolean tokens) {
    this.opener = opener;
    this.seed = seed;
    this.writers = writers;
    this.commitsPerWriter = commitsPerWriter;
    this.tokens = tokens;
  }

  /** Runs, waits for {@code calm} to end all faults, and counts. */
  Figures run(Runnable calm) throws InterruptedException {
    try (DatabaseCatalog setup = opener.open(-1)) {
      Transaction create = begin(setup);
      for (TableIdentifier table : TABLES) {
        create
            .definitions()
            .createTable(
                table,
                TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of());
      }
      create.commit(null);
    }
    AtomicBoolean running = new AtomicBoolean(true);
    Thread reader = new Thread(() -> read(running), "reader");
    reader.start();
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int number = writer;
      Thread thread = new Thread(() -> write(number), "writer-" + number);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    running.set(false);
    reader.join();
    calm.run();
    complaints.forEach((kind, e) -> System.out.println("first failure of kind " + kind + ": " + e));
    return count();
  }

  private static Transaction begin(DatabaseCatalog catalog) {
    return Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, "torture");
  }

  private void write(int writer) {
    SplittableRandom random = new SplittableRandom(seed * 31 + writer);
    try (DatabaseCatalog catalog = opener.open(writer)) {
      for (int i = 1; i <= commitsPerWriter; i++) {
        move(catalog, random, writer * 1_000_000L + i);
      }
    }
  }

  private void move(DatabaseCatalog catalog, SplittableRandom random, long amount) {
    int from = random.nextInt(TABLES.size());
    int to = (from + 1 + random.nextInt(TABLES.size() - 1)) % TABLES.size();
    try {
      Transaction transaction = begin(catalog);
      add(catalog.store(), transaction, TABLES.get(from), -amount);
      add(catalog.store(), transaction, TABLES.get(to), amount);
      transaction.commit(tokens ? "move-" + amount : null);
      acknowledged.add(amount);
    } catch (CommitOutcomeUnknownException e) {
      unknown.put(amount, e.commitId());
    } catch (EngineException e) {
      failed.add(amount);
      complaints.putIfAbsent(e.state().code(), e);
    } catch (RuntimeException e) {
      complaints.putIfAbsent(e.getClass().getName(), e);
      // Whatever it is, the caller was told that the transaction failed.
      failed.add(amount);
      unreadable.incrementAndGet();
    }
  }

  private static void add(
      ObjectStore store, Transaction transaction, TableIdentifier identifier, long value) {
    Table table = transaction.load(identifier).orElseThrow();
    transaction
        .rows()
        .append(identifier, List.of(TableFiles.write(store, table, value, "v" + value)));
  }

  /** Promise 7: in every read point nothing is half done. */
  private void read(AtomicBoolean running) {
    while (running.get()) {
      try (DatabaseCatalog catalog = opener.open(-1)) {
        Transaction transaction = begin(catalog);
        long sum = 0;
        for (TableIdentifier table : TABLES) {
          for (long value : TableFiles.registered(transaction.load(table).orElseThrow())) {
            sum += value;
          }
        }
        reads.incrementAndGet();
        if (sum != 0) {
          unevenReads.incrementAndGet();
        }
      } catch (RuntimeException e) {
        unreadable.incrementAndGet();
        complaints.putIfAbsent("reader", e);
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Figures count() {
    Map<Long, Integer> times = new HashMap<>();
    Set<String> committed = new HashSet<>();
    int unreadableTables = unreadable.get();
    try (DatabaseCatalog catalog = opener.open(-1)) {
      Transaction transaction = begin(catalog);
      DatabaseRoot root = transaction.snapshot().root();
      root.recentCommits().forEach(recent -> committed.add(recent.commitId()));
      for (TableIdentifier identifier : TABLES) {
        try {
          Table table = transaction.load(identifier).orElseThrow();
          TableFiles.read(catalog.store(), table)
              .forEach(value -> times.merge(value, 1, Integer::sum));
          table
              .snapshots()
              .forEach(snapshot -> committed.add(snapshot.summary().get("frazil.commit-id")));
        } catch (RuntimeException e) {
          unreadableTables++;
        }
      }
    } catch (EngineException e) {
      unreadableTables += TABLES.size();
    }
    int lost = 0;
    int halves = 0;
    int duplicates = 0;
    int failedButVisible = 0;
    int unresolved = 0;
    for (int writer = 0; writer < writers; writer++) {
      for (int i = 1; i <= commitsPerWriter; i++) {
        long amount = writer * 1_000_000L + i;
        int added = times.getOrDefault(amount, 0);
        int taken = times.getOrDefault(-amount, 0);
        lost += acknowledged.contains(amount) && added + taken == 0 ? 1 : 0;
        halves += added != taken ? 1 : 0;
        duplicates += Math.max(added, taken) > 1 ? 1 : 0;
        failedButVisible += failed.contains(amount) && added + taken > 0 ? 1 : 0;
        String commitId = unknown.get(amount);
        unresolved += commitId != null && committed.contains(commitId) != (added > 0) ? 1 : 0;
      }
    }
    return new Figures(
        writers * commitsPerWriter,
        acknowledged.size(),
        failed.size(),
        unknown.size(),
        lost,
        duplicates,
        failedButVisible,
        halves,
        unreadableTables,
        unevenReads.get(),
        unresolved,
        reads.get());
  }
}
