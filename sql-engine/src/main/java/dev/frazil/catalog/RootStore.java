package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The root object of one database: read with a condition, swapped with a condition. Commits of one
 * process that wait at the same time share one swap; each keeps its own id and outcome.
 * Thread-safe.
 */
final class RootStore {
  /** Commits that one swap carries at most. */
  private static final int MAX_SHARED_COMMITS = 64;

  private final ObjectStore store;
  private final String location;
  private final TimeSource time;
  private final Ids ids;
  private final CommitQueue queue;
  private final RootTrail trail;
  private final Set<CommitGuard> disabled;
  private final long patienceMillis;
  private final ReentrantLock swapping = new ReentrantLock(true);
  private final Queue<PendingEdit> waiting = new ConcurrentLinkedQueue<>();
  private volatile @Nullable DatabaseSnapshot known;

  /**
   * @param patienceMillis how long a commit is tried before its outcome is given up
   * @param disabled guards that a test turned off
   */
  RootStore(
      ObjectStore store,
      String location,
      TimeSource time,
      Ids ids,
      CommitQueue queue,
      RootTrail trail,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.store = store;
    this.location = location;
    this.time = time;
    this.ids = ids;
    this.queue = queue;
    this.trail = trail;
    this.patienceMillis = patienceMillis;
    this.disabled = disabled;
  }

  String location() {
    return location;
  }

  /** Where the database stands now; one request. */
  DatabaseSnapshot read() {
    DatabaseSnapshot before = known;
    String tag = before == null ? null : before.entityTag();
    FetchOutcome outcome = store.fetch(location, tag, DatabaseRootFormat.MAX_BYTES);
    if (outcome instanceof FetchOutcome.Fetched fetched) {
      return remember(
          new DatabaseSnapshot(
              DatabaseRootFormat.read(fetched.body(), location), fetched.entityTag()));
    }
    if (outcome instanceof FetchOutcome.NotModified && before != null) {
      return before;
    }
    if (tag != null) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "the root of the database, "
              + location
              + ", was there and is gone: nothing is written any more. Restore the object from an"
              + " earlier version of it or from a backup");
    }
    return new DatabaseSnapshot(DatabaseRoot.unwritten(), null);
  }

  /** The next read is the first one. */
  synchronized void forget() {
    known = null;
  }

  private synchronized DatabaseSnapshot remember(DatabaseSnapshot read) {
    DatabaseSnapshot before = known;
    if (before == null || before.root().version() <= read.root().version()) {
      known = read;
    }
    return read;
  }

  /** Applies an edit, alone or together with others of this process. */
  CommitOutcome commit(RootEdit edit) {
    PendingEdit pending = new PendingEdit(edit);
    waiting.add(pending);
    swapping.lock();
    try {
      // More may wait than one swap carries, this one behind them.
      while (!pending.settled()) {
        swap(takeWaiting());
      }
      return pending.result();
    } finally {
      swapping.unlock();
    }
  }

  private List<PendingEdit> takeWaiting() {
    List<PendingEdit> taken = new ArrayList<>();
    for (PendingEdit next = waiting.poll(); next != null; next = waiting.poll()) {
      taken.add(next);
      if (taken.size() == MAX_SHARED_COMMITS) {
        break;
      }
    }
    return taken;
  }

  private void swap(List<PendingEdit> edits) {
    new RootSwap(this, store, time, ids, queue, trail, disabled, patienceMillis).run(edits);
  }

  /** The newest root that this process has seen, or the one in the store. */
  DatabaseSnapshot knownOrRead() {
    DatabaseSnapshot before = known;
    return before == null || before.entityTag() == null ? read() : before;
  }

  /** Takes over a root that this process has just stored. */
  DatabaseSnapshot stored(DatabaseSnapshot snapshot) {
    return remember(snapshot);
  }
}
