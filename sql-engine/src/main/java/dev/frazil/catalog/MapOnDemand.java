package dev.frazil.catalog;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a read point that is asked for when it is needed: by key, or all keys. What was found
 * out once stays as it was. Cannot be changed. Thread-safe.
 */
public abstract class MapOnDemand<K, V> extends AbstractMap<K, V> {
  private final Map<Object, Optional<V>> found = new HashMap<>();
  private @Nullable Set<K> keys;

  /** The value of a key; empty where there is none. */
  protected abstract Optional<V> find(K key);

  /** All keys, a few requests. */
  protected abstract Collection<K> list();

  /** The key of that type, or null for another object. */
  protected abstract @Nullable K key(Object object);

  private synchronized Optional<V> value(Object object) {
    K key = key(object);
    if (key == null) {
      return Optional.empty();
    }
    Optional<V> known = found.get(key);
    if (known == null) {
      known = find(key);
      found.put(key, known);
    }
    return known;
  }

  @Override
  public boolean containsKey(Object key) {
    return value(key).isPresent();
  }

  @Override
  public @Nullable V get(Object key) {
    return value(key).orElse(null);
  }

  /** All keys, without their values. */
  @Override
  public synchronized Set<K> keySet() {
    Set<K> known = keys;
    if (known == null) {
      known = Set.copyOf(list());
      keys = known;
    }
    return known;
  }

  /** Those that are gone since they were listed are left out. */
  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    Map<K, V> all = new HashMap<>();
    for (K key : keySet()) {
      value(Objects.requireNonNull(key)).ifPresent(value -> all.put(key, value));
    }
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return all.entrySet().iterator();
      }

      @Override
      public int size() {
        return all.size();
      }
    };
  }
}
