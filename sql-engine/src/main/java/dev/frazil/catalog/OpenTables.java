package dev.frazil.catalog;

import dev.frazil.storage.TimeSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The tables that transactions of several statements, of this process, are at: moving the rows of
 * one could make such a transaction fail, which nobody can run again for its user. Holds its owners
 * weakly. Thread-safe.
 */
public final class OpenTables {
  /** One that has only read for so long, as an idle connection of a pool, holds nothing back. */
  private static final long LONGEST_READ_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long CHANGED = -1;

  /** When each table was read last, or {@link #CHANGED}. */
  private final Map<Object, Map<TableIdentifier, Long>> byOwner = new WeakHashMap<>();

  private final TimeSource time;

  OpenTables(TimeSource time) {
    this.time = time;
  }

  /** A transaction has looked at a table, and may change what it found. */
  public synchronized void read(Object owner, TableIdentifier table) {
    byOwner
        .computeIfAbsent(owner, unused -> new HashMap<>())
        .merge(table, time.monotonicNanos(), (was, now) -> was == CHANGED ? CHANGED : now);
  }

  /** A transaction has changed a table. */
  public synchronized void changed(Object owner, TableIdentifier table) {
    byOwner.computeIfAbsent(owner, unused -> new HashMap<>()).put(table, CHANGED);
  }

  /** A transaction is over. */
  public synchronized void ended(Object owner) {
    byOwner.remove(owner);
  }

  /** Whether moving rows of one of the tables could be in somebody's way. */
  public synchronized boolean holdAny(Collection<TableIdentifier> tables) {
    long now = time.monotonicNanos();
    return byOwner.values().stream()
        .flatMap(open -> open.entrySet().stream())
        .filter(open -> tables.contains(open.getKey()))
        .map(Map.Entry::getValue)
        .anyMatch(since -> since == CHANGED || now - since < LONGEST_READ_NANOS);
  }
}
