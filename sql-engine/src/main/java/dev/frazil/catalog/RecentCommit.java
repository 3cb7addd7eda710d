package dev.frazil.catalog;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the root's ring of recent commits: what a writer looks for after an unclear answer.
 *
 * @param version the version of the root that this commit made
 * @param commitId the writer's own id
 * @param token the idempotency token under which it was committed, if any
 */
public record RecentCommit(long version, String commitId, @Nullable String token) {}
