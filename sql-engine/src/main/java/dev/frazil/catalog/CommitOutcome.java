package dev.frazil.catalog;

/** How a commit ended. Exactly one of these is true, and the caller must handle each. */
public sealed interface CommitOutcome {

  /**
   * The commit is in the database.
   *
   * @param snapshot a read point that holds it
   */
  record Applied(DatabaseSnapshot snapshot) implements CommitOutcome {}

  /**
   * A commit of the same idempotency token is in the database; this one changed nothing.
   *
   * @param snapshot a read point that holds the earlier one
   * @param commitId the id of the earlier commit
   */
  record AlreadyApplied(DatabaseSnapshot snapshot, String commitId) implements CommitOutcome {}

  /**
   * The commit is not in the database and never will be: something that it relies on moved.
   *
   * @param snapshot where the database stands now, to rebase on
   * @param reason what moved
   */
  record Moved(DatabaseSnapshot snapshot, String reason) implements CommitOutcome {}

  /**
   * The commit may or may not be in the database; nothing may be deleted.
   *
   * @param commitId what to look for later
   * @param cause the last failure
   */
  record Unknown(String commitId, Throwable cause) implements CommitOutcome {}
}
