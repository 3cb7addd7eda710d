package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs, against a database in a local folder. */
class BucketCatalogTest extends CatalogTests<BucketCatalog> {
  @TempDir Path folder;
  private ObjectStore store;
  private BucketCatalog catalog;

  @BeforeEach
  void open() {
    store = store(folder);
    catalog = initCatalog("frazil", Map.of());
    // The suite expects a catalog without any namespace.
    catalog.dropNamespace(DatabaseRoot.MAIN);
  }

  private static ObjectStore store(Path folder) {
    // The suite also creates tables at file:/tmp.
    return new GuardedObjectStore(
        new FileObjectStore(TimeSource.system(), Ids.system()),
        LocationGuard.allowing(List.of(folder.toString(), "/tmp")),
        false);
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
    return new BucketCatalog(Databases.open(store, folder.toString(), 10_000), name, all);
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsNestedNamespaces() {
    return true;
  }

  /** As the suite's own, except that files are deleted through the store: our FileIO never does. */
  @Test
  @Override
  public void testLoadTableWithMissingMetadataFile(@TempDir Path unused) {
    catalog.createNamespace(TBL.namespace());
    var table = catalog.buildTable(TBL, SCHEMA).create();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    store.delete(List.of(metadata));
    assertThat(catalog.tableExists(TBL)).as("known in memory").isTrue();
    assertThatThrownBy(() -> initCatalog("fresh", Map.of()).loadTable(TBL))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(metadata);
  }
}
