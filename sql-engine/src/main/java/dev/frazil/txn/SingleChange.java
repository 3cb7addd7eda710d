package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.RootChange;
import dev.frazil.error.EngineException;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** The rule of a database that commits one table or one schema at a time. Stateless. */
final class SingleChange {
  private SingleChange() {}

  /**
   * 0A000 where the database commits one at a time, and the transaction has changed another one; or
   * several tables that are there already, and it has changed something else.
   *
   * @param own the table that is about to be changed; null for what must be the only change
   */
  static void require(
      DatabaseCatalog catalog, TransactionTables tables, @Nullable TableIdentifier own) {
    if (catalog.commitsTogether()) {
      return;
    }
    if (tables.views().changed()) {
      throw refused(catalog, "a view");
    }
    boolean severalTables = own != null && catalog.commitsTablesTogether();
    for (TableWork work : tables.changedTables()) {
      boolean isThere = !work.isNew() && !work.isRenamed();
      boolean fits = work.identifier().equals(own) ? !work.isRenamed() : severalTables && isThere;
      if (!fits) {
        throw refused(catalog, work.identifier().toString());
      }
    }
    for (RootChange change : tables.definitionChanges()) {
      if (change instanceof RootChange.DropRelation drop && !drop.identifier().equals(own)) {
        throw refused(catalog, drop.identifier().toString());
      } else if (change instanceof RootChange.CreateNamespace create) {
        throw refused(catalog, text(create.namespace()));
      } else if (change instanceof RootChange.DropNamespace drop) {
        throw refused(catalog, text(drop.namespace()));
      } else if (change instanceof RootChange.ReplaceProperties replace) {
        throw refused(catalog, text(replace.namespace()));
      }
    }
  }

  /** 0A000 where the database commits one at a time, and the transaction has changed any other. */
  static void requireAlone(
      DatabaseCatalog catalog, TransactionTables tables, TableIdentifier dropped) {
    require(catalog, tables, dropped);
    if (!catalog.commitsTogether()) {
      for (TableWork work : tables.changedTables()) {
        if (!work.identifier().equals(dropped)) {
          throw refused(catalog, work.identifier().toString());
        }
      }
    }
  }

  /** 0A000 where a table's name is the folder that it stands in, or changes by itself only. */
  static void requireNames(DatabaseCatalog catalog, TransactionTables tables) {
    if (!catalog.renames()) {
      throw EngineException.unsupported("RENAME of a table in " + catalog.description());
    }
    require(catalog, tables, null);
  }

  private static String text(Namespace schema) {
    return "the schema " + schema;
  }

  private static EngineException refused(DatabaseCatalog catalog, String changed) {
    return EngineException.unsupported(
        "a commit of several tables or schemas in "
            + catalog.description()
            + ", where each table has commits of its own (this transaction has changed "
            + changed
            + " already: COMMIT that first),");
  }
}
