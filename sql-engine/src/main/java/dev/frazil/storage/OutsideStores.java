package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores of what a connection may read and write outside of its warehouse: the prefixes of
 * {@link ConnectionProperty#COPY_LOCATIONS}. The warehouse itself is never written through them,
 * even if a prefix holds it. Each is opened when it is first asked for. Thread-safe.
 */
public final class OutsideStores implements AutoCloseable {
  private final ConnectionConfig config;
  private final Map<String, ObjectStore> stores = new HashMap<>();
  private @Nullable LocationGuard guard;

  public OutsideStores(ConnectionConfig config) {
    this.config = config;
  }

  /** The store that holds a location; 58P02 for a location under none of the prefixes. */
  public synchronized ObjectStore store(String location) {
    LocationGuard allowed = guard();
    String normalised = LocationGuard.normalise(location);
    if (allowed == null || !allowed.allows(normalised)) {
      throw new EngineException(
          SqlState.LOCATION_REFUSED,
          "COPY may not touch '"
              + normalised
              + "': name its folder, or a prefix such as s3://bucket/folder, in the connection"
              + " property "
              + ConnectionProperty.COPY_LOCATIONS.propertyName());
    }
    ObjectStore store = stores.computeIfAbsent(bucket(normalised), this::open);
    return new GuardedObjectStore(store, allowed, isRead(normalised));
  }

  private boolean isRead(String normalised) {
    return config.flag(ConnectionProperty.READ_ONLY)
        || config.warehouse().ownLocations().stream()
            .anyMatch(own -> isWithin(normalised, LocationGuard.normalise(own)));
  }

  /** Under the warehouse by its name, or by where links lead. */
  private static boolean isWithin(String location, String warehouse) {
    if (location.equals(warehouse) || location.startsWith(warehouse + "/")) {
      return true;
    }
    return location.startsWith("/")
        && warehouse.startsWith("/")
        && real(Path.of(location)).startsWith(real(Path.of(warehouse)));
  }

  private static Path real(Path path) {
    Path existing = path;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(path));
    } catch (IOException e) {
      throw new EngineException(
          SqlState.LOCATION_REFUSED, "the folders of '" + path + "' cannot be followed", e);
    }
  }

  private @Nullable LocationGuard guard() {
    LocationGuard known = guard;
    String text = config.text(ConnectionProperty.COPY_LOCATIONS).orElse("");
    if (known == null && !text.isBlank()) {
      List<String> prefixes = new ArrayList<>();
      for (String prefix : text.split(",", -1)) {
        prefixes.add(prefix.strip());
      }
      known = LocationGuard.allowing(prefixes);
      guard = known;
    }
    return known;
  }

  /** The bucket of an object, nothing for a file. */
  private static String bucket(String normalised) {
    if (normalised.startsWith("/")) {
      return "";
    }
    String rest = normalised.substring("s3://".length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private ObjectStore open(String bucket) {
    TimeSource time = TimeSource.system();
    return bucket.isEmpty()
        ? new FileObjectStore(time, Ids.system())
        : S3ObjectStore.open(config, new Warehouse.S3Prefix(bucket, ""), time, Ids.system());
  }

  @Override
  public synchronized void close() {
    stores.values().forEach(ObjectStore::close);
    stores.clear();
  }
}
