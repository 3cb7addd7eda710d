package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link LocationGuard} in front of every call, and refuses writes (25006) where the
 * connection or the warehouse is read-only. Thread-safe.
 */
public final class GuardedObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final LocationGuard guard;
  private final boolean readOnly;

  public GuardedObjectStore(ObjectStore store, LocationGuard guard, boolean readOnly) {
    this.store = store;
    this.guard = guard;
    this.readOnly = readOnly;
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    return store.fetch(guard.check(location), knownEntityTag, maxBytes);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    store.readFully(guard.check(location), position, target, offset, length);
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    return store.head(guard.check(location));
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    PutCondition checked =
        condition instanceof PutCondition.IfNext next
            ? PutCondition.ifNext(guard.check(next.previous()), next.entityTag())
            : condition;
    return store.putIf(writable(location), body, checked);
  }

  @Override
  public void put(String location, byte[] body) {
    store.put(writable(location), body);
  }

  @Override
  public UploadStream create(String location) {
    return store.create(writable(location));
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    return store.list(guard.checkListing(prefix));
  }

  @Override
  public void delete(Collection<String> locations) {
    List<String> checked = new ArrayList<>(locations.size());
    for (String location : locations) {
      checked.add(writable(location));
    }
    store.delete(checked);
  }

  @Override
  public @Nullable Executor transfers() {
    return store.transfers();
  }

  @Override
  public boolean keepsTurns() {
    return store.keepsTurns();
  }

  @Override
  public Turn takeTurn(String folder) {
    return store.takeTurn(writable(folder));
  }

  @Override
  public RequestCounter requests() {
    return store.requests();
  }

  @Override
  public void close() {
    store.close();
  }

  private String writable(String location) {
    String checked = guard.check(location);
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          "cannot write '" + checked + "': the connection or its warehouse is read-only");
    }
    return checked;
  }
}
