package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files that nothing refers to, page by page. Stateless. */
final class FileDeletion {
  private static final Logger LOG = LoggerFactory.getLogger(FileDeletion.class);
  private static final int PAGE = 1_000;

  private FileDeletion() {}

  /** Answers how many were deleted; those outside of the warehouse are left alone. */
  static long delete(
      ObjectStore store, Collection<String> locations, CancellationToken cancellation) {
    List<String> all = new ArrayList<>(locations);
    long deleted = 0;
    for (int from = 0; from < all.size(); from += PAGE) {
      cancellation.check();
      deleted += deletePage(store, all.subList(from, Math.min(all.size(), from + PAGE)));
    }
    return deleted;
  }

  private static long deletePage(ObjectStore store, List<String> page) {
    try {
      store.delete(page);
      return page.size();
    } catch (EngineException e) {
      if (e.state() != SqlState.LOCATION_REFUSED) {
        throw e;
      }
      if (page.size() == 1) {
        LOG.warn("the file {} lies outside of the warehouse and is not deleted", page.get(0));
        return 0;
      }
    }
    long deleted = 0;
    for (String location : page) {
      deleted += deletePage(store, List.of(location));
    }
    return deleted;
  }
}
