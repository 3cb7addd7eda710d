package dev.frazil.catalog;

import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served between commits to the same table. Without turns, of several writers all
 * but one would write metadata for nothing, and an unlucky one could wait for ever. Costs next to
 * nothing to a lone writer. Between processes only where the store knows an order (a local folder);
 * elsewhere the root alone keeps them apart, and {@link CommitQueue} in order. Thread-safe.
 */
public final class CommitTurns {
  private final ObjectStore store;
  private final CommitQueue queue;
  private final boolean queues;
  private final OpenTables openTables = new OpenTables(TimeSource.system());
  private final Map<TableIdentifier, ReentrantLock> locks = new ConcurrentHashMap<>();

  CommitTurns(ObjectStore store, CommitQueue queue) {
    this(store, queue, !store.keepsTurns());
  }

  /**
   * @param queues false for a database without a place for claims
   */
  public CommitTurns(ObjectStore store, CommitQueue queue, boolean queues) {
    this.store = store;
    this.queue = queue;
    this.queues = queues;
  }

  /** The order between processes where the store has none. */
  public CommitQueue queue() {
    return queue;
  }

  /** What transactions are at that have not come to their commit. */
  public OpenTables openTables() {
    return openTables;
  }

  /**
   * Whether writers stand in the {@link #queue()}. Not beside an order of the store's: two would
   * wait for each other's claims, and a process that is frozen would be waited for twice.
   */
  public boolean queues() {
    return queues;
  }

  /**
   * A table that is about to be written.
   *
   * @param metadataLocation of its current metadata file; null for a new table, which nobody else
   *     can know
   */
  public record Wanted(TableIdentifier table, @Nullable String metadataLocation) {}

  /** Waits for the turn on all the tables; always taken in one order, so nobody waits in a ring. */
  public Turn take(Collection<Wanted> tables) {
    List<Wanted> ordered =
        tables.stream().sorted(Comparator.comparing(wanted -> wanted.table().toString())).toList();
    List<ReentrantLock> held = new ArrayList<>();
    List<ObjectStore.Turn> turns = new ArrayList<>();
    try {
      for (Wanted wanted : ordered) {
        ReentrantLock lock =
            locks.computeIfAbsent(wanted.table(), unused -> new ReentrantLock(true));
        lock.lock();
        held.add(lock);
      }
      for (Wanted wanted : ordered) {
        String metadata = wanted.metadataLocation();
        if (metadata != null) {
          turns.add(store.takeTurn(metadata.substring(0, metadata.lastIndexOf('/'))));
        }
      }
    } catch (RuntimeException | Error e) {
      new Held(held, turns).close();
      throw e;
    }
    return new Held(held, turns);
  }

  /** The turn on all the tables if nobody of this process has one of them, or else null. */
  public @Nullable Turn takeIfFree(Collection<TableIdentifier> tables) {
    List<ReentrantLock> held = new ArrayList<>();
    for (TableIdentifier table :
        tables.stream().sorted(Comparator.comparing(TableIdentifier::toString)).toList()) {
      ReentrantLock lock = locks.computeIfAbsent(table, unused -> new ReentrantLock(true));
      if (!lock.tryLock()) {
        new Held(held, List.of()).close();
        return null;
      }
      held.add(lock);
    }
    return new Held(held, List.of());
  }

  /** A turn, given back by {@link #close} on the thread that took it. */
  public interface Turn extends AutoCloseable {
    /** True if writers of other catalogs came first: the root is worth another look. */
    boolean waited();

    @Override
    void close();
  }

  private record Held(List<ReentrantLock> locks, List<ObjectStore.Turn> turns) implements Turn {
    @Override
    public boolean waited() {
      return turns.stream().anyMatch(ObjectStore.Turn::waited);
    }

    @Override
    public void close() {
      turns.forEach(ObjectStore.Turn::close);
      locks.forEach(ReentrantLock::unlock);
    }
  }
}
