package dev.frazil.txn;

import dev.frazil.error.EngineException;
import dev.frazil.event.CommitEvent;
import dev.frazil.event.ConflictEvent;
import dev.frazil.event.Events;
import dev.frazil.storage.RequestFigures;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What others hear of one commit: the figures of its statement, and a Flight Recorder. */
final class CommitRecord {
  private final String commitId;
  private final @Nullable CommitEvent event;
  private int lostSwaps;

  CommitRecord(String commitId, List<TableWork> changed) {
    this.commitId = commitId;
    this.event = Events.recording() ? new CommitEvent() : null;
    if (event != null) {
      event.commitId = commitId;
      event.tables =
          changed.stream()
              .map(work -> work.identifier().toString())
              .collect(Collectors.joining(", "));
      event.begin();
    }
  }

  /** Another writer swapped the root first. */
  void lost(String reason) {
    lostSwaps++;
    RequestFigures.countLostSwap();
    if (Events.recording()) {
      ConflictEvent conflict = new ConflictEvent();
      conflict.commitId = commitId;
      conflict.attempt = lostSwaps;
      conflict.reason = reason;
      conflict.answer = "REBASE";
      conflict.commit();
    }
  }

  CommitResult ended(CommitResult result) {
    tell(result.alreadyApplied() ? "ALREADY_APPLIED" : "APPLIED");
    return result;
  }

  /** For good: nothing was applied, or nobody knows. */
  void failed(RuntimeException failure) {
    tell(
        failure instanceof EngineException engine
            ? engine.state().code()
            : failure.getClass().getName());
  }

  private void tell(String outcome) {
    if (event != null) {
      event.lostSwaps = lostSwaps;
      event.outcome = outcome;
      event.commit();
    }
  }
}
