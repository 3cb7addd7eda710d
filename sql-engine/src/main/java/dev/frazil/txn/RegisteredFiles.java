package dev.frazil.txn;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/** Files of a table that a statement gives a name: they belong to one table only. */
final class RegisteredFiles {
  private RegisteredFiles() {}

  /** 55000 where a table of the database, or of the transaction, has the same identity. */
  static void requireNobodyElse(
      TableMetadata metadata, DatabaseRoot root, Map<TableIdentifier, TableWork> works) {
    root.relations().forEach((other, found) -> requireOther(metadata, other, found.uuid()));
    works.forEach(
        (other, work) -> requireOther(metadata, other, work.operations().current().uuid()));
  }

  private static void requireOther(TableMetadata metadata, TableIdentifier other, String uuid) {
    if (uuid.equals(metadata.uuid())) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the metadata file "
              + metadata.metadataFileLocation()
              + " is of the table "
              + other
              + ", which the database has: two names for the same files would delete those of each"
              + " other");
    }
  }
}
