package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One edit on its way into the root. Touched by the thread that holds the swap only.
 *
 * <p>An attempt that was sent on top of version {@code v} can land as version {@code v + 1} and
 * nowhere else, so it is settled by the first look at the root that shows what {@code v + 1} was.
 */
final class PendingEdit {
  private static final long NONE = -1;

  private final RootEdit edit;
  private long sentOnVersion = NONE;
  private @Nullable CommitOutcome outcome;
  private @Nullable RuntimeException failure;

  PendingEdit(RootEdit edit) {
    this.edit = edit;
  }

  RootEdit edit() {
    return edit;
  }

  boolean settled() {
    return outcome != null || failure != null;
  }

  /** Whether an attempt was sent that may be stored, or may still be. */
  boolean mayLand() {
    return sentOnVersion != NONE;
  }

  void sentOn(long version) {
    this.sentOnVersion = version;
  }

  void settle(CommitOutcome decided) {
    this.outcome = decided;
  }

  /** The edit is certainly not applied. */
  void fail(RuntimeException reason) {
    this.failure = reason;
  }

  CommitOutcome result() {
    if (failure != null) {
      throw failure;
    }
    if (outcome == null) {
      throw EngineException.internal("the commit " + edit.commitId() + " was left undecided");
    }
    return outcome;
  }

  /** Looks into a root for what became of the attempts so far. */
  void lookInto(DatabaseSnapshot snapshot, boolean ownIdCounts, boolean tokenCounts) {
    DatabaseRoot root = snapshot.root();
    if (ownIdCounts && root.commit(edit.commitId()).isPresent()) {
      outcome = new CommitOutcome.Applied(snapshot);
      return;
    }
    if (tokenCounts && edit.token() != null) {
      Optional<RecentCommit> earlier = root.token(edit.token());
      if (earlier.isPresent()) {
        outcome = new CommitOutcome.AlreadyApplied(snapshot, earlier.get().commitId());
        return;
      }
    }
    if (mayLand() && root.version() > sentOnVersion && root.remembers(sentOnVersion + 1)) {
      sentOnVersion = NONE;
    }
  }

  /** Whether the root moved so far that nobody can tell any more what became of an attempt. */
  boolean beyondMemory(DatabaseRoot root) {
    return mayLand() && root.version() != sentOnVersion;
  }
}
