package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * A flag that ends a statement: looked at every batch and in every wait, and carried to the
 * requests that the statement waits for. Thread-safe.
 */
public final class CancellationToken {
  private final RequestScope requests = new RequestScope();
  private volatile @Nullable String reason;

  /** Ends the statement; the first reason stays. */
  public void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
    requests.abort(why);
  }

  /** The requests of the statement's threads; ended with the statement. */
  public RequestScope requests() {
    return requests;
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
