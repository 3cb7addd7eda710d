package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.event.ConflictEvent;
import dev.frazil.event.Events;
import dev.frazil.exec.StatementFigures;
import dev.frazil.txn.ReferenceMovedException;

/** Tells that a statement runs again, because another transaction came first. Stateless. */
final class Reruns {
  private Reruns() {}

  /**
   * Whether a statement that lost a conflict runs again. One that takes commits out of sight does
   * not, if others came that whoever asked for it did not see.
   */
  static boolean isLikely(EngineException failure) {
    return failure.state() == SqlState.SERIALIZATION_FAILURE
        && !(failure.getCause() instanceof ReferenceMovedException);
  }

  static void count(EngineException conflict, int attempt, StatementFigures figures) {
    figures.countRerun();
    if (Events.recording()) {
      ConflictEvent event = new ConflictEvent();
      event.attempt = attempt;
      event.reason = conflict.getMessage();
      event.answer = "RERUN";
      event.commit();
    }
  }
}
