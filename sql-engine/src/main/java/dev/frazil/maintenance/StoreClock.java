package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What time it is by the clock that dates the objects: that of the store, not of this machine,
 * which may be wrong by hours. Stateless.
 */
final class StoreClock {
  /** Begins the names of the objects whose age is asked for. */
  static final String NAME = "frazil-clock-";

  private StoreClock() {}

  /**
   * Milliseconds since the epoch: writes an object, asks for its date, and removes it.
   *
   * @param folder where it is written
   */
  static long nowMillis(ObjectStore store, String folder) {
    String location = folder + "/" + NAME + Ids.system().uuid();
    store.put(location, "what time is it".getBytes(StandardCharsets.UTF_8));
    try {
      Optional<ObjectInfo> written = store.head(location);
      return written
          .orElseThrow(
              () ->
                  new EngineException(
                      SqlState.IO_ERROR, "the object " + location + ", just written, is not there"))
          .modifiedAtMillis();
    } finally {
      store.delete(List.of(location));
    }
  }
}
