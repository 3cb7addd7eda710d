package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a few edits into the root: put, look what happened, put again. The rule that everything
 * hangs on: an edit is <em>applied</em> when its id stands in the root, <em>not applied</em> when
 * the root has moved past every version that one of its attempts could have made, and unknown
 * otherwise. One thread, used once.
 */
final class RootSwap {
  private static final long MIN_WAIT_MILLIS = 2;
  private static final long MAX_WAIT_MILLIS = 500;
  private static final long MAX_HURRY_MILLIS = 16;
  private static final int MAX_HURRIED = 64;

  private final RootStore root;
  private final ObjectStore store;
  private final TimeSource time;
  private final Ids ids;
  private final CommitQueue queue;
  private final RootTrail trail;
  private final Set<CommitGuard> disabled;
  private final long deadlineNanos;
  private @Nullable Throwable lastFailure;

  RootSwap(
      RootStore root,
      ObjectStore store,
      TimeSource time,
      Ids ids,
      CommitQueue queue,
      RootTrail trail,
      Set<CommitGuard> disabled,
      long patienceMillis) {
    this.root = root;
    this.store = store;
    this.time = time;
    this.ids = ids;
    this.queue = queue;
    this.trail = trail;
    this.disabled = disabled;
    this.deadlineNanos = time.monotonicNanos() + patienceMillis * 1_000_000;
  }

  /** Settles every edit. */
  void run(List<PendingEdit> edits) {
    List<PendingEdit> open = new ArrayList<>(edits);
    try {
      settleAll(open);
    } catch (RuntimeException e) {
      for (PendingEdit pending : open) {
        if (!pending.settled()) {
          giveUp(pending, e);
        }
      }
    }
  }

  private void settleAll(List<PendingEdit> open) {
    DatabaseSnapshot base = root.knownOrRead();
    for (int attempt = 0; ; attempt++) {
      look(open, base);
      List<PendingEdit> included = new ArrayList<>();
      DatabaseRoot.Draft draft = plan(open, base, included);
      if (included.isEmpty()) {
        return;
      }
      PutOutcome outcome = put(base, draft, included, open);
      if (outcome instanceof PutOutcome.Stored) {
        open.removeIf(PendingEdit::settled);
        if (open.isEmpty()) {
          return;
        }
        base = root.knownOrRead();
      } else {
        if (time.monotonicNanos() > deadlineNanos) {
          throw outOfPatience();
        }
        if (outcome instanceof PutOutcome.Refused && attempt < MAX_HURRIED) {
          hurry(attempt);
        } else if (attempt > 0) {
          pause(attempt);
        }
        base = readBack();
      }
    }
  }

  /** Settles what the root tells about earlier attempts. */
  private void look(List<PendingEdit> open, DatabaseSnapshot base) {
    for (PendingEdit pending : open) {
      pending.lookInto(base, enabled(CommitGuard.OWN_ID), enabled(CommitGuard.TOKEN));
      if (!pending.settled() && pending.beyondMemory(base.root())) {
        giveUp(pending, forgotten(base));
      }
    }
    open.removeIf(PendingEdit::settled);
  }

  /** Applies what can be applied on top of the base; what cannot be any more has failed. */
  private DatabaseRoot.Draft plan(
      List<PendingEdit> open, DatabaseSnapshot base, List<PendingEdit> included) {
    DatabaseRoot.Draft draft = base.root().draft();
    Set<String> tokens = new HashSet<>();
    for (PendingEdit pending : open) {
      String token = pending.edit().token();
      if (token != null && enabled(CommitGuard.TOKEN) && tokens.contains(token)) {
        continue; // settled by the look at the root that the other one is about to make
      }
      if (!pending.mayLand() && queue.holdsBack(pending.edit(), base.root())) {
        pending.settle(new CommitOutcome.Moved(base, "writers who came second before go first"));
        continue;
      }
      DatabaseRoot.Draft trial = draft.copy();
      if (tryOn(trial, pending.edit()).isEmpty()) {
        draft = trial;
        included.add(pending);
        if (token != null) {
          tokens.add(token);
        }
      } else {
        Optional<String> reason = tryOn(base.root().draft(), pending.edit());
        // Otherwise only an edit of this very swap is in the way: it must land first.
        reason.ifPresent(why -> pending.settle(new CommitOutcome.Moved(base, why)));
      }
    }
    open.removeIf(PendingEdit::settled);
    return draft;
  }

  private Optional<String> tryOn(DatabaseRoot.Draft draft, RootEdit edit) {
    for (RootChange change : edit.changes()) {
      Optional<String> reason = change.applyTo(draft);
      if (reason.isPresent()) {
        if (!enabled(CommitGuard.POINTERS) && change instanceof RootChange.ReplaceRelation blind) {
          draft.relations().put(blind.identifier(), blind.pointer());
          continue;
        }
        return reason;
      }
    }
    return Optional.empty();
  }

