package dev.frazil.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of small objects that never change, most recently used, up to a number of bytes.
 * Thread-safe.
 */
final class ObjectCache {
  private final long maxBytes;
  private final Map<String, byte[]> bodies = new LinkedHashMap<>(16, 0.75f, true);
  private long heldBytes;

  ObjectCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized byte @Nullable [] body(String location) {
    return bodies.get(location);
  }

  /** Keeps a body, unless it alone would push out a good part of the others. */
  synchronized void keep(String location, byte[] body) {
    if (body.length > maxBytes / 4) {
      return;
    }
    byte[] before = bodies.put(location, body);
    heldBytes += body.length - (before == null ? 0 : before.length);
    var eldest = bodies.entrySet().iterator();
    while (heldBytes > maxBytes) {
      heldBytes -= eldest.next().getValue().length;
      eldest.remove();
    }
  }
}
