package dev.frazil.catalog;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map whose entries are fetched when they are first asked for: one by one, or all when it is
 * listed. What was once seen stays, also that there was nothing. Cannot be changed. Thread-safe.
 */
public final class OnDemandMap<K, V> extends AbstractMap<K, V> {
  private final Function<K, Optional<V>> one;
  private final Supplier<Map<K, V>> all;
  private final Map<K, Optional<V>> seen = new ConcurrentHashMap<>();
  private @Nullable Map<K, V> listed;

  /**
   * @param one asked once for each key, unless all were listed before
   * @param all asked once
   */
  public OnDemandMap(Function<K, Optional<V>> one, Supplier<Map<K, V>> all) {
    this.one = one;
    this.all = all;
  }

  /** The same map if it is one of these; else a copy that does not change. */
  static <K, V> Map<K, V> keep(Map<K, V> map) {
    return map instanceof OnDemandMap ? map : Map.copyOf(map);
  }

  /** The same entries with other values, as lazily. */
  <W> OnDemandMap<K, W> mapped(Function<V, W> value) {
    return new OnDemandMap<>(
        key -> find(key).map(value),
        () -> {
          Map<K, W> mapped = new LinkedHashMap<>();
          forEach((key, found) -> mapped.put(key, value.apply(found)));
          return mapped;
        });
  }

  private Optional<V> find(K key) {
    Optional<V> known = seen.get(key);
    if (known != null) {
      return known;
    }
    Map<K, V> whole = knownList();
    Optional<V> found = whole == null ? one.apply(key) : Optional.ofNullable(whole.get(key));
    Optional<V> raced = seen.putIfAbsent(key, found);
    return raced == null ? found : raced;
  }

  private synchronized @Nullable Map<K, V> knownList() {
    return listed;
  }

  private synchronized Map<K, V> list() {
    Map<K, V> whole = listed;
    if (whole == null) {
      whole = new LinkedHashMap<>(all.get());
      for (Map.Entry<K, Optional<V>> earlier : seen.entrySet()) {
        if (earlier.getValue().isPresent()) {
          whole.put(earlier.getKey(), earlier.getValue().get());
        } else {
          whole.remove(earlier.getKey());
        }
      }
      listed = Map.copyOf(whole);
    }
    return whole;
  }

  @Override
  @SuppressWarnings("unchecked") // as every map: a key of another type is in none
  public @Nullable V get(Object key) {
    return find((K) key).orElse(null);
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return Map.copyOf(list()).entrySet();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
