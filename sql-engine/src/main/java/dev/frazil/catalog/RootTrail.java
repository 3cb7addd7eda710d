package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the root that it does not hold itself any more: in objects of {@value
 * #VERSIONS_OF_PART} versions each, at most {@value #PARTS} of them, of which the oldest is written
 * over. What a part holds follows from what was committed alone, so whoever writes it, and however
 * late, writes the same. Nothing but looking back needs it: a part that cannot be written stays in
 * the root for another while, and one that is lost ends the history. See
 * docs/adr/history-in-the-root.md. Thread-safe.
 */
final class RootTrail {
  private static final Logger LOG = LoggerFactory.getLogger(RootTrail.class);

  static final int VERSIONS_OF_PART = 32;
  static final int PARTS = 2_048;

  /** Versions that the root holds at most, where parts cannot be written. */
  static final int MOST_IN_ROOT = 3 * VERSIONS_OF_PART;

  /** Changes of these versions at most: some 7 MB. */
  private static final int MOST_CHANGES_IN_ROOT = 20_000;

  private final ObjectStore store;
  private final String folder;

  RootTrail(ObjectStore store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  private static long part(long version) {
    return version / VERSIONS_OF_PART;
  }

  /** The object of a part; the one that stood {@value #PARTS} parts earlier makes room. */
  private String location(long part) {
    return folder + "/" + String.format(Locale.ROOT, "%04d", part % PARTS) + ".json";
  }

  /** The newest versions that a root has room for. */
  static List<RootVersion> bounded(List<RootVersion> versions) {
    int first = versions.size();
    int changes = 0;
    while (first > 0 && versions.size() - first < MOST_IN_ROOT) {
      changes += versions.get(first - 1).changes();
      if (changes > MOST_CHANGES_IN_ROOT) {
        break;
      }
      first--;
    }
    return versions.subList(first, versions.size());
  }

  /**
   * Stores the parts of a root's history that are complete before its next version. One request for
   * every {@value #VERSIONS_OF_PART} versions.
   *
   * @return the first version that the next root has to hold itself
   */
  long store(DatabaseRoot root) {
    List<RootVersion> held = root.history();
    long next = part(root.version() + 1);
    long part = held.isEmpty() ? next : part(held.get(0).version());
    while (part < next) {
      long stored = part;
      List<RootVersion> complete =
          held.stream().filter(each -> part(each.version()) == stored).toList();
      try {
        store.put(location(part), RootVersionFormat.write(complete));
      } catch (EngineException e) {
        LOG.debug("a part of the history, {}, was not stored", location(part), e);
        break;
      }
      part++;
    }
    return part * VERSIONS_OF_PART;
  }

  /**
   * The versions up to and including one, of its part, oldest first; empty where they are lost or
   * written over.
   */
  List<RootVersion> upTo(long version) {
    String location = location(part(version));
    FetchOutcome outcome = store.fetch(location, null, DatabaseRootFormat.MAX_BYTES);
    Optional<List<RootVersion>> found =
        outcome instanceof FetchOutcome.Fetched fetched
            ? Optional.of(RootVersionFormat.read(fetched.body(), location))
            : Optional.empty();
    return found
        .filter(versions -> versions.stream().anyMatch(each -> each.version() == version))
        .map(versions -> versions.stream().filter(each -> each.version() <= version).toList())
        .orElse(List.of());
  }
}
