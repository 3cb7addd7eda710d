package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;

/**
 * What a caller takes from a statement. Compared with its plan before anything is done, so that an
 * INSERT that was given to {@code executeQuery} inserts nothing, and in the transaction that runs
 * it, so that the comparison costs no request.
 */
public enum ExpectedResult {
  ANY,
  ROWS,
  UPDATE_COUNT;

  /** Refuses a statement of the other kind: 42000. */
  public void check(boolean givesRows) {
    if (this == ROWS && !givesRows) {
      throw new EngineException(
          SqlState.INVALID_STATEMENT,
          "the statement gives no rows; call executeUpdate or execute instead of executeQuery");
    } else if (this == UPDATE_COUNT && givesRows) {
      throw new EngineException(
          SqlState.INVALID_STATEMENT,
          "the statement gives rows; call executeQuery or execute instead of executeUpdate");
    }
  }
}
