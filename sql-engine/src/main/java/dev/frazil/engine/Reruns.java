package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.event.ConflictEvent;
import dev.frazil.event.Events;
import dev.frazil.exec.StatementFigures;

/** Tells that a statement runs again, because another transaction came first. Stateless. */
final class Reruns {
  private Reruns() {}

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
