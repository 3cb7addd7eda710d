package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One commit by a {@link PointerStore}. Each attempt begins with a look at what the store holds:
 * where that has what the commit would make, the commit has landed; where its conditions do not
 * hold it has lost, provided that no earlier attempt can have landed or still land; everything else
 * is tried again until the patience is over, and then unknown. One thread, used once.
 */
final class PointerCommit {
  private static final long MAX_WAIT_MILLIS = 400;

  /** A name that may yet appear by an earlier attempt is waited for no longer. */
  private static final long MAX_LOOK_MILLIS = 10_000;

  private final PointerDatabase database;
  private final PointerStore pointers;
  private final RootEdit edit;
  private final PointerTrace trace;
  private final TimeSource time;
  private final Ids ids;
  private final Set<CommitGuard> disabled;
  private final long patienceMillis;
  private final long startNanos;

  /** An attempt may have landed, or may still. */
  private boolean mayLand;

  /**
   * The server refused a condition, perhaps because something on the way had sent the very attempt
   * before: before a look nobody knows.
   */
  private boolean unseen;

  private RuntimeException lastFailure = EngineException.internal("no attempt was made");

  PointerCommit(
      PointerDatabase database,
      PointerStore pointers,
      RootEdit edit,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.database = database;
    this.pointers = pointers;
    this.edit = edit;
    this.trace = new PointerTrace(database, edit);
    this.time = time;
    this.ids = ids;
    this.disabled = disabled;
    this.patienceMillis = patienceMillis;
    this.startNanos = time.monotonicNanos();
  }

  static EngineException tokenWithoutSnapshot() {
    return EngineException.unsupported(
        "an idempotency token for a commit that adds no snapshot to a table, in a catalog where"
            + " snapshots alone remember tokens,");
  }

  /** Applies the edit if all that it relies on is as it says. */
  CommitOutcome run() {
    if (edit.token() != null && trace.isEmpty()) {
      throw tokenWithoutSnapshot();
    }
    for (int attempt = 1; ; attempt++) {
      CommitOutcome outcome = attemptOrLook(attempt);
      if (outcome != null) {
        return outcome;
      }
      if (elapsedMillis() > patienceMillis) {
        return givenUp();
      }
      time.sleepMillis(1 + ids.below(Math.min(MAX_WAIT_MILLIS, 4L << Math.min(attempt, 12))));
    }
  }

  private @Nullable CommitOutcome attemptOrLook(int attempt) {
    try {
      return attempt(attempt);
    } catch (EngineException e) {
      boolean passing = e.state() == SqlState.CONNECTION_FAILURE || e.state() == SqlState.IO_ERROR;
      if (!mayLand && !unseen) {
        throw e;
      }
      lastFailure = e;
      return passing ? null : unknown();
    }
  }

  /** Null for one that decides nothing. */
  private @Nullable CommitOutcome attempt(int attempt) {
    PointerView view = pointers.view();
    PointerTrace.Verdict verdict = PointerTrace.Verdict.OPEN;
    if (attempt > 1 && enabled(CommitGuard.OWN_ID)) {
      verdict = trace.look(view);
      if (verdict == PointerTrace.Verdict.LANDED) {
        return applied();
      }
    }
    unseen = false;
    PointerPlan plan = PointerPlan.of(edit, database.snapshot(view).root(), pointers, disabled);
    Optional<String> moved = plan.moved();
    if (moved.isPresent()) {
      boolean lost = !mayLand || verdict == PointerTrace.Verdict.LOST;
      return lost || !enabled(CommitGuard.OWN_ID)
          ? new CommitOutcome.Moved(database.snapshot(view), moved.get())
          : unknown();
    }
    if (plan.changes().isEmpty()) {
      return applied();
    }
    if (mayLand && !plan.isGuarded()) {
      // Sent again, it could make a name anew that others have dropped meanwhile.
      return elapsedMillis() > MAX_LOOK_MILLIS ? unknown() : null;
    }
    return settle(pointers.swap(plan.changes()), attempt);
  }

  private @Nullable CommitOutcome settle(SwapOutcome outcome, int attempt) {
    if (outcome instanceof SwapOutcome.Landed) {
      return applied();
    } else if (outcome instanceof SwapOutcome.Busy busy) {
      lastFailure = busy.cause();
    } else if (outcome instanceof SwapOutcome.Unsettled unsettled) {
      mayLand = true;
      lastFailure = unsettled.cause();
    } else if (outcome instanceof SwapOutcome.Refused refused) {
      unseen = enabled(CommitGuard.OWN_ID);
      lastFailure =
          new EngineException(
              SqlState.SERIALIZATION_FAILURE,
              database.description() + " refused the commit: " + refused.reason());
    }
    boolean over = elapsedMillis() > patienceMillis;
    // Whatever the answer, a last look costs little beside not knowing.
    return over && attempt == 1 ? lastLook() : null;
  }

  private @Nullable CommitOutcome lastLook() {
    if (!enabled(CommitGuard.OWN_ID)) {
      return null;
    }
    try {
      PointerView view = pointers.view();
      PointerTrace.Verdict verdict = trace.look(view);
      if (verdict == PointerTrace.Verdict.LANDED) {
        return applied();
      }
      unseen = false;
      PointerPlan plan = PointerPlan.of(edit, database.snapshot(view).root(), pointers, disabled);
      boolean lost = !mayLand || verdict == PointerTrace.Verdict.LOST;
      return plan.moved().isPresent() && lost
          ? new CommitOutcome.Moved(database.snapshot(view), plan.moved().get())
          : null;
    } catch (EngineException e) {
      lastFailure.addSuppressed(e);
      return null;
    }
  }

  private CommitOutcome applied() {
    return new CommitOutcome.Applied(database.laterSnapshot());
  }

  private CommitOutcome givenUp() {
    if (!mayLand && !unseen) {
      throw lastFailure;
    }
    return unknown();
  }

  private CommitOutcome unknown() {
    if (!enabled(CommitGuard.UNKNOWN_STAYS_UNKNOWN)) {
      throw lastFailure;
    }
    return new CommitOutcome.Unknown(edit.commitId(), lastFailure);
  }

  private long elapsedMillis() {
    return (time.monotonicNanos() - startNanos) / 1_000_000;
  }

  private boolean enabled(CommitGuard guard) {
    return !disabled.contains(guard);
  }
}
