package dev.frazil.jdbc;

import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The single place where a failure becomes a {@code SQLException}: its class follows from the
 * SQLState, since pools and frameworks decide by class whether to retry.
 */
final class SqlExceptions {
  private SqlExceptions() {}

  static SQLException of(EngineException failure) {
    if (failure instanceof CommitOutcomeUnknownException unknown) {
      return new UnknownCommitOutcomeException(
          unknown.getMessage(),
          failure.state().code(),
          unknown.commitId(),
          unknown.token(),
          unknown);
    }
    String message = String.valueOf(failure.getMessage());
    return failure.isPassing()
        ? new SQLTransientConnectionException(message, failure.state().code(), failure)
        : of(failure.state(), message, failure);
  }

  static SQLException of(SqlState state, String message) {
    return of(state, message, null);
  }

  static SQLException of(SqlState state, String message, @Nullable Throwable cause) {
    String code = state.code();
    return switch (state) {
      case CONNECTION_FAILURE,
          CONNECTION_CLOSED,
          CONNECTION_REJECTED,
          TRANSACTION_RESOLUTION_UNKNOWN ->
          new SQLNonTransientConnectionException(message, code, cause);
      case FEATURE_NOT_SUPPORTED -> new SQLFeatureNotSupportedException(message, code, cause);
      case BAD_FILE_FORMAT,
          CARDINALITY_VIOLATION,
          DATA_EXCEPTION,
          STRING_TOO_LONG,
          NUMERIC_OUT_OF_RANGE,
          INVALID_DATETIME_FORMAT,
          DATETIME_OVERFLOW,
          DIVISION_BY_ZERO,
          INVALID_CAST,
          INVALID_PARAMETER_VALUE,
          INVALID_ESCAPE_SEQUENCE,
          INVALID_FRAME_OFFSET,
          INVALID_JSON_TEXT,
          INVALID_NTH_VALUE_ARGUMENT,
          INVALID_NTILE_ARGUMENT,
          INVALID_REGULAR_EXPRESSION ->
          new SQLDataException(message, code, cause);
      case NOT_NULL_VIOLATION, CHECK_VIOLATION, UNIQUE_VIOLATION ->
          new SQLIntegrityConstraintViolationException(message, code, cause);
      case INVALID_AUTHORIZATION -> new SQLInvalidAuthorizationSpecException(message, code, cause);
      case SERIALIZATION_FAILURE -> new SQLTransactionRollbackException(message, code, cause);
      case SCHEMA_NOT_FOUND,
          SYNTAX_ERROR,
          UNDEFINED_FUNCTION,
          INDETERMINATE_DATATYPE,
          UNDEFINED_COLUMN,
          UNDEFINED_TABLE,
          INVALID_TABLE_DEFINITION,
          DUPLICATE_TABLE,
          DUPLICATE_SCHEMA,
          WRONG_OBJECT_TYPE,
          INVALID_OBJECT_DEFINITION,
          DUPLICATE_COLUMN,
          AMBIGUOUS_COLUMN,
          DATATYPE_MISMATCH,
          GROUPING_ERROR,
          INVALID_COLUMN_REFERENCE,
          WINDOWING_ERROR,
          UNDEFINED_OBJECT,
          DUPLICATE_OBJECT,
          INVALID_STATEMENT ->
          new SQLSyntaxErrorException(message, code, cause);
      case DISK_FULL, OUT_OF_MEMORY -> new SQLTransientException(message, code, cause);
      case INVALID_TRANSACTION_STATE,
          ACTIVE_TRANSACTION,
          INVALID_SAVEPOINT,
          READ_ONLY_TRANSACTION,
          DEPENDENT_OBJECTS_EXIST,
          LIMIT_EXCEEDED,
          OBJECT_NOT_IN_STATE,
          LOCATION_REFUSED,
          DATA_CORRUPTED,
          INTERNAL_ERROR ->
          new SQLNonTransientException(message, code, cause);
      case QUERY_CANCELED, IO_ERROR -> new SQLException(message, code, cause);
    };
  }

  /** The form of 57014 that says that time, not a user, ended the statement. */
  static SQLTimeoutException timeout(String message, @Nullable Throwable cause) {
    return new SQLTimeoutException(message, SqlState.QUERY_CANCELED.code(), cause);
  }

  /** An {@code 0A000} that names the construct. */
  static SQLFeatureNotSupportedException unsupported(String construct) {
    return new SQLFeatureNotSupportedException(
        construct + " is not supported by Frazil", SqlState.FEATURE_NOT_SUPPORTED.code());
  }

  static SQLException connectionClosed() {
    return of(SqlState.CONNECTION_CLOSED, "the connection is closed");
  }

  /**
   * Something of a connection is closed, which says nothing about the connection: pools throw one
   * away on any state of class 08.
   */
  static SQLException closed(String what) {
    return of(SqlState.OBJECT_NOT_IN_STATE, "the " + what + " is closed");
  }

  static SQLException invalid(String message) {
    return of(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  /** Calls the engine; whatever it throws leaves as a {@code SQLException}. */
  static <T extends @Nullable Object> T call(Supplier<T> work) throws SQLException {
    try {
      return work.get();
    } catch (EngineException e) {
      throw of(e);
    } catch (StackOverflowError e) {
      throw of(
          SqlState.LIMIT_EXCEEDED,
          "the statement is nested too deeply; split it into several statements",
          e);
    } catch (OutOfMemoryError e) {
      throw of(
          SqlState.OUT_OF_MEMORY,
          "the heap of the JVM is used up; raise -Xmx, or lower memoryLimit so that statements"
              + " spill earlier",
          e);
    } catch (RuntimeException | LinkageError | AssertionError | InternalError e) {
      throw of(
          SqlState.INTERNAL_ERROR, "unexpected failure inside Frazil, please report it: " + e, e);
    }
  }

  /** Like {@link #call} for work without a result. */
  static void run(Runnable work) throws SQLException {
    SqlExceptions.<@Nullable Void>call(
        () -> {
          work.run();
          return null;
        });
  }
}
