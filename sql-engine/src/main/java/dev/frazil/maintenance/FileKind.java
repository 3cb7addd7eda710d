package dev.frazil.maintenance;

/** Kinds of file of a table, in the order in which the result of an expiry counts them. */
public enum FileKind {
  DATA,
  POSITION_DELETES,
  EQUALITY_DELETES,
  MANIFEST,
  MANIFEST_LIST,
  STATISTICS,
  /** A metadata file, which an expiry never deletes. */
  METADATA
}
