package dev.frazil.txn;

/** What is checked before a transaction is rebased. A test turns one off at a time. */
enum ConflictRule {
  /** A table that was dropped and created again is another table. */
  IDENTITY,
  /** The columns of a written table are as they were. */
  SCHEMA,
  /**
   * Nobody changed the definition of a table that is altered, or the constraints of a written one.
   */
  DEFINITION,
  /** Data files that new delete files point into are still there. */
  REFERENCED_FILES,
  /** Nobody else deleted rows of the same data files. */
  DELETE_FILES,
  /** Nobody removed, or deleted rows of, files that a compaction wrote anew. */
  REWRITTEN_FILES,
  /** Nobody changed a table that was truncated. */
  EXCLUSIVE,
  /** Nobody else wrote one of the keys that this transaction wrote. */
  KEYS,
  /** Under SERIALIZABLE, nobody changed the rows of a written table that were read. */
  READS_OF_WRITTEN,
  /** Under SERIALIZABLE, nobody changed the rows of other tables that were read. */
  READS_OF_OTHERS,
  /** Under SERIALIZABLE, names that were looked up or listed belong to the same tables, or none. */
  NAMES
}
