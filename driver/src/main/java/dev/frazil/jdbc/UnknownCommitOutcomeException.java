package dev.frazil.jdbc;

import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * SQLState 08007: a commit was sent and neither success nor failure could be learnt. It is
 * non-transient so that nothing retries blindly. {@link #commitId()} names the commit: running the
 * unit of work again under the same idempotency token applies it at most once.
 */
public final class UnknownCommitOutcomeException extends SQLNonTransientConnectionException {
  private static final long serialVersionUID = 1L;

  private final String commitId;
  private final @Nullable String idempotencyToken;

  UnknownCommitOutcomeException(
      @Nullable String message,
      String state,
      String commitId,
      @Nullable String idempotencyToken,
      Throwable cause) {
    super(message, state, cause);
    this.commitId = commitId;
    this.idempotencyToken = idempotencyToken;
  }

  /**
   * The token under which the commit was sent, null without one. {@link
   * FrazilConnection#findCommit} tells what became of it.
   */
  public @Nullable String idempotencyToken() {
    return idempotencyToken;
  }

  /** The id that stands in the database's root if the commit landed. */
  public String commitId() {
    return commitId;
  }
}