  /** Null when nothing was sent, which only matters while an earlier attempt is open. */
  private @Nullable PutOutcome put(
      DatabaseSnapshot base,
      DatabaseRoot.Draft draft,
      List<PendingEdit> included,
      List<PendingEdit> open) {
    long version = base.root().version() + 1;
    List<RecentCommit> made =
        included.stream()
            .map(
                pending ->
                    new RecentCommit(version, pending.edit().commitId(), pending.edit().token()))
            .toList();
    long firstHeld = trail.store(base.root());
    DatabaseRoot next =
        base.root().next(draft, made, time.nowMillis()).withoutHistoryBefore(firstHeld);
    byte[] body = DatabaseRootFormat.write(next);
    String tag = base.entityTag();
    PutOutcome outcome;
    try {
      outcome = send(body, tag);
    } catch (EngineException e) {
      if (lasting(e.state()) || open.stream().noneMatch(PendingEdit::mayLand)) {
        throw e;
      }
      lastFailure = e;
      return null;
    }
    if (outcome instanceof PutOutcome.Stored stored) {
      DatabaseSnapshot snapshot = root.stored(new DatabaseSnapshot(next, stored.entityTag()));
      included.forEach(pending -> pending.settle(new CommitOutcome.Applied(snapshot)));
    } else {
      // Refused or in conflict perhaps with an earlier attempt of this very put, which a client or
      // a proxy sent twice: only the root can tell.
      included.forEach(pending -> pending.sentOn(base.root().version()));
      lastFailure = failure(outcome);
    }
    return outcome;
  }

  private static Throwable failure(PutOutcome outcome) {
    if (outcome instanceof PutOutcome.Unknown unknown) {
      return unknown.cause();
    }
    String reason =
        outcome instanceof PutOutcome.Refused refused
            ? refused.reason()
            : ((PutOutcome.Conflict) outcome).reason();
    return new EngineException(SqlState.SERIALIZATION_FAILURE, reason);
  }

  private PutOutcome send(byte[] body, @Nullable String tag) {
    if (!enabled(CommitGuard.CONDITION)) {
      store.put(root.location(), body);
      return new PutOutcome.Stored("unconditional");
    }
    try {
      return store.putIf(
          root.location(), body, tag == null ? PutCondition.ifAbsent() : PutCondition.ifMatch(tag));
    } catch (EngineException e) {
      throw e; // the store's word that nothing has left
    } catch (RuntimeException e) {
      return new PutOutcome.Unknown(e);
    }
  }

  /** Failures that the next attempt would only meet again. */
  private static boolean lasting(SqlState state) {
    return state == SqlState.INVALID_AUTHORIZATION
        || state == SqlState.DISK_FULL
        || state == SqlState.LOCATION_REFUSED
        || state == SqlState.CONNECTION_REJECTED
        || state == SqlState.READ_ONLY_TRANSACTION
        || state == SqlState.LIMIT_EXCEEDED
        || state == SqlState.QUERY_CANCELED;
  }

  /** Reads the root for as long as it takes, within the patience. */
  private DatabaseSnapshot readBack() {
    for (int failures = 1; ; failures++) {
      try {
        return root.read();
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

  private void pause(int failures) {
    long bound = Math.min(MAX_WAIT_MILLIS, MIN_WAIT_MILLIS << Math.min(failures, 12));
    time.sleepMillis(1 + ids.below(bound));
  }

  /**
   * Other writers were faster: nothing is wrong with the store, and whoever has lost more often
   * comes again sooner.
   */
  private void hurry(int losses) {
    long bound = MAX_HURRY_MILLIS >> Math.min(losses, 6);
    if (losses > 0 && bound > 0) {
      time.sleepMillis(ids.below(bound + 1));
    }
  }

  private void giveUp(PendingEdit pending, RuntimeException reason) {
    if (pending.mayLand() && enabled(CommitGuard.UNKNOWN_STAYS_UNKNOWN)) {
      pending.settle(new CommitOutcome.Unknown(pending.edit().commitId(), reason));
    } else {
      pending.fail(reason);
    }
  }

  private EngineException outOfPatience() {
    return new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "the root "
            + root.location()
            + " could not be swapped in time, because of other writers or a failing store: run the"
            + " transaction again",
        lastFailure);
  }

  private EngineException forgotten(DatabaseSnapshot base) {
    return new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "the root "
            + root.location()
            + " stands at version "
            + base.root().version()
            + " and no longer tells what became of this commit",
        lastFailure);
  }

  private boolean enabled(CommitGuard guard) {
    return !disabled.contains(guard);
  }
}
