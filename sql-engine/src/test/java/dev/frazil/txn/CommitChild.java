package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A process that commits until it is killed: {@code warehouse firstValue point part pauseMillis}.
 * It says {@code try v} before and {@code ack v} after each commit of a value, {@code again v}
 * before it runs one again that lost to others, and {@code at} when it passes the point for an
 * object whose location contains the part; there it pauses.
 */
final class CommitChild {
  private CommitChild() {}

  public static void main(String[] arguments) {
    String warehouse = arguments[0];
    long firstValue = Long.parseLong(arguments[1]);
    long pauseMillis = Long.parseLong(arguments[4]);
    FaultyObjectStore store =
        new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), 1);
    if (firstValue / 100_000 % 2 == 0) {
      store.withTurns();
    }
    AtomicBoolean begun = new AtomicBoolean();
    DatabaseCatalog database =
        WriterPlaces.open(
            store,
            warehouse,
            30_000,
            point -> {
              if (begun.get() && point.equals(arguments[2])) {
                say("at");
                TimeSource.system().sleepMillis(pauseMillis);
              }
            });
    commitAtLast(database, firstValue);
    begun.set(true);
    if (!arguments[2].equals("-") && !arguments[2].endsWith("_SWAP")) {
      store.hook(
          FaultyObjectStore.Point.valueOf(arguments[2]),
          location -> {
            if (location.contains(arguments[3])) {
              say("at");
              TimeSource.system().sleepMillis(pauseMillis);
            }
          });
    }
    TimeSource time = TimeSource.system();
    for (long value = firstValue + 1; ; value++) {
      long start = time.monotonicNanos();
      commitAtLast(database, value);
      if (arguments[2].equals("-")) {
        // As long again: without turns, a writer that never rests lets no slower one come first.
        time.sleepMillis(TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos() - start));
      }
    }
  }

  /** A loser is told that nothing of it was applied, and to run it again. */
  private static void commitAtLast(DatabaseCatalog database, long value) {
    while (true) {
      try {
        commit(database, value);
        return;
      } catch (EngineException e) {
        if (e.state() != SqlState.SERIALIZATION_FAILURE) {
          throw e;
        }
        say("again " + value);
      }
    }
  }

  /**
   * One commit over two tables, where there can be: the value in one, its opposite in the other.
   */
  static void commit(DatabaseCatalog database, long value) {
    say("try " + value);
    Transaction transaction = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, "child");
    add(database, transaction, TortureRun.TABLES.get(0), value);
    if (database.commitsTogether()) {
      add(database, transaction, TortureRun.TABLES.get(1), -value);
    }
    transaction.commit(null);
    say("ack " + value);
  }

  private static void add(
      DatabaseCatalog database, Transaction transaction, TableIdentifier identifier, long value) {
    Table table = transaction.load(identifier).orElseThrow();
    transaction
        .rows()
        .append(identifier, List.of(TableFiles.write(database.store(), table, value, "v" + value)));
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
