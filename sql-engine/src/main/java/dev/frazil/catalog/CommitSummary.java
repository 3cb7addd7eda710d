package dev.frazil.catalog;

/**
 * What a commit leaves in the summaries of its snapshots, so that it is known again there after an
 * unclear answer. Never changed: tables hold these names.
 */
public final class CommitSummary {
  /** The writer's own id of the commit. */
  public static final String COMMIT_ID = "frazil.commit-id";

  /** The idempotency token under which it was committed, if any. */
  public static final String TOKEN = "frazil.idempotency-token";

  /** The connection's {@code applicationName}, if any. */
  public static final String APPLICATION = "frazil.application-name";

  private CommitSummary() {}
}
