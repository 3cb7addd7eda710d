package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.PlacedStores;
import dev.frazil.storage.StoreAccess;
import dev.frazil.storage.TimeSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the credentials for files out of a server's answers to where they are used. Thread-safe.
 */
final class VendedPlaces {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final PlacedStores stores;
  private final TimeSource time;
  private final boolean localCatalog;
  private final Map<String, VendedKeys> byPrefix = new ConcurrentHashMap<>();

  /**
   * @param localCatalog whether the catalog is on this machine, where nobody listens between
   */
  VendedPlaces(PlacedStores stores, TimeSource time, boolean localCatalog) {
    this.stores = stores;
    this.time = time;
    this.localCatalog = localCatalog;
  }

  /**
   * Takes what an answer about a table says of its files.
   *
   * @param answer with {@code config} and {@code storage-credentials}
   * @param general what the server says of all tables
   * @param folders where the table keeps files
   * @param renewal asks for that table's credentials again
   */
  void take(
      TableIdentifier table,
      JsonNode answer,
      Map<String, String> general,
      List<String> folders,
      Runnable renewal) {
    Map<String, String> settings = new HashMap<>(general);
    settings.putAll(VendedAccess.settings(texts(answer.path("config"))));
    List<VendedAccess> found = new ArrayList<>();
    for (JsonNode credential : answer.path("storage-credentials")) {
      Map<String, String> own = new HashMap<>(settings);
      own.putAll(VendedAccess.settings(texts(credential.path("config"))));
      String prefix = credential.path("prefix").asText("");
      // A prefix without a bucket is for all that is of that scheme.
      List<String> prefixes = prefix.indexOf("://") > 0 ? List.of(prefix) : folders;
      prefixes.forEach(each -> add(found, each, own));
    }
    if (found.isEmpty()) {
      folders.forEach(folder -> add(found, folder, settings));
    }
    found.forEach(access -> place(table, access, renewal));
  }

  private static void add(List<VendedAccess> found, String prefix, Map<String, String> settings) {
    VendedAccess access = VendedAccess.of(prefix, settings);
    if (access != null) {
      found.add(access);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().asText());
              }
            });
    return texts;
  }

  private void place(TableIdentifier table, VendedAccess access, Runnable renewal) {
    if (!access.prefix().matches("s3[an]?://.+")) {
      return; // of a store that is not read here
    }
    requireSafe(table, access);
    String prefix = LocationGuard.normalise(access.prefix());
    VendedKeys known = byPrefix.get(prefix);
    if (known != null && isSamePlace(known.access(), access)) {
      known.replace(access);
      return;
    }
    VendedKeys keys = new VendedKeys(access, time, renewal);
    byPrefix.put(prefix, keys);
    stores.place(
        prefix, new StoreAccess(access.endpoint(), access.region(), access.pathStyle(), keys));
  }

  private static boolean isSamePlace(VendedAccess before, VendedAccess now) {
    return Objects.equals(before.endpoint(), now.endpoint())
        && Objects.equals(before.region(), now.region())
        && before.pathStyle() == now.pathStyle();
  }

  /** 08004 for an address in the clear, which only a catalog on this machine may name. */
  private void requireSafe(TableIdentifier table, VendedAccess access) {
    String region = access.region();
    boolean named = region == null || region.matches("[A-Za-z0-9-]{1,64}");
    if (!named || !isSafe(access.endpoint())) {
      throw new EngineException(
          SqlState.CONNECTION_REJECTED,
          "the catalog says that the files of the table "
              + table
              + " are reached in a way that is not safe: s3.endpoint must be an https URL, and the"
              + " region a name");
    }
  }

  private boolean isSafe(@Nullable String endpoint) {
    if (endpoint == null) {
      return true;
    }
    try {
      URI uri = URI.create(endpoint);
      boolean near =
          localCatalog && "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost());
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || near);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
