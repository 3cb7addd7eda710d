package dev.frazil.catalog.sql;

import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.StoreFileIO;
import dev.frazil.storage.TimeSource;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Iceberg's own JDBC catalog, as Spark and Trino have it, over files without Hadoop. */
final class IcebergJdbc {
  private IcebergJdbc() {}

  /** A catalog that is in the database, or made there. */
  static JdbcCatalog open(String url, String user, String name, String warehouse) {
    JdbcCatalog catalog =
        new JdbcCatalog(
            properties -> new StoreFileIO(new FileObjectStore(TimeSource.system(), Ids.system())),
            null,
            true);
    catalog.initialize(
        name,
        Map.of(
            "uri", url,
            "jdbc.user", user,
            "warehouse", warehouse,
            "jdbc.schema-version", "V1"));
    return catalog;
  }
}
