package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DroppedTable;
import dev.frazil.catalog.TableLocations;
import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectInfo;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Deletes the files of a table that was dropped with PURGE, after the commit: those that its last
 * state reaches, within the folders that it wrote to. Files that it only took in stay. Stateless.
 */
public final class TablePurge {
  private TablePurge() {}

  /** 55000 for a table that says that its files are not its own, or in whose folder others lie. */
  public static void requireOwn(DatabaseRoot root, TableIdentifier identifier, Table table) {
    SharedFolders.refuse(root, identifier, table);
  }

  /** To be called when the drop is known to be committed. */
  public static void run(DatabaseCatalog catalog, DroppedTable dropped, QueryContext context) {
    TableMetadata metadata = catalog.metadata(dropped.identifier(), dropped.pointer());
    List<String> folders = new ArrayList<>(List.of(metadata.location()));
    for (String property :
        List.of(TableProperties.WRITE_DATA_LOCATION, TableProperties.WRITE_METADATA_LOCATION)) {
      String folder = metadata.properties().get(property);
      if (folder != null) {
        folders.add(folder);
      }
    }
    try (ReachableFiles reached = new ReachableFiles(catalog.io(), context)) {
      for (Snapshot snapshot : metadata.snapshots()) {
        reached.add(snapshot, metadata.specsById());
      }
      reached.addStatistics(metadata);
      reached.addMetadataFiles(metadata);
      // Rows before what names them: a purge that ends half-way can be told from a whole table.
      for (Map.Entry<FileKind, Set<String>> files : reached.locations().entrySet()) {
        Set<String> own = new LinkedHashSet<>();
        for (String location : files.getValue()) {
          if (folders.stream().anyMatch(folder -> FileNames.isWithin(location, folder))) {
            own.add(FileNames.exact(location));
          }
        }
        if (files.getKey() == FileKind.METADATA) {
          addAll(own, FileNames.exact(TableLocations.metadataFolder(metadata)), catalog, metadata);
        }
        FileDeletion.delete(catalog.store(), own, context.cancellation());
      }
    }
  }

  /** Metadata that no log names any more, and the hint for readers; the folder is the table's. */
  private static void addAll(
      Set<String> own, String listed, DatabaseCatalog catalog, TableMetadata metadata) {
    if (!FileNames.isWithin(listed, metadata.location())) {
      return;
    }
    Iterator<ObjectInfo> objects = catalog.store().list(listed + "/");
    while (objects.hasNext()) {
      own.add(objects.next().location());
    }
  }
}
