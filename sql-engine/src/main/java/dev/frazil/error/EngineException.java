package dev.frazil.error;

import org.jspecify.annotations.Nullable;

/**
 * The unchecked exception of the engine. The driver maps it once to a {@code java.sql.SQLException}
 * of the class that its {@link SqlState} calls for. The message names the table, file, column or
 * limit and what to do next, and never holds a secret.
 */
public sealed class EngineException extends RuntimeException permits CommitOutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  private final SqlState state;
  private final boolean passing;

  public EngineException(SqlState state, String message) {
    this(state, message, null);
  }

  public EngineException(SqlState state, String message, @Nullable Throwable cause) {
    this(state, message, cause, false);
  }

  private EngineException(
      SqlState state, String message, @Nullable Throwable cause, boolean passing) {
    super(message, cause);
    this.state = state;
    this.passing = passing;
  }

  /** A failure on the way to a store that may pass: the same call may succeed a little later. */
  public static EngineException passing(SqlState state, String message, Throwable cause) {
    return new EngineException(state, message, cause, true);
  }

  /** An {@code 0A000} that names the construct. */
  public static EngineException unsupported(String construct) {
    return new EngineException(
        SqlState.FEATURE_NOT_SUPPORTED, construct + " is not supported by Frazil");
  }

  /** An {@code XX000}: a defect of ours, never bad input. */
  public static EngineException internal(String message) {
    return new EngineException(SqlState.INTERNAL_ERROR, message);
  }

  /** An {@code XX000} with its cause, for what should never happen and did. */
  public static EngineException internal(String what, Throwable cause) {
    String message = cause.getMessage();
    return new EngineException(
        SqlState.INTERNAL_ERROR,
        what
            + " failed by an error inside Frazil; please report it with the statement and the stack"
            + " trace: "
            + cause.getClass().getSimpleName()
            + (message == null ? "" : ": " + message.lines().findFirst().orElse("")),
        cause);
  }

  public SqlState state() {
    return state;
  }

  /** Whether the same call may succeed a little later, with nothing changed. */
  public boolean isPassing() {
    return passing;
  }
}
