package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.event.Events;
import dev.frazil.event.MaintenanceEvent;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.maintenance.CompactionOptions;
import dev.frazil.maintenance.DataFileCompaction;
import dev.frazil.maintenance.DataFileCompaction.FileGroup;
import dev.frazil.maintenance.ManifestRewrite;
import dev.frazil.maintenance.OldestSnapshotsExpiry;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.ExpirableSnapshots;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.MaintenanceSettings;
import dev.frazil.txn.RewrittenFiles;
import dev.frazil.txn.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintenance that rides on a commit of a user: after it, on its thread, within the budget of the
 * table, in transactions of its own that give way to others. The commit has succeeded whatever
 * becomes of this. See docs/adr/maintenance-rides-on-commits.md. One thread.
 */
final class AutoMaintenance {
  private static final Logger LOG = LoggerFactory.getLogger(AutoMaintenance.class);

  /** Larger manifests are not worth being written anew for a few small ones. */
  private static final long SMALL_MANIFEST_BYTES = 1 << 20;

  /** Data files that are put together take theirs with them. */
  private static final int FEWEST_MANIFESTS = 48;

  /** More are not looked through within a commit. */
  private static final long MOST_MANIFEST_BYTES = 64L << 20;

  private static final int FEWEST_SNAPSHOTS = 32;

  /** What they alone refer to is to be found out, and deleted, within the budget. */
  private static final int MOST_SNAPSHOTS = 128;

  private final DatabaseSession session;

  private final Transaction committed;

  /** When the time for the table at hand is over; null while that is not known. */
  private @Nullable Long tableEndNanos;

  /**
   * @param committed what this rides on
   */
  AutoMaintenance(DatabaseSession session, Transaction committed) {
    this.session = session;
    this.committed = committed;
  }

  /** What a piece of work came to. */
  private record Done(long before, long after) {
    static final Done NOTHING = new Done(0, 0);
  }

  private interface Work {
    Done run(Target target, Budget budget);
  }

  /** A table in a transaction of maintenance. */
  private record Target(SessionTransaction own, TableIdentifier identifier, Table table) {
    TableMetadata metadata() {
      return ((HasTableOperations) table).operations().current();
    }
  }

  /** The time that is left to the work on a table. */
  private record Budget(long begunNanos, long endNanos, CancellationToken cancellation) {
    boolean isHalfSpent() {
      return TimeSource.system().monotonicNanos() - begunNanos > (endNanos - begunNanos) / 2;
    }

    boolean isSpent() {
      return TimeSource.system().monotonicNanos() - endNanos >= 0;
    }
  }

  /** Does what is due on tables whose maintenance a commit has claimed; never throws. */
  void run() {
    long begunNanos = TimeSource.system().monotonicNanos();
    for (TableIdentifier table : committed.maintenance().due()) {
      tableEndNanos = null;
      one(table, "EXPIRY", begunNanos, this::expire);
      one(table, "COMPACTION", begunNanos, this::compact);
    }
  }

  private void one(TableIdentifier identifier, String name, long begunNanos, Work work) {
    MaintenanceEvent event = Events.recording() ? begun(identifier, name) : null;
    String outcome;
    Done done = Done.NOTHING;
    try {
      done = inTransaction(identifier, begunNanos, work);
      outcome = done.before() == 0 ? "NOTHING" : "DONE";
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      EngineException failure = EngineFailures.translate(e);
      SqlState state = failure.state();
      boolean gaveWay = state == SqlState.SERIALIZATION_FAILURE || state == SqlState.QUERY_CANCELED;
      outcome = gaveWay ? "GAVE_WAY" : state.code();
      if (gaveWay || state == SqlState.OBJECT_NOT_IN_STATE) {
        LOG.debug("{} of {} was not done", name, identifier, failure);
      } else {
        LOG.warn("{} of {} failed; the commit that it rode on stands", name, identifier, failure);
      }
    }
    if (event != null) {
      event.outcome = outcome;
      event.filesBefore = done.before();
      event.filesAfter = done.after();
      event.commit();
    }
  }

  private static MaintenanceEvent begun(TableIdentifier identifier, String name) {
    MaintenanceEvent event = new MaintenanceEvent();
    event.table = identifier.toString();
    event.work = name;
    event.begin();
    return event;
  }

