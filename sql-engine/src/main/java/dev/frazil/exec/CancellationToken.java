package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A flag that ends a statement: looked at every batch and in every wait, and carried to the
 * requests that the statement waits for. One for each execution. Thread-safe.
 */
public final class CancellationToken {
  private final RequestScope requests = new RequestScope();
  private final StatementFigures figures = new StatementFigures(requests.figures());
  private volatile @Nullable String reason;
  private volatile long endNanos = Long.MAX_VALUE;
  private volatile String endReason = "";

  /** Ends the statement; the first reason stays. */
  public void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
    requests.abort(why);
  }

  /**
   * Ends the work by itself, without a thread that watches the clock.
   *
   * @param monotonicNanos on the clock of {@link TimeSource#monotonicNanos}
   */
  public void endAt(long monotonicNanos, String why) {
    endReason = why;
    endNanos = monotonicNanos;
  }

  /** The requests of the statement's threads; ended with the statement. */
  public RequestScope requests() {
    return requests;
  }

  /** What the statement has done so far. */
  public StatementFigures figures() {
    return figures;
  }

  public boolean cancelled() {
    return reason != null || isOver();
  }

  /** Throws 57014 once cancelled. */
  public void check() {
    String why = reason;
    if (why == null && isOver()) {
      why = endReason;
    }
    if (why != null) {
      throw new EngineException(SqlState.QUERY_CANCELED, why);
    }
  }

  private boolean isOver() {
    return endNanos != Long.MAX_VALUE && TimeSource.system().monotonicNanos() - endNanos > 0;
  }
}
