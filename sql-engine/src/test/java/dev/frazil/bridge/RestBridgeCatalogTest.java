package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs, by Iceberg's own REST client over HTTP against the bridge. */
@Tag("slow")
class RestBridgeCatalogTest extends CatalogTests<RESTCatalog> {
  @TempDir Path folder;
  private RestBridge bridge;
  private RESTCatalog catalog;

  @BeforeEach
  void open() {
    bridge = Bridges.suites(folder);
    catalog = initCatalog("frazil", Map.of());
    // The suite expects a catalog without any namespace.
    catalog.dropNamespace(Namespace.of("main"));
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
    bridge.close();
  }

  @Override
  protected RESTCatalog catalog() {
    return catalog;
  }

  @Override
  protected RESTCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("table-default.default-key1", "catalog-default-key1");
    all.put("table-default.default-key2", "catalog-default-key2");
    all.put("table-default.override-key3", "catalog-default-key3");
    all.put("table-override.override-key3", "catalog-override-key3");
    all.put("table-override.override-key4", "catalog-override-key4");
    all.putAll(properties);
    return Bridges.client(bridge, name, all);
  }

  @Override
  protected String baseTableLocation(TableIdentifier identifier) {
    return folder + "/placed/" + identifier.namespace() + "/" + identifier.name();
  }

  /** As the suite's own, but the server has the metadata in memory until it is started again. */
  @Test
  @Override
  public void testLoadTableWithMissingMetadataFile(@TempDir Path unused) throws IOException {
    catalog.createNamespace(TBL.namespace());
    Table table = catalog.buildTable(TBL, SCHEMA).create();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    Files.delete(Path.of(metadata));
    assertThat(catalog.tableExists(TBL)).as("known to the root").isTrue();
    bridge.close();
    bridge = Bridges.suites(folder);
    try (RESTCatalog fresh = initCatalog("fresh", Map.of())) {
      assertThatThrownBy(() -> fresh.loadTable(TBL))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining(metadata);
    }
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsServerSideRetry() {
    return true;
  }

  @Override
  protected boolean supportsNestedNamespaces() {
    return true;
  }
}
