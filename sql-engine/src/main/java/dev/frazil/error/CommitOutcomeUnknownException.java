package dev.frazil.error;

import org.jspecify.annotations.Nullable;

/**
 * SQLState 08007: a commit was sent and neither success nor failure could be learnt. Nothing was
 * deleted. Looking up {@link #commitId()} in the database later tells which it was.
 */
public final class CommitOutcomeUnknownException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final String commitId;
  private final @Nullable String token;

  /**
   * @param token the idempotency token of the commit, null if it has none
   */
  public CommitOutcomeUnknownException(
      String commitId, @Nullable String token, String message, Throwable cause) {
    super(SqlState.TRANSACTION_RESOLUTION_UNKNOWN, message, cause);
    this.commitId = commitId;
    this.token = token;
  }

  /** The idempotency token under which the commit was sent, if any. */
  public @Nullable String token() {
    return token;
  }

  /** The id that stands in the root object if the commit landed. */
  public String commitId() {
    return commitId;
  }
}
