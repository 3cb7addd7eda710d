package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.RequestScope;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that a statement wrote and that no commit was ever asked to hold: its statement
 * failed, or its transaction was rolled back. Never to be called once a commit was sent, whatever
 * became of it. Thread-safe.
 */
public final class StagedFileCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFileCleanup.class);

  private StagedFileCleanup() {}

  /**
   * Best effort: what stays is harmless, and found by the orphan scan. Also for a statement that
   * was cancelled, whose own requests are refused.
   */
  public static void remove(ObjectStore store, Collection<String> locations) {
    if (locations.isEmpty()) {
      return;
    }
    try {
      RequestScope.cleanUp(() -> store.delete(locations));
    } catch (EngineException e) {
      LOG.warn("{} files of an abandoned statement could not be removed", locations.size(), e);
    }
  }
}
