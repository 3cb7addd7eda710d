package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import dev.frazil.storage.TimeSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the next version of a Hadoop table: the file gets its name only if there is none of that
 * name, while the version before it is the one that the commit was built on. Whatever the answer, a
 * look at the file says what came of it. One thread, used once.
 */
final class HadoopVersionPut {
  private static final long MAX_BYTES = 256L << 20;
  private static final long MAX_WAIT_MILLIS = 200;

  private final HadoopFolderCatalog database;
  private final ObjectStore store;
  private final HadoopMetadataFiles files;
  private final HadoopVersion version;
  private final TimeSource time;
  private final Ids ids;
  private final Set<CommitGuard> disabled;
  private final long deadlineNanos;
  private boolean mayLand;

  HadoopVersionPut(
      HadoopFolderCatalog database,
      HadoopMetadataFiles files,
      HadoopVersion version,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.database = database;
    this.store = database.store();
    this.files = files;
    this.version = version;
    this.time = time;
    this.ids = ids;
    this.disabled = disabled;
    this.deadlineNanos = time.monotonicNanos() + patienceMillis * 1_000_000;
  }

  /**
   * @param then the state of the database with this version in it
   */
  CommitOutcome run(String commitId, DatabaseSnapshot then) {
    for (int attempt = 1; ; attempt++) {
      PutOutcome outcome = put();
      mayLand |= !(outcome instanceof PutOutcome.Refused);
      try {
        if (!enabled(CommitGuard.OWN_ID)) {
          return outcome instanceof PutOutcome.Stored ? new CommitOutcome.Applied(then) : moved();
        }
        byte[] there = readBack();
        if (isOwn(there)) {
          mayLand = true;
          return settle(then);
        }
        if (hasLanded()) {
          return new CommitOutcome.Applied(then);
        }
        boolean refused = outcome instanceof PutOutcome.Refused;
        if (refused && there == null && mayLand && version.ownSnapshots().isEmpty()) {
          return new CommitOutcome.Unknown(commitId, unresolved("was stored and is gone, or not"));
        }
        if (there != null || refused) {
          return moved();
        }
      } catch (EngineException e) {
        if (!mayLand || !enabled(CommitGuard.UNKNOWN_STAYS_UNKNOWN)) {
          throw e;
        }
        return new CommitOutcome.Unknown(commitId, e);
      }
      if (time.monotonicNanos() > deadlineNanos) {
        EngineException late = unresolved("could not be stored in time");
        if (!enabled(CommitGuard.UNKNOWN_STAYS_UNKNOWN)) {
          throw late;
        }
        return new CommitOutcome.Unknown(commitId, late);
      }
      pause(attempt);
    }
  }

  private PutOutcome put() {
    HadoopVersion.Base base = version.base();
    try {
      if (!enabled(CommitGuard.CONDITION)) {
        store.put(version.location(), version.body().bytes());
        return new PutOutcome.Stored("unconditional");
      }
      PutCondition condition =
          base == null
              ? PutCondition.ifAbsent()
              : PutCondition.ifNext(base.location(), base.entityTag());
      return store.putIf(version.location(), version.body().bytes(), condition);
    } catch (EngineException e) {
      if (!mayLand) {
        throw e; // the store's word that nothing has left
      }
      return new PutOutcome.Unknown(e);
    } catch (RuntimeException e) {
      return new PutOutcome.Unknown(e);
    }
  }

  private boolean isOwn(byte @Nullable [] there) {
    return there != null && Arrays.equals(there, version.body().bytes());
  }

  /** The version stands; now nobody may be about to rename another one over it. */
  private CommitOutcome settle(DatabaseSnapshot then) {
    if (enabled(CommitGuard.FOREIGN_WRITERS)) {
      HadoopForeignWriters.await(version.folder(), time);
      if (!isOwn(readBack()) && !hasLanded()) {
        return moved();
      }
    }
    Path newest = newest();
    if (newest == null || (!newest.toString().equals(version.location()) && !isBefore(newest))) {
      return moved();
    }
    if (store.fetch(version.location(), null, MAX_BYTES) instanceof FetchOutcome.Fetched stored) {
      files.written(version.body().metadata(), stored.entityTag(), version.body().jsonBytes());
    }
    HadoopVersionHint.publish(store, version.folder());
    return new CommitOutcome.Applied(then);
  }

  /** Whether the table has this version in its history. */
  private boolean isBefore(Path newest) {
    String name = String.valueOf(Path.of(version.location()).getFileName());
    return hasLanded()
        || files.read(newest.toString()).metadata().previousFiles().stream()
            .anyMatch(entry -> entry.file().endsWith("/" + name));
  }

  /** Whether the snapshots of the commit stand in the newest version, whichever it is. */
  private boolean hasLanded() {
    Path newest = newest();
    if (newest == null || version.ownSnapshots().isEmpty()) {
      return false;
    }
    try {
      TableMetadata metadata = files.read(newest.toString()).metadata();
      return version.ownSnapshots().stream().allMatch(id -> metadata.snapshot(id) != null);
    } catch (NotFoundException e) {
      return false;
    }
  }

  private @Nullable Path newest() {
    return HadoopFolderWalk.newestOf(version.folder()).orElse(null);
  }

  /** The file under the name, for as long as it takes, within the patience. */
  private byte @Nullable [] readBack() {
    for (int failures = 1; ; failures++) {
      try {
        return store.fetch(version.location(), null, MAX_BYTES)
                instanceof FetchOutcome.Fetched fetched
            ? fetched.body()
            : null;
      } catch (EngineException e) {
        boolean passing =
            e.state() == SqlState.IO_ERROR || e.state() == SqlState.CONNECTION_FAILURE;
        if (!passing || time.monotonicNanos() > deadlineNanos) {
          throw e;
        }
        pause(failures);
      }
    }
  }

  private EngineException unresolved(String what) {
    return new EngineException(SqlState.IO_ERROR, "the version " + version.location() + ' ' + what);
  }

  private CommitOutcome moved() {
    return new CommitOutcome.Moved(
        database.snapshot(), "another commit changed or dropped the table of " + version.folder());
  }

  private void pause(int failures) {
    time.sleepMillis(1 + ids.below(Math.min(MAX_WAIT_MILLIS, 2L << Math.min(failures, 12))));
  }

  private boolean enabled(CommitGuard guard) {
    return !disabled.contains(guard);
  }
}
