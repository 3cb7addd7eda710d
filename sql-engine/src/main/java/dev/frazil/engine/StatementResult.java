package dev.frazil.engine;

/** What a statement gave. */
public sealed interface StatementResult {
  /** Rows to pull; close the cursor. */
  record Rows(ResultCursor cursor) implements StatementResult {}

  /** Rows inserted, updated and deleted; 0 for DDL. */
  record UpdateCount(long rows) implements StatementResult {}
}
