package dev.frazil.jdbc;

import dev.frazil.config.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of one table, as in {@code table:/folder/of/table} and {@code
 * table:s3://bucket/table/metadata/v3.metadata.json}: its folder, or one of its metadata files.
 */
final class TableLocation {
  private static final List<String> METADATA_FILES = List.of(".metadata.json", ".metadata.json.gz");

  private TableLocation() {}

  /**
   * @param place a folder or a place in a bucket; 22023 for another
   */
  static Warehouse.SingleTable of(@Nullable Warehouse place) throws SQLException {
    String path;
    if (place instanceof Warehouse.LocalFolder local) {
      path = local.path();
    } else if (place instanceof Warehouse.S3Prefix bucket) {
      path = bucket.prefix();
    } else {
      throw invalid();
    }
    String metadataFile = null;
    if (METADATA_FILES.stream().anyMatch(path::endsWith)) {
      metadataFile = place.location();
      path = parent(path);
      if (path.equals("metadata") || path.endsWith("/metadata")) {
        path = parent(path);
      }
    }
    if (place instanceof Warehouse.S3Prefix bucket) {
      return new Warehouse.SingleTable(new Warehouse.S3Prefix(bucket.bucket(), path), metadataFile);
    }
    if (path.isEmpty() || path.equals("/")) {
      throw invalid();
    }
    return new Warehouse.SingleTable(new Warehouse.LocalFolder(path), metadataFile);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static SQLException invalid() {
    return SqlExceptions.invalid(
        "one table is written jdbc:iceberg:table:/folder/of/table, or"
            + " jdbc:iceberg:table:/folder/of/table/metadata/v3.metadata.json, each also with"
            + " s3://bucket/...");
  }
}
