package dev.frazil.catalog.sql;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Locale;
import java.util.Set;

/** What the exceptions of JDBC drivers say. Not all set an SQLState. Stateless. */
final class SqlFailures {
  /** SQLITE_BUSY and SQLITE_LOCKED; H2's time-out of a lock, and MySQL's. */
  private static final Set<Integer> LOCKED = Set.of(5, 6, 50_200, 1205, 1213);

  private SqlFailures() {}

  /** A row of that key is there. */
  static boolean isDuplicate(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof SQLIntegrityConstraintViolationException
        || state(failure).startsWith("23")
        || message.contains("constraint failed");
  }

  /** The server rolled the transaction back, or did not get it: it may be tried again. */
  static boolean isPassing(SQLException failure) {
    String state = state(failure);
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("55P03")
        || LOCKED.contains(failure.getErrorCode());
  }

  /** The server says, at the end of a transaction, that it was rolled back. */
  static boolean isRolledBack(SQLException failure) {
    String state = state(failure);
    return state.startsWith("40") && !state.equals("40003");
  }

  /** As an exception of ours. */
  static EngineException of(SQLException failure) {
    String state = state(failure);
    if (state.startsWith("28") || state.equals("42501")) {
      return new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "the server of the JDBC catalog refused: " + firstLine(failure),
          failure);
    }
    if (state.equals("08001") && String.valueOf(failure.getMessage()).contains("suitable driver")) {
      return new EngineException(
          SqlState.CONNECTION_FAILURE,
          "no JDBC driver on the class path takes the URL of the catalog: add the driver of that"
              + " database",
          failure);
    }
    return isPassing(failure)
        ? EngineException.passing(
            SqlState.CONNECTION_FAILURE,
            "the server of the JDBC catalog did not answer: " + firstLine(failure),
            failure)
        : new EngineException(
            SqlState.IO_ERROR,
            "the server of the JDBC catalog refused: " + firstLine(failure),
            failure);
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
