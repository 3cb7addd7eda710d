package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.sql.SqlConnections;
import dev.frazil.catalog.sql.SqlPointerStore;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs, against a JDBC catalog of ours in SQLite. */
@Tag("slow")
class JdbcCatalogSuiteTest extends CatalogTests<BucketCatalog> {
  @TempDir Path folder;
  private ObjectStore store;
  private DatabaseCatalog database;
  private BucketCatalog catalog;

  @BeforeEach
  void open() {
    // The suite also creates tables at file:/tmp.
    store =
        new GuardedObjectStore(
            new FileObjectStore(TimeSource.system(), Ids.system()),
            LocationGuard.allowing(List.of(folder.toString(), "/tmp")),
            false);
    catalog = initCatalog("frazil", Map.of());
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
    database.close();
  }

  @Override
  protected BucketCatalog catalog() {
    return catalog;
  }

  @Override
  protected BucketCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("warehouse", folder.toString());
    all.put("table-default.default-key1", "catalog-default-key1");
    all.put("table-default.default-key2", "catalog-default-key2");
    all.put("table-default.override-key3", "catalog-default-key3");
    all.put("table-override.override-key3", "catalog-override-key3");
    all.put("table-override.override-key4", "catalog-override-key4");
    all.putAll(properties);
    String url = "jdbc:sqlite:" + folder.resolve("catalog.db");
    database =
        Databases.open(
            new SqlPointerStore(SqlConnections.of(url, new Properties(), 10_000), url, "suite"),
            store,
            folder.toString(),
            10_000);
    return new BucketCatalog(database, name, all);
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsNestedNamespaces() {
    return true;
  }

  /** The layout puts dots between levels. */
  @Override
  protected boolean supportsNamesWithDot() {
    return false;
  }

  /** As the suite's own, except that files are deleted through the store: our FileIO never does. */
  @Test
  @Override
  public void testLoadTableWithMissingMetadataFile(@TempDir Path unused) {
    catalog.createNamespace(TBL.namespace());
    var table = catalog.buildTable(TBL, SCHEMA).create();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    store.delete(List.of(metadata));
    assertThatThrownBy(() -> initCatalog("fresh", Map.of()).loadTable(TBL))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(metadata);
  }
}
