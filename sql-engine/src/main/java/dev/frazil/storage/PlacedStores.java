package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The objects of tables whose places a catalog's server names. With the connection's own
 * credentials only what the connection itself allows; elsewhere only buckets, under prefixes for
 * which the server has handed out credentials, and with these alone. Everything else is 58P02.
 * Thread-safe.
 */
public final class PlacedStores implements ObjectStore {
  private final ConnectionConfig config;
  private final TimeSource time;
  private final Ids ids;
  private final LocationGuard own;
  private final boolean readOnly;
  private final RequestCounter counter = new RequestCounter();
  private final TransferThreads transfers = new TransferThreads();
  private final Map<String, StoreAccess> placed = new ConcurrentHashMap<>();
  private final Map<String, ObjectStore> stores = new HashMap<>();
  private boolean closed;

  public PlacedStores(ConnectionConfig config, TimeSource time, Ids ids) {
    this.config = config;
    this.time = time;
    this.ids = ids;
    this.own = LocationGuard.allowing(ownPrefixes(config));
    this.readOnly = config.flag(ConnectionProperty.READ_ONLY);
  }

  private static List<String> ownPrefixes(ConnectionConfig config) {
    List<String> prefixes = new ArrayList<>();
    for (String prefix :
        config.text(ConnectionProperty.TABLE_LOCATIONS).orElse("").split(",", -1)) {
      if (!prefix.isBlank()) {
        prefixes.add(prefix.strip());
      }
    }
    config
        .text(ConnectionProperty.WAREHOUSE)
        .filter(warehouse -> prefixes.isEmpty() && warehouse.startsWith("s3://"))
        .ifPresent(prefixes::add);
    return prefixes;
  }

  /** Whether the connection's own credentials are for a location. */
  public boolean isOwn(String location) {
    return own.allows(location);
  }

  /**
   * Says how the objects under a prefix are reached, in the place of what was said before. Only
   * buckets are taken: no server hands out files of this machine.
   */
  public void place(String prefix, StoreAccess access) {
    String normalised = LocationGuard.normalise(prefix);
    if (!normalised.startsWith("s3://") || isOwn(normalised)) {
      return;
    }
    StoreAccess before = placed.put(normalised, access);
    if (before != null && !before.equals(access)) {
      synchronized (this) {
        // A request under way ends with the client that it began with.
        ObjectStore store = stores.remove(normalised);
        if (store != null) {
          store.close();
        }
      }
    }
  }

  private static String bucket(String normalised) {
    int slash = normalised.indexOf('/', "s3://".length());
    return normalised.substring("s3://".length(), slash < 0 ? normalised.length() : slash);
  }

  /** The store of a location, and how it is spelled there. */
  private record Found(ObjectStore store, String location) {}

  private Found find(String location) {
    String normalised = LocationGuard.normalise(location);
    if (own.allows(location)) {
      String checked = own.check(location);
      boolean isFile = checked.startsWith("/");
      return new Found(
          store(isFile ? "" : "s3://" + bucket(checked), null, isFile ? "" : bucket(checked)),
          checked);
    }
    for (String prefix = normalised; prefix.startsWith("s3://"); prefix = parent(prefix)) {
      StoreAccess access = placed.get(prefix);
      if (access != null) {
        String checked = LocationGuard.allowing(List.of(prefix)).check(location);
        return new Found(store(prefix, access, bucket(prefix)), checked);
      }
    }
    throw new EngineException(
        SqlState.LOCATION_REFUSED,
        "the location '"
            + (normalised.length() > 200 ? normalised.substring(0, 200) + "..." : normalised)
            + "' is refused: the catalog gave no credentials for it, and the connection does not"
            + " name it. If its table is to be reached with the connection's own credentials, name"
            + " its prefix in the property "
            + ConnectionProperty.TABLE_LOCATIONS.propertyName());
  }

  private static String parent(String prefix) {
    int slash = prefix.lastIndexOf('/');
    return slash <= "s3://".length() ? "" : prefix.substring(0, slash);
  }

  private synchronized ObjectStore store(String key, @Nullable StoreAccess access, String bucket) {
    if (closed) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the object store is closed");
    }
    return stores.computeIfAbsent(
        key,
        unused ->
            bucket.isEmpty()
                ? new FileObjectStore(time, ids)
                : new S3ObjectStore(
                    new S3Connection(config, bucket, access),
                    time,
                    RetryPolicy.forRequests(time, ids),
                    counter));
  }

  private Found writable(String location) {
    Found found = find(location);
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          "cannot write '" + found.location() + "': the connection is read-only");
    }
    return found;
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    Found found = find(location);
    return found.store().fetch(found.location(), knownEntityTag, maxBytes);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    Found found = find(location);
    found.store().readFully(found.location(), position, target, offset, length);
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    Found found = find(location);
    return found.store().head(found.location());
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    Found found = writable(location);
    return found.store().putIf(found.location(), body, condition);
  }

  @Override
  public void put(String location, byte[] body) {
    Found found = writable(location);
    found.store().put(found.location(), body);
  }

  @Override
  public UploadStream create(String location) {
    Found found = writable(location);
    return found.store().create(found.location());
  }

  /** A whole folder is listed, and not siblings whose names begin alike. */
  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    Found found = find(prefix);
    return found.store().list(found.location() + (prefix.endsWith("/") ? "/" : ""));
  }

  @Override
  public void delete(Collection<String> locations) {
    Map<ObjectStore, List<String>> byStore = new LinkedHashMap<>();
    for (String location : locations) {
      Found found = writable(location);
      byStore.computeIfAbsent(found.store(), store -> new ArrayList<>()).add(found.location());
    }
    byStore.forEach(ObjectStore::delete);
  }

  /** Not for folders, which answer at once. */
  @Override
  public @Nullable Executor transfers() {
    synchronized (this) {
      if (stores.keySet().stream().noneMatch(key -> !key.isEmpty())) {
        return null;
      }
    }
    return task -> transfers.executor().execute(RequestScope.carried(task));
  }

  /** Those to the catalog's server, too. */
  @Override
  public RequestCounter requests() {
    return counter;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stores.values().forEach(ObjectStore::close);
    stores.clear();
    transfers.close();
  }
}
