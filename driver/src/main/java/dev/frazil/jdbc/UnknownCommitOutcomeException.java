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

  UnknownCommitOutcomeException(
      @Nullable String message, String state, String commitId, Throwable cause) {
    super(message, state, cause);
    this.commitId = commitId;
  }

  /** The id that stands in the database's root if the commit landed. */
  public String commitId() {
    return commitId;
  }
}
