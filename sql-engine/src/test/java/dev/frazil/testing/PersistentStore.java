package dev.frazil.testing;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import dev.frazil.storage.RequestCounter;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what may be repeated, as the S3 store does over its client: reads and unconditional
 * writes; conditional puts never. Counts the objects that anybody asked to delete. Thread-safe.
 */
public final class PersistentStore implements ObjectStore {
  private static final int ATTEMPTS = 12;

  private final ObjectStore store;
  private final AtomicLong deleted;

  public PersistentStore(ObjectStore store, AtomicLong deleted) {
    this.store = store;
    this.deleted = deleted;
  }

  private static <T> T persist(Supplier<T> action) {
    for (int attempt = 1; ; attempt++) {
      try {
        return action.get();
      } catch (EngineException e) {
        boolean passing =
            e.state() == SqlState.CONNECTION_FAILURE || e.state() == SqlState.IO_ERROR;
        if (attempt == ATTEMPTS || !passing) {
          throw e;
        }
      }
    }
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    return persist(() -> store.fetch(location, knownEntityTag, maxBytes));
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    persist(
        () -> {
          store.readFully(location, position, target, offset, length);
          return true;
        });
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    return persist(() -> store.head(location));
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    return store.putIf(location, body, condition);
  }

  @Override
  public void put(String location, byte[] body) {
    persist(
        () -> {
          store.put(location, body);
          return true;
        });
  }

  @Override
  public UploadStream create(String location) {
    return store.create(location);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    return persist(() -> store.list(prefix));
  }

  @Override
  public void delete(Collection<String> locations) {
    deleted.addAndGet(locations.size());
    store.delete(locations);
  }

  @Override
  public boolean keepsTurns() {
    return store.keepsTurns();
  }

  @Override
  public Turn takeTurn(String folder) {
    return store.takeTurn(folder);
  }

  @Override
  public RequestCounter requests() {
    return store.requests();
  }

  @Override
  public void close() {
    store.close();
  }
}
