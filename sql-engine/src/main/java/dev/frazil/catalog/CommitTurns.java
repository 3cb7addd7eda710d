package dev.frazil.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * First come, first served between commits of one process to the same table. Without turns, of
 * several writers all but one would write metadata for nothing, and an unlucky one could wait for
 * ever. Costs nothing to a lone writer; other processes are kept apart by the root alone.
 * Thread-safe.
 */
public final class CommitTurns {
  private final Map<TableIdentifier, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** Waits for the turn on all the tables; always taken in one order, so nobody waits in a ring. */
  public Turn take(Collection<TableIdentifier> tables) {
    List<ReentrantLock> held = new ArrayList<>();
    tables.stream()
        .distinct()
        .sorted(Comparator.comparing(TableIdentifier::toString))
        .forEach(
            table -> {
              ReentrantLock lock = locks.computeIfAbsent(table, unused -> new ReentrantLock(true));
              lock.lock();
              held.add(lock);
            });
    return () -> held.forEach(ReentrantLock::unlock);
  }

  /** A turn, given back by {@link #close} on the thread that took it. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
