package dev.frazil.bridge;

import dev.frazil.catalog.Databases;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.LocalFileIO;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.rest.RESTCatalog;

/** Bridges on free ports, and clients for them. */
public final class Bridges {
  public static final String TOKEN = "a-token-of-the-tests";

  private Bridges() {}

  /** Of a database in a folder, with tables in {@code /tmp} allowed as Iceberg's suites want. */
  static RestBridge suites(Path folder) {
    LocationGuard guard = LocationGuard.allowing(List.of(folder.toString(), "/tmp"));
    GuardedObjectStore store =
        new GuardedObjectStore(
            new FileObjectStore(TimeSource.system(), Ids.system()), guard, false);
    return RestBridge.start(
        ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())),
        options(),
        Databases.open(store, folder.toString(), 10_000),
        guard);
  }

  public static RestBridge open(Path folder) {
    return RestBridge.start(
        ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())), options());
  }

  static BridgeOptions options() {
    return BridgeOptions.local(new Secret(TOKEN)).at("127.0.0.1", 0);
  }

  /** Iceberg's own client. */
  public static RESTCatalog client(RestBridge bridge, String name, Map<String, String> more) {
    return client(bridge.uri(), name, more);
  }

  static RESTCatalog client(URI uri, String name, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("uri", uri.toString());
    properties.put("token", TOKEN);
    properties.put("io-impl", LocalFileIO.class.getName());
    properties.putAll(more);
    RESTCatalog catalog = new RESTCatalog();
    catalog.initialize(name, properties);
    return catalog;
  }
}
