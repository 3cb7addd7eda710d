package dev.frazil.catalog;

import dev.frazil.catalog.sql.SqlConnections;
import dev.frazil.catalog.sql.SqlPointerStore;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs of views, against a JDBC catalog of ours in SQLite. */
@Tag("slow")
class JdbcCatalogViewSuiteTest extends ViewCatalogTests<BucketCatalog> {
  @TempDir Path folder;
  private DatabaseCatalog database;
  private BucketCatalog catalog;

  @BeforeEach
  void open() {
    String url = "jdbc:sqlite:" + folder.resolve("catalog.db");
    database =
        Databases.open(
            new SqlPointerStore(SqlConnections.of(url, new Properties(), 10_000), url, "suite"),
            new GuardedObjectStore(
                new FileObjectStore(TimeSource.system(), Ids.system()),
                LocationGuard.allowing(List.of(folder.toString(), "/tmp")),
                false),
            folder.toString(),
            10_000);
    Map<String, String> all = new HashMap<>();
    all.put("view-default.key1", "catalog-default-key1");
    all.put("view-default.key2", "catalog-default-key2");
    all.put("view-default.key3", "catalog-default-key3");
    all.put("view-override.key3", "catalog-override-key3");
    all.put("view-override.key4", "catalog-override-key4");
    catalog = new BucketCatalog(database, "frazil", all);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected BucketCatalog catalog() {
    return catalog;
  }

  @Override
  protected Catalog tableCatalog() {
    return catalog;
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }
}
