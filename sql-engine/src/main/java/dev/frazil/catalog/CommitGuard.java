package dev.frazil.catalog;

/**
 * The mechanisms that keep a commit safe. All are on; a test turns one off at a time to show that
 * the suite would notice.
 */
public enum CommitGuard {
  /** The root is put only over the very root that the commit was built on. */
  CONDITION,
  /** After an unclear answer the writer looks for its own id in the root. */
  OWN_ID,
  /** A commit that may still land is never called failed. */
  UNKNOWN_STAYS_UNKNOWN,
  /** Pointers that a commit relies on are compared with the root that it lands on. */
  POINTERS,
  /** A token that was committed before is not committed again. */
  TOKEN,
  /** A version of a Hadoop table counts when no writer of Iceberg's can rename over it any more. */
  FOREIGN_WRITERS
}
