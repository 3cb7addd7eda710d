package dev.frazil.txn;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitQueue;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.error.EngineException;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one commit in the queue of its tables: none as long as it comes first. Having come
 * second, or meeting others who did, it takes one. One thread.
 */
final class QueuePlace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePlace.class);

  /** A writer that came second so often takes a place. */
  private static final int LOSSES_BEFORE = 2;

  /** Others wait for several rebases as slow as the slowest so far. */
  private static final int LEASE_FACTOR = 4;

  /** Before the first one is over its length is guessed by that of a request. */
  private static final int REQUESTS_OF_ATTEMPT = 6;

  private static final long MIN_LEASE_MILLIS = 2_000;

  /** A process that was frozen in its attempt, as Lambda does, took long for another reason. */
  private static final long MAX_LEASE_MILLIS = 10_000;

  /** Whoever has waited for so long goes on without its turn. */
  private static final long MAX_WAIT_MILLIS = 120_000;

  private final DatabaseCatalog catalog;
  private final CommitQueue queue;
  private final Set<TableIdentifier> tables;
  private final long startMillis;
  private long triedSinceMillis;
  private long requestMillis;
  private @Nullable String own;
  private boolean inRoot;

  QueuePlace(DatabaseCatalog catalog, Set<TableIdentifier> tables) {
    this.catalog = catalog;
    this.queue = catalog.turns().queue();
    this.tables = tables;
    this.startMillis = queue.elapsedMillis();
    this.triedSinceMillis = startMillis;
  }

  /**
   * Waits until nobody is in front, or for so long that somebody else is to blame.
   *
   * @param losses how often another commit was faster
   * @return the state of the database to rebase on
   */
  DatabaseSnapshot await(DatabaseSnapshot base, int losses) {
    if (tables.isEmpty()) {
      return base;
    }
    long attemptMillis = queue.elapsedMillis() - triedSinceMillis;
    DatabaseSnapshot newest = base;
    while (queue.elapsedMillis() - startMillis < MAX_WAIT_MILLIS) {
      int ahead = queue.ahead(newest.root(), tables, own);
      boolean wanted = (ahead > 0 || losses >= LOSSES_BEFORE) && !stands(newest.root());
      boolean possible =
          wanted
              && (ahead == 0 || queue.frontIsPreparing(newest.root(), tables, requestMillis))
              && queue.hasRoom(newest.root());
      if (possible) {
        newest = join(newest, attemptMillis);
      } else if (ahead > 0) {
        queue.pause(ahead);
        long askedMillis = queue.elapsedMillis();
        newest = catalog.snapshot();
        requestMillis = queue.elapsedMillis() - askedMillis;
      } else {
        break;
      }
    }
    triedSinceMillis = queue.elapsedMillis();
    return newest;
  }

  private boolean stands(DatabaseRoot root) {
    return own != null && root.claims().stream().anyMatch(claim -> claim.id().equals(own));
  }

  private DatabaseSnapshot join(DatabaseSnapshot base, long attemptMillis) {
    String id = catalog.newCommitId();
    long expectedMillis = Math.max(attemptMillis, REQUESTS_OF_ATTEMPT * requestMillis);
    long leaseMillis =
        Math.min(MAX_LEASE_MILLIS, Math.max(MIN_LEASE_MILLIS, LEASE_FACTOR * expectedMillis));
    RootChange join = queue.join(base.root(), tables, id, leaseMillis);
    CommitOutcome outcome =
        catalog.commit(new RootEdit(catalog.newCommitId(), null, List.of(join)));
    if (outcome instanceof CommitOutcome.Moved moved) {
      return moved.snapshot();
    }
    own = id;
    inRoot = true;
    return outcome instanceof CommitOutcome.Applied applied
        ? applied.snapshot()
        : catalog.snapshot();
  }

  /** Whether others move the root at this time. */
  boolean isContended(int losses) {
    return !tables.isEmpty() && (losses > 0 || inRoot);
  }

  /** Whether others go first. */
  boolean heldBack(DatabaseRoot root) {
    return queue.ahead(root, heldTables(), own) > 0;
  }

  /** Goes into the commit's edit. */
  RootChange leave(DatabaseRoot root) {
    return queue.leave(root, heldTables(), own);
  }

  /** None once the patience is over. */
  private Set<TableIdentifier> heldTables() {
    return queue.elapsedMillis() - startMillis < MAX_WAIT_MILLIS ? tables : Set.of();
  }

  /** The commit went through, and with it the place was given up. */
  void left() {
    inRoot = false;
  }

  /** Gives the place up if the commit did not; whoever cannot is passed over after its lease. */
  @Override
  public void close() {
    if (inRoot) {
      inRoot = false;
      try {
        RootChange leave = new RootChange.LeaveQueue(own, Set.of(), Set.of());
        catalog.commit(new RootEdit(catalog.newCommitId(), null, List.of(leave)));
      } catch (EngineException e) {
        LOG.debug("a place in the queue of {} was not given up", tables, e);
      }
    }
  }
}
