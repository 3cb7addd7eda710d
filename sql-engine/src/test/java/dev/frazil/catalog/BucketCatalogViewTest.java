package dev.frazil.catalog;

import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs of views, against a database in a local folder. */
class BucketCatalogViewTest extends ViewCatalogTests<BucketCatalog> {
  @TempDir Path folder;
  private BucketCatalog catalog;

  @BeforeEach
  void open() {
    catalog = initCatalog("frazil", Map.of());
    catalog.dropNamespace(DatabaseRoot.MAIN);
  }

  @Override
  protected BucketCatalog catalog() {
    return catalog;
  }

  private BucketCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("view-default.key1", "catalog-default-key1");
    all.put("view-default.key2", "catalog-default-key2");
    all.put("view-default.key3", "catalog-default-key3");
    all.put("view-override.key3", "catalog-override-key3");
    all.put("view-override.key4", "catalog-override-key4");
    all.putAll(properties);
    var store =
        new GuardedObjectStore(
            new FileObjectStore(TimeSource.system(), Ids.system()),
            LocationGuard.allowing(List.of(folder.toString(), "/tmp")),
            false);
    return new BucketCatalog(Databases.open(store, folder.toString(), 10_000), name, all);
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
