package dev.frazil.bridge;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitTurns;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the bridge changes the database: a request is planned on a read point, the
 * plan becomes one edit of the root, and where the root has moved under it, it is planned again on
 * the newest one. So what a client requires of a table is always checked on the very state that its
 * change is applied to. Thread-safe.
 */
final class GuardedChange {
  private final DatabaseCatalog catalog;
  private final AppliedKeys appliedKeys;
  private final TimeSource time;
  private final long patienceNanos;

  GuardedChange(
      DatabaseCatalog catalog, AppliedKeys appliedKeys, TimeSource time, long patienceNanos) {
    this.catalog = catalog;
    this.appliedKeys = appliedKeys;
    this.time = time;
    this.patienceNanos = patienceNanos;
  }

  /** What a request comes to. */
  interface Plan<T> {
    /**
     * @param now what the request is checked against
     * @param commitId for the summaries of snapshots
     */
    Planned<T> on(DatabaseSnapshot now, String commitId);

    /** The answer to a request that was carried out before. */
    T again(DatabaseSnapshot now);

    /** Of its two parts. */
    static <T> Plan<T> of(
        Function<DatabaseSnapshot, Planned<T>> first, Function<DatabaseSnapshot, T> again) {
      return of((now, commitId) -> first.apply(now), again);
    }

    /** The same, where the snapshots of the change are to know its commit. */
    static <T> Plan<T> of(
        BiFunction<DatabaseSnapshot, String, Planned<T>> first,
        Function<DatabaseSnapshot, T> again) {
      return new Plan<>() {
        @Override
        public Planned<T> on(DatabaseSnapshot now, String commitId) {
          return first.apply(now, commitId);
        }

        @Override
        public T again(DatabaseSnapshot now) {
          return again.apply(now);
        }
      };
    }

    /** A change whose success is all that the client is told. */
    static Plan<RestAnswer> silent(Function<DatabaseSnapshot, List<RootChange>> changes) {
      return of(now -> Planned.of(changes.apply(now), RestAnswer.done()), now -> RestAnswer.done());
    }
  }

  /**
   * A change that fits one state of the database.
   *
   * @param changes none where nothing is to be done
   * @param written the new metadata of tables
   */
  record Planned<T>(
      List<RootChange> changes, Map<TableIdentifier, TableMetadata> written, T answer) {
    Planned {
      changes = List.copyOf(changes);
      written = Map.copyOf(written);
    }

    static <T> Planned<T> of(List<RootChange> changes, T answer) {
      return new Planned<>(changes, Map.of(), answer);
    }

    static <T> Planned<T> nothing(T answer) {
      return of(List.of(), answer);
    }
  }

  /**
   * Carries out a request, once for its key.
   *
   * @param tables whose commits of this process, and on a local folder of others, wait for each
   *     other
   * @throws CommitFailedException when others were faster for too long; nothing has changed
   * @throws CommitStateUnknownException when the outcome cannot be learnt
   */
  <T> T run(@Nullable RequestKey key, Collection<TableIdentifier> tables, Plan<T> plan) {
    String commitId = key == null ? catalog.newCommitId() : key.commitId();
    long deadline = time.monotonicNanos() + patienceNanos;
    DatabaseSnapshot now = catalog.snapshot();
    while (true) {
      CommitOutcome outcome;
      Planned<T> planned;
      try (CommitTurns.Turn turn = catalog.turns().take(wanted(now, tables))) {
        now = turn.waited() ? catalog.snapshot() : catalog.newestKnown(now);
        if (key != null && wasApplied(key, now)) {
          return plan.again(now);
        }
        planned = plan.on(now, commitId);
        if (planned.changes().isEmpty()) {
          return planned.answer();
        }
        outcome = commit(new RootEdit(commitId, null, planned.changes()));
      }
      if (outcome instanceof CommitOutcome.Unknown unknown) {
        throw new CommitStateUnknownException(unknown.cause());
      }
      if (!(outcome instanceof CommitOutcome.Moved moved)) {
        if (key != null) {
          appliedKeys.add(key);
        }
        if (key != null && catalog.hasHistory() && isAnothers(outcome, planned.written())) {
          return plan.again(catalog.snapshot());
        }
        catalog.publishHints(planned.written());
        return planned.answer();
      }
      if (time.monotonicNanos() > deadline) {
        throw new CommitFailedException("Other writers were faster: %s", moved.reason());
      }
      now = moved.snapshot();
    }
  }

  private boolean wasApplied(RequestKey key, DatabaseSnapshot now) {
    return now.root().commit(key.commitId()).isPresent() || appliedKeys.contains(key);
  }

  /**
   * Whether another bridge, which was sent the same request at the same time, carried it out: the
   * names then belong to the tables that it made.
   */
  private static boolean isAnothers(
      CommitOutcome outcome, Map<TableIdentifier, TableMetadata> written) {
    if (!(outcome instanceof CommitOutcome.Applied applied)) {
      return true;
    }
    return written.entrySet().stream()
        .anyMatch(
            entry ->
                applied
                    .snapshot()
                    .root()
                    .table(entry.getKey())
                    .filter(there -> !there.uuid().equals(entry.getValue().uuid()))
                    .isPresent());
  }

  private CommitOutcome commit(RootEdit edit) {
    try {
      return catalog.commit(edit);
    } catch (EngineException e) {
      if (e.state() == SqlState.SERIALIZATION_FAILURE) {
        throw new CommitFailedException(e, "%s", e.getMessage());
      }
      throw e;
    }
  }

  private static List<CommitTurns.Wanted> wanted(
      DatabaseSnapshot now, Collection<TableIdentifier> tables) {
    List<CommitTurns.Wanted> wanted = new ArrayList<>();
    for (TableIdentifier table : tables) {
      wanted.add(
          new CommitTurns.Wanted(
              table,
              now.root().pointer(table).map(pointer -> pointer.metadataLocation()).orElse(null)));
    }
    return wanted;
  }
}
