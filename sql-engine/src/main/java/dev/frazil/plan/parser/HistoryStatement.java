package dev.frazil.plan.parser;

import dev.frazil.plan.parser.TravelledTable.Version;
import org.jspecify.annotations.Nullable;

/** A statement about what the database was earlier; names unresolved. */
public sealed interface HistoryStatement {

  /**
   * SHOW DATABASE HISTORY.
   *
   * @param limit null for ALL
   */
  record ShowHistory(@Nullable Integer limit) implements HistoryStatement {}

  /**
   * SHOW DROPPED TABLES.
   *
   * @param schema null for all
   * @param pattern as of {@link ParsedStatement.Show}
   */
  record ShowDropped(@Nullable TableName schema, @Nullable String pattern)
      implements HistoryStatement {}

  /**
   * UNDROP TABLE.
   *
   * @param newName null for the name that it had
   */
  record Undrop(TableName table, @Nullable TableName newName) implements HistoryStatement {}

  /** RESTORE DATABASE TO. */
  record Restore(Version moment, int offset) implements HistoryStatement {}
}
