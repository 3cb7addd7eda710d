package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.TableLocations;
import dev.frazil.storage.LocationGuard;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where a client may put a table and its files: within the warehouse (58P02, 403). Anywhere else
 * nobody who comes by Frazil could read it, and a client could have the server read or write what
 * is not the database's. Thread-safe.
 */
final class Places {
  private final DatabaseCatalog catalog;
  private final LocationGuard guard;

  Places(DatabaseCatalog catalog, LocationGuard guard) {
    this.catalog = catalog;
    this.guard = guard;
  }

  /** A folder that a client chose, as the database spells it. */
  String forNewTable(String location) {
    guard.check(location);
    return catalog.chosenTableLocation(location);
  }

  /** A folder for a view, which holds its metadata only. */
  String forView(String location) {
    guard.check(location);
    return location;
  }

  /** Checks where the metadata of a view is to stand. */
  void check(ViewMetadata metadata) {
    guard.check(metadata.location());
    String folder = metadata.properties().get(ViewProperties.WRITE_METADATA_LOCATION);
    if (folder != null) {
      guard.check(folder);
    }
  }

  /**
   * Checks what is new in the metadata of a table.
   *
   * @param before what was checked when it came; null for a new table
   */
  void check(TableMetadata metadata, @Nullable TableMetadata before) {
    guard.check(metadata.location());
    guard.check(TableLocations.metadataFolder(metadata));
    for (String property :
        new String[] {
          TableProperties.WRITE_DATA_LOCATION,
          "write.object-storage.path",
          "write.folder-storage.path"
        }) {
      String place = metadata.properties().get(property);
      if (place != null) {
        guard.check(place);
      }
    }
    for (Snapshot snapshot : metadata.snapshots()) {
      if (before == null || before.snapshot(snapshot.snapshotId()) == null) {
        String manifests = snapshot.manifestListLocation();
        if (manifests != null) {
          guard.check(manifests);
        }
      }
    }
    for (StatisticsFile file : metadata.statisticsFiles()) {
      guard.check(file.path());
    }
    for (PartitionStatisticsFile file : metadata.partitionStatisticsFiles()) {
      guard.check(file.path());
    }
  }
}
