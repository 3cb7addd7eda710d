package dev.frazil.plan.parser;

import java.util.Set;

/**
 * LIKE of CREATE TABLE: the columns of another table.
 *
 * @param table the other one
 * @param parts what else is taken over
 * @param whole whether the table is made like the other one as a whole, {@code CREATE TABLE t LIKE
 *     u}, partitioning and sort order included; false for an element among columns
 * @param position how many columns of the statement stand before it
 */
public record LikeClause(TableName table, Set<Part> parts, boolean whole, int position) {
  public LikeClause {
    parts = Set.copyOf(parts);
  }

  /** What INCLUDING and EXCLUDING name. */
  public enum Part {
    COMMENTS,
    /** DEFAULT of columns. */
    DEFAULTS,
    /** PRIMARY KEY, UNIQUE and CHECK. */
    CONSTRAINTS,
    /** Table properties, and with them partitioning, sort order and format version. */
    PROPERTIES
  }
}
