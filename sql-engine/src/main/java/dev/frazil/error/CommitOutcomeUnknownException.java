package dev.frazil.error;

/**
 * SQLState 08007: a commit was sent and neither success nor failure could be learnt. Nothing was
 * deleted. Looking up {@link #commitId()} in the database later tells which it was.
 */
public final class CommitOutcomeUnknownException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final String commitId;

  public CommitOutcomeUnknownException(String commitId, String message, Throwable cause) {
    super(SqlState.TRANSACTION_RESOLUTION_UNKNOWN, message, cause);
    this.commitId = commitId;
  }

  /** The id that stands in the root object if the commit landed. */
  public String commitId() {
    return commitId;
  }
}
