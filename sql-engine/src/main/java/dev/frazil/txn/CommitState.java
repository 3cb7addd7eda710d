package dev.frazil.txn;

import org.jspecify.annotations.Nullable;

/**
 * What became of the commits under an idempotency token.
 *
 * @param commitId the id of the one that is in the database; null if none is, and none that had
 *     been sent before the question can get there any more
 */
public record CommitState(@Nullable String commitId) {
  public boolean committed() {
    return commitId != null;
  }
}