  private Done inTransaction(TableIdentifier identifier, long begunNanos, Work work) {
    Long known = tableEndNanos;
    if (known != null && TimeSource.system().monotonicNanos() - known >= 0) {
      return Done.NOTHING;
    }
    SessionTransaction own =
        new SessionTransaction(
            session.catalog(),
            IsolationLevel.SNAPSHOT,
            false,
            null,
            session.transactions().applicationName(),
            identifier.namespace());
    own.endWithStatement();
    boolean sent = false;
    CancellationToken cancellation = new CancellationToken();
    try {
      Optional<Table> found = RequestScope.outside(() -> own.load(identifier));
      if (found.isEmpty()) {
        return Done.NOTHING;
      }
      if (session.catalog().turns().openTables().holdAny(Set.of(identifier))) {
        throw new EngineException(
            SqlState.SERIALIZATION_FAILURE, "an open transaction is at the table " + identifier);
      }
      Target target = new Target(own, identifier, found.get());
      long budgetMillis = MaintenanceSettings.of(target.metadata()).budgetMillis();
      // Its own commit may take as long as the one that it rides on.
      long endNanos = begunNanos + budgetMillis * 1_000_000 - committed.commitNanos();
      tableEndNanos = endNanos;
      Budget budget = new Budget(begunNanos, endNanos, cancellation);
      if (budget.isSpent()) {
        return Done.NOTHING;
      }
      cancellation.endAt(budget.endNanos(), "the time for maintenance is over");
      cancellation.requests().limitWaits(Math.max(1, budgetMillis));
      own.transaction().maintenance().moveRowsOnly();
      own.transaction().maintenance().giveWay(budget.endNanos());
      Done done = cancellation.requests().within(() -> work.run(target, budget));
      sent = true;
      return done;
    } finally {
      if (!sent) {
        StagedFileCleanup.remove(session.catalog().store(), own.rollback());
      }
    }
  }

  private QueryContext context(Budget budget) {
    return session.context(ParameterValues.none(), budget.cancellation());
  }

  // ---- manifests and data files

  private Done compact(Target target, Budget budget) {
    TableIdentifier identifier = target.identifier();
    Table table = target.table();
    Transaction transaction = target.own().transaction();
    long before = 0;
    long after = 0;
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return Done.NOTHING;
    }
    long length =
        current.allManifests(table.io()).stream().mapToLong(manifest -> manifest.length()).sum();
    if (length > MOST_MANIFEST_BYTES) {
      return Done.NOTHING;
    }
    int specId = table.spec().specId();
    int manifests = new ManifestRewrite(table, specId, SMALL_MANIFEST_BYTES).manifestCount();
    if (manifests >= FEWEST_MANIFESTS) {
      // First: files are then taken out of few manifests, each of which is written anew for that.
      transaction.update(
          identifier, now -> new ManifestRewrite(now, specId, SMALL_MANIFEST_BYTES).update());
      before += manifests;
      after++;
    }
    if (before == 0 || !budget.isHalfSpent()) {
      TableHandle handle = new TableHandle(identifier, table, current.snapshotId(), false);
      MaintenanceSettings settings = MaintenanceSettings.of(target.metadata());
      DataFileCompaction compaction =
          new DataFileCompaction(handle, CompactionOptions.of(Map.of(), table, false), null);
      RewrittenFiles files = rewritten(target.own(), compaction, settings.budgetBytes(), budget);
      if (files != null) {
        transaction.rows().rewrite(identifier, files);
        before += files.removed().size();
        after += files.added().size();
      }
    }
    if (before > 0) {
      budget.cancellation().check();
      RequestScope.outside(() -> target.own().commit(null));
    }
    return new Done(before, after);
  }

  /** So many groups of files as half of the time allows for. */
  private @Nullable RewrittenFiles rewritten(
      SessionTransaction own, DataFileCompaction compaction, long boundBytes, Budget budget) {
    RewrittenFiles all = null;
    for (FileGroup group : compaction.planWithin(boundBytes)) {
      if (all != null && budget.isHalfSpent()) {
        break;
      }
      RewrittenFiles files =
          compaction.rewrite(
              List.of(group), session.executor().store(), context(budget), own::stage);
      all = all == null ? files : all.and(files);
    }
    return all;
  }

  // ---- snapshots

  private Done expire(Target target, Budget budget) {
    Transaction transaction = target.own().transaction();
    long nowMillis = TimeSource.system().nowMillis();
    if (ExpirableSnapshots.of(target.metadata(), nowMillis).count() < FEWEST_SNAPSHOTS) {
      return Done.NOTHING;
    }
    OldestSnapshotsExpiry expiry =
        new OldestSnapshotsExpiry(
            session.catalog(), session.fileAges(), target.identifier(), target.table());
    int snapshots =
        expiry.plan(transaction.snapshot().root(), target.table(), MOST_SNAPSHOTS, context(budget));
    if (snapshots == 0) {
      return Done.NOTHING;
    }
    transaction.update(target.identifier(), expiry::removal);
    budget.cancellation().check();
    RequestScope.outside(() -> target.own().commit(null));
    try {
      expiry.delete(budget.cancellation());
    } catch (EngineException e) {
      if (e.state() != SqlState.QUERY_CANCELED) {
        throw e;
      }
      LOG.info(
          "There was no time to delete {} files of expired snapshots of {}: they are orphans now",
          expiry.undeletedCount(),
          target.identifier());
    }
    return new Done(snapshots, expiry.deletedCount());
  }
}
