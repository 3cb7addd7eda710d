package dev.frazil.catalog;

import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metadata files, manifest lists and manifests that one thread writes, sent side by side where that
 * pays: each has a name of its own and no object needs another one to be there, only the root needs
 * all. {@link #close} waits until all of them stand and throws what failed first; whatever refers
 * to them must be thrown away then. Belongs to one thread.
 */
public final class MetadataWrites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataWrites.class);

  private final @Nullable ObjectStore store;
  private final @Nullable Executor transfers;
  private final Runnable onClose;
  private final List<CompletableFuture<Void>> underWay = new ArrayList<>();

  /**
   * @param store takes the objects; null to send each when it is written
   */
  MetadataWrites(@Nullable ObjectStore store, Runnable onClose) {
    this.store = store;
    this.transfers = store == null ? null : store.transfers();
    this.onClose = onClose;
  }

  /** Sends each object when it is written. */
  static MetadataWrites oneByOne() {
    return new MetadataWrites(null, () -> {});
  }

  /** Whether these are objects of that store. */
  @SuppressWarnings("ReferenceEquality") // of each database its own
  boolean isTo(ObjectStore other) {
    return store == other;
  }

  /** Sends an object, perhaps later. */
  void send(Runnable put) {
    if (transfers == null) {
      put.run();
    } else {
      underWay.add(CompletableFuture.runAsync(put, transfers));
    }
  }

  /** Does something that needs not succeed meanwhile; nothing where objects are sent one by one. */
  public void meanwhile(Runnable work) {
    if (transfers != null) {
      underWay.add(
          CompletableFuture.runAsync(work, transfers)
              .exceptionally(
                  failure -> {
                    LOG.debug("what was to be done beside writes of metadata failed", failure);
                    return null;
                  }));
    }
  }

  @Override
  public void close() {
    onClose.run();
    RuntimeException failure = null;
    for (CompletableFuture<Void> write : underWay) {
      try {
        write.join();
      } catch (CompletionException e) {
        RuntimeException cause = e.getCause() instanceof RuntimeException inner ? inner : e;
        if (failure == null) {
          failure = cause;
        } else {
          failure.addSuppressed(cause);
        }
      }
    }
    underWay.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
