package dev.frazil.plan.parser;

/** What CREATE TABLE does where there is a table of the name, or none. */
public enum TableMode {
  /** CREATE TABLE: there must be none. */
  CREATE,
  /** CREATE TABLE IF NOT EXISTS: the one that is there stays. */
  IF_NOT_EXISTS,
  /** CREATE OR REPLACE TABLE: the one that is there is made anew. */
  OR_REPLACE,
  /** REPLACE TABLE: there must be one, which is made anew. */
  REPLACE;

  /** Whether a table that is there is made anew. */
  public boolean replaces() {
    return this == OR_REPLACE || this == REPLACE;
  }
}
