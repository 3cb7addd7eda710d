package dev.frazil.storage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects of several buckets, and files: each location belongs to the store of its bucket,
 * which is opened when it is first asked for. For databases whose tables stand in several places.
 * Locations are normalised, as a {@link LocationGuard} leaves them. Thread-safe.
 */
final class PlacedObjectStore implements ObjectStore {
  private final Function<String, ObjectStore> opener;
  private final Map<String, ObjectStore> stores = new HashMap<>();
  private final ObjectStore home;

  /**
   * @param home what the warehouse is in: says for all how requests are sent and counted
   * @param opener makes the store of a bucket, and by an empty name that of files
   */
  PlacedObjectStore(String home, Function<String, ObjectStore> opener) {
    this.opener = opener;
    this.home = of(home);
  }

  private synchronized ObjectStore of(String location) {
    String bucket = "";
    if (!location.startsWith("/")) {
      String rest = location.substring("s3://".length());
      int slash = rest.indexOf('/');
      bucket = slash < 0 ? rest : rest.substring(0, slash);
    }
    return stores.computeIfAbsent(bucket, opener);
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    return of(location).fetch(location, knownEntityTag, maxBytes);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    of(location).readFully(location, position, target, offset, length);
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    return of(location).head(location);
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    return of(location).putIf(location, body, condition);
  }

  @Override
  public void put(String location, byte[] body) {
    of(location).put(location, body);
  }

  @Override
  public UploadStream create(String location) {
    return of(location).create(location);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    return of(prefix).list(prefix);
  }

  @Override
  public void delete(Collection<String> locations) {
    Map<ObjectStore, List<String>> byStore =
        locations.stream().collect(Collectors.groupingBy(this::of));
    byStore.forEach(ObjectStore::delete);
  }

  @Override
  public @Nullable Executor transfers() {
    return home.transfers();
  }

  @Override
  public boolean keepsTurns() {
    return home.keepsTurns();
  }

  @Override
  public Turn takeTurn(String folder) {
    return of(folder).takeTurn(folder);
  }

  @Override
  public RequestCounter requests() {
    return home.requests();
  }

  @Override
  public synchronized void close() {
    stores.values().forEach(ObjectStore::close);
  }
}
