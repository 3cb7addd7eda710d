package dev.frazil.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read from objects that never change, by location, most recently used, up to a number of
 * bytes. Thread-safe.
 *
 * @param <V> what is kept of an object
 */
public final class ObjectCache<V> {
  private record Kept<V>(V value, long bytes) {}

  private final long maxBytes;
  private final Map<String, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;

  public ObjectCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A bound for the caches of one database: a sixteenth of the heap, at most 64 MB. */
  public static long shareOfHeap() {
    return Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
  }

  public long maxBytes() {
    return maxBytes;
  }

  public synchronized @Nullable V find(String location) {
    Kept<V> found = kept.get(location);
    return found == null ? null : found.value;
  }

  /**
   * Keeps a value, until what is used later needs its place.
   *
   * @param bytes what it takes, at most {@link #maxBytes()}: a larger one is not kept
   */
  public synchronized void keep(String location, V value, long bytes) {
    if (bytes > maxBytes) {
      return;
    }
    Kept<V> before = kept.put(location, new Kept<>(value, bytes));
    heldBytes += bytes - (before == null ? 0 : before.bytes);
    var eldest = kept.values().iterator();
    while (heldBytes > maxBytes) {
      heldBytes -= eldest.next().bytes;
      eldest.remove();
    }
  }
}
