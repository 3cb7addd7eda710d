package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.jspecify.annotations.Nullable;

/** A flag that ends a statement: looked at every batch and in every wait. Thread-safe. */
public final class CancellationToken {
  private volatile @Nullable String reason;

  /** Ends the statement; the first reason stays. */
  public void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  public boolean cancelled() {
    return reason != null;
  }

  /** Throws 57014 once cancelled. */
  public void check() {
    String why = reason;
    if (why != null) {
      throw new EngineException(SqlState.QUERY_CANCELED, why);
    }
  }
}
