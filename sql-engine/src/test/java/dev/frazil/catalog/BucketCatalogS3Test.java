package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.StoreFactory;
import dev.frazil.testing.ConditionalS3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs, against a database in a bucket of the S3 test server. */
@Tag("slow")
class BucketCatalogS3Test extends CatalogTests<BucketCatalog> {
  private static ConditionalS3Server server;
  private static final AtomicInteger NEXT_PREFIX = new AtomicInteger();

  private ObjectStore store;
  private String warehouse = "";
  private BucketCatalog catalog;

  @BeforeAll
  static void start() {
    server = ConditionalS3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @BeforeEach
  void open() {
    String prefix = "suite-" + NEXT_PREFIX.incrementAndGet();
    warehouse = "s3://" + ConditionalS3Server.BUCKET + "/" + prefix;
    store = StoreFactory.open(server.config(prefix));
    catalog = initCatalog("frazil", Map.of());
    // The suite expects a catalog without any namespace.
    catalog.dropNamespace(DatabaseRoot.MAIN);
  }

  @Override
  protected BucketCatalog catalog() {
    return catalog;
  }

  @Override
  protected BucketCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("warehouse", warehouse);
    all.put("table-default.default-key1", "catalog-default-key1");
    all.put("table-default.default-key2", "catalog-default-key2");
    all.put("table-default.override-key3", "catalog-default-key3");
    all.put("table-override.override-key3", "catalog-override-key3");
    all.put("table-override.override-key4", "catalog-override-key4");
    all.putAll(properties);
    return new BucketCatalog(Databases.open(store, warehouse, 10_000), name, all);
  }

  @Override
  protected String baseTableLocation(TableIdentifier identifier) {
    return warehouse + "/placed/" + identifier.namespace() + "/" + identifier.name();
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
