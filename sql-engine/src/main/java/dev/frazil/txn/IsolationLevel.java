package dev.frazil.txn;

/** What a transaction is protected from. There is nothing weaker. */
public enum IsolationLevel {
  /**
   * All reads see one snapshot of the database; a commit fails (40001) when another one changed the
   * same rows first.
   */
  SNAPSHOT,
  /**
   * As {@link #SNAPSHOT}, and a commit that wrote also fails when another one changed what was only
   * read: the outcome equals some order in which the transactions ran one after the other.
   */
  SERIALIZABLE
}
