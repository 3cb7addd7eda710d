package dev.frazil.bridge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own suite for catalogs of views, by Iceberg's REST client against the bridge. */
@Tag("slow")
class RestBridgeViewTest extends ViewCatalogTests<RESTCatalog> {
  @TempDir Path folder;
  private RestBridge bridge;
  private RESTCatalog catalog;

  @BeforeEach
  void open() {
    bridge = Bridges.suites(folder);
    catalog = Bridges.client(bridge, "frazil", Map.of());
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
  protected Catalog tableCatalog() {
    return catalog;
  }

  @Test
  @Disabled("the bridge adds no properties of its own, and this client leaves them to the server")
  @Override
  public void defaultViewProperties() {}

  @Test
  @Disabled("the bridge adds no properties of its own, and this client leaves them to the server")
  @Override
  public void overrideViewProperties() {}

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsServerSideRetry() {
    return true;
  }
}
