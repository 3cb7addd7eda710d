package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.PropertyUtil;

/** Tables whose files may be those of another table as well: nothing is deleted there. */
final class SharedFolders {
  private SharedFolders() {}

  /** 55000 for a table that says so itself, or in whose folder another one lies. */
  static void refuse(DatabaseRoot root, TableIdentifier identifier, Table table) {
    boolean owns =
        PropertyUtil.propertyAsBoolean(
            table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
    if (!owns) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the table "
              + identifier
              + " has the property gc.enabled = false: its files may be those of other tables, and"
              + " none is deleted");
    }
    root.relations()
        .forEach(
            (other, pointer) -> {
              if (!other.equals(identifier)
                  && FileNames.isWithin(pointer.metadataLocation(), table.location())) {
                throw new EngineException(
                    SqlState.OBJECT_NOT_IN_STATE,
                    "the folder of the table "
                        + identifier
                        + " holds files of "
                        + other
                        + " as well: none is deleted");
              }
            });
  }
}
