package dev.frazil.plan;

import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.parser.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What RETURNING knows of its statement: the tables beside the target, and what happens to rows.
 *
 * @param alias the name of the target
 * @param tables the others as they stand in the statement; null for none
 * @param first whether their columns come before those of the target
 * @param happens what becomes of every row; null where each row has an action of its own
 * @param ofMerge whether it is a MERGE, not an upsert
 */
record FurtherTables(
    String alias,
    @Nullable Slice tables,
    boolean first,
    @Nullable RowAction happens,
    boolean ofMerge) {

  /** Those of a statement that does the same to every row. */
  static FurtherTables behind(String alias, @Nullable Slice tables, RowAction happens) {
    return new FurtherTables(alias, tables, false, happens, false);
  }
}
