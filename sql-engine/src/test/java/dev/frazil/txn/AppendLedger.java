package dev.frazil.txn;

import dev.frazil.catalog.CommitSummary;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.testing.TableFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** What writers of one table, each commit a value of its own, were told; and what is there. */
final class AppendLedger {
  static final TableIdentifier TABLE = TableIdentifier.of("main", "t");

  /** How often the table is not what the writers were told. */
  record Findings(int lost, int duplicates, int failedButVisible, int unresolved) {
    int all() {
      return lost + duplicates + failedButVisible + unresolved;
    }
  }

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> failed = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> unknown = new ConcurrentHashMap<>();

  static void create(DatabaseCatalog database) {
    Transaction create = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    create
        .definitions()
        .createTable(
            TABLE,
            TableFiles.SCHEMA,
            PartitionSpec.unpartitioned(),
            SortOrder.unsorted(),
            Map.of());
    create.commit(null);
  }

  /** Commits a value and notes what it was told. */
  void append(DatabaseCatalog database, long value) {
    try {
      Transaction transaction =
          Transaction.begin(database, IsolationLevel.SNAPSHOT, false, "torture");
      Table table = transaction.load(TABLE).orElseThrow();
      transaction
          .rows()
          .append(TABLE, List.of(TableFiles.write(database.store(), table, value, "v" + value)));
      transaction.commit(null);
      acknowledged.add(value);
    } catch (CommitOutcomeUnknownException e) {
      unknown.put(value, e.commitId());
    } catch (RuntimeException e) {
      failed.add(value);
    }
  }

  void append(DatabaseCatalog database, long first, int commits) {
    for (long value = first; value < first + commits; value++) {
      append(database, value);
    }
  }

  /** By a writer that is not ours. */
  void acknowledged(long value) {
    acknowledged.add(value);
  }

  void failed(long value) {
    failed.add(value);
  }

  Set<Long> acknowledged() {
    return acknowledged;
  }

  Map<Long, String> unknown() {
    return unknown;
  }

  Findings findings(DatabaseCatalog database) {
    Map<Long, Integer> times = new HashMap<>();
    Set<String> committed = new HashSet<>();
    Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
    Table table = reader.load(TABLE).orElseThrow();
    TableFiles.read(database.store(), table).forEach(value -> times.merge(value, 1, Integer::sum));
    table
        .snapshots()
        .forEach(snapshot -> committed.add(snapshot.summary().get(CommitSummary.COMMIT_ID)));
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

  @Override
  public String toString() {
    return "%d acknowledged, %d failed, %d unknown"
        .formatted(acknowledged.size(), failed.size(), unknown.size());
  }
}
