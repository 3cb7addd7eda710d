package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;

/** What does not fit the state that a session's transaction is in. */
final class TransactionFailures {
  private TransactionFailures() {}

  /** SET TRANSACTION in autocommit. */
  static EngineException nothingToSet() {
    return new EngineException(
        SqlState.INVALID_TRANSACTION_STATE,
        "SET TRANSACTION is about a transaction, and in autocommit none is open; START"
            + " TRANSACTION takes the same words, and SET SESSION CHARACTERISTICS AS TRANSACTION"
            + " sets them for all that follow");
  }

  /** SET TRANSACTION behind a statement. */
  static EngineException setTooLate() {
    return new EngineException(
        SqlState.ACTIVE_TRANSACTION,
        "SET TRANSACTION comes before the first statement of its transaction; COMMIT or ROLLBACK"
            + " this one first");
  }

  /** What is part of a transaction, in autocommit. */
  static EngineException noneOpen(String what) {
    return new EngineException(
        SqlState.INVALID_TRANSACTION_STATE,
        what + " a transaction, and in autocommit none is open; START TRANSACTION opens one");
  }
}
