package dev.frazil.engine;

/** What a statement gave. */
public sealed interface StatementResult {
  /**
   * Rows to pull; close the cursor.
   *
   * @param changedRows how many rows a statement with RETURNING wrote or removed; -1 for a query
   */
  record Rows(ResultCursor cursor, long changedRows) implements StatementResult {
    /** The rows of a query. */
    public Rows(ResultCursor cursor) {
      this(cursor, -1);
    }
  }

  /** Rows inserted, updated and deleted; 0 for DDL. */
  record UpdateCount(long rows) implements StatementResult {}
}
