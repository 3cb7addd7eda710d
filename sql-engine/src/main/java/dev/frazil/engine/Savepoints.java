package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.txn.Savepoint;
import dev.frazil.txn.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The savepoints of one transaction, in order. One of a name that is there already takes its place,
 * as ISO has it (PostgreSQL would keep both). Errors: 3B001 no such savepoint. One thread.
 */
final class Savepoints {
  private static final AtomicLong IDS = new AtomicLong();

  private record Entry(long id, @Nullable String name, Savepoint state, int stagedFiles) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param stagedFiles how many files the transaction has written so far
   * @return an id that no other savepoint of this process has
   */
  long add(@Nullable String name, Transaction transaction, int stagedFiles) {
    if (name != null) {
      entries.removeIf(entry -> name.equals(entry.name()));
    }
    Entry entry = new Entry(IDS.incrementAndGet(), name, transaction.savepoint(), stagedFiles);
    entries.add(entry);
    return entry.id();
  }

  long id(String name) {
    return entries.get(find(entry -> name.equals(entry.name()), "'" + name + "'")).id();
  }

  /**
   * Goes back to a savepoint, which stays; those after it are gone.
   *
   * @return how many files the transaction had written then
   */
  int rollbackTo(long id, Transaction transaction) {
    int at = find(entry -> entry.id() == id, "any longer");
    entries.subList(at + 1, entries.size()).clear();
    transaction.rollbackTo(entries.get(at).state());
    return entries.get(at).stagedFiles();
  }

  /** Forgets a savepoint and those after it; the changes stay. */
  void release(long id) {
    int at = find(entry -> entry.id() == id, "any longer");
    entries.subList(at, entries.size()).clear();
  }

  private int find(Predicate<Entry> wanted, String which) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (wanted.test(entries.get(i))) {
        return i;
      }
    }
    throw missing(which);
  }

  static EngineException missing(String which) {
    return new EngineException(
        SqlState.INVALID_SAVEPOINT,
        "the transaction has no savepoint "
            + which
            + ": it was never set, was released, or was set after one that was rolled back to");
  }
}
