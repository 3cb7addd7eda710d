package dev.frazil.txn;

import org.jspecify.annotations.Nullable;

/**
 * How a commit ended that did not fail.
 *
 * @param commitId the id of the commit in the root; null when there was nothing to commit
 * @param alreadyApplied a commit of the same idempotency token was there before: this transaction
 *     changed nothing
 */
public record CommitResult(@Nullable String commitId, boolean alreadyApplied) {}
