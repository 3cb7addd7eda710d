package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.TableLocations;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.PropertyUtil;

/** Tables whose files may be those of another table as well: nothing is deleted there. */
final class SharedFolders {
  /** Properties that put the files of a table elsewhere; old names among them. */
  private static final List<String> FOLDERS =
      List.of(
          TableProperties.WRITE_DATA_LOCATION,
          TableProperties.WRITE_METADATA_LOCATION,
          "write.object-storage.path",
          "write.folder-storage.path");

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
              // Whatever the table is called within a transaction that renamed it.
              if (!pointer.uuid().equals(table.uuid().toString())
                  && FileNames.isWithin(pointer.metadataLocation(), table.location())) {
                throw shared(identifier, table.location(), other.toString());
              }
            });
  }

  /**
   * 55000 for a folder of a table in which the database, or another of its tables, keeps files:
   * where these are is for the properties of that table to say.
   */
  static void refuseOthersIn(
      String folder, DatabaseCatalog catalog, DatabaseRoot root, TableIdentifier identifier) {
    // In a Hadoop warehouse the folder of a new table is that of the table of its name.
    if (catalog.commitsTogether()
        && FileNames.isWithin(catalog.newTableLocation(identifier), folder)) {
      throw shared(identifier, folder, "the database");
    }
    root.relations()
        .forEach(
            (other, pointer) -> {
              if (other.equals(identifier)) {
                return;
              }
              boolean meets =
                  pointer.kind() == TablePointer.Kind.TABLE
                      ? meets(folder, catalog.metadata(other, pointer))
                      : FileNames.isWithin(pointer.metadataLocation(), folder);
              if (meets) {
                throw shared(identifier, folder, other.toString());
              }
            });
  }

  private static boolean meets(String folder, TableMetadata other) {
    if (FileNames.isWithin(other.location(), folder)
        || FileNames.isWithin(other.metadataFileLocation(), folder)) {
      return true;
    }
    List<String> written = new ArrayList<>(List.of(TableLocations.metadataFolder(other)));
    FOLDERS.forEach(
        property -> {
          String location = other.properties().get(property);
          if (location != null) {
            written.add(location);
          }
        });
    // Without properties its data is next to its metadata.
    written.add(FileNames.exact(other.location()) + "/data");
    return written.stream()
        .anyMatch(
            location ->
                FileNames.isWithin(location, folder) || FileNames.isWithin(folder, location));
  }

  private static EngineException shared(TableIdentifier identifier, String folder, String other) {
    return new EngineException(
        SqlState.OBJECT_NOT_IN_STATE,
        "the folder "
            + folder
            + " of the table "
            + identifier
            + " holds files of "
            + other
            + " as well: none is deleted");
  }
}
