package dev.frazil.plan;

import dev.frazil.catalog.DatabaseMoment;
import java.util.function.Predicate;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** A statement about what the database was earlier. */
public sealed interface HistoryRequest {

  /**
   * SHOW DATABASE HISTORY.
   *
   * @param limit how many versions at most
   */
  record ShowHistory(int limit) implements HistoryRequest {}

  /**
   * SHOW DROPPED TABLES.
   *
   * @param schema null for all
   * @param names which tables, by their names
   */
  record ShowDropped(@Nullable Namespace schema, Predicate<String> names)
      implements HistoryRequest {}

  /**
   * UNDROP TABLE.
   *
   * @param table that it was
   * @param newName that it gets
   */
  record Undrop(TableIdentifier table, TableIdentifier newName) implements HistoryRequest {}

  /** RESTORE DATABASE. */
  record Restore(DatabaseMoment moment) implements HistoryRequest {}
}
