package dev.frazil.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * Table operations of a catalog that believes every answer it gets, as released ones do: one
 * pointer, swapped by comparison, and faults between the swap and the caller.
 */
final class NaiveTableOperations implements TableOperations {
  /** What happens to one commit. */
  enum Fault {
    NONE,
    /** Swapped, but the caller is told that it was in conflict. */
    LANDED_THEN_CONFLICT,
    /** Swapped, but the caller gets an error, as of a 5xx. */
    LANDED_THEN_ERROR,
    /** Not swapped; a conflict is reported although nobody else committed. */
    CONFLICT_WITHOUT_CAUSE
  }

  /** Shared by all operations on the table. */
  record Pointer(AtomicReference<TableMetadata> metadata, TableMetadataFiles files, FileIO io) {}

  private final Pointer pointer;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private Runnable afterSwap = () -> {};
  private TableMetadata current;

  NaiveTableOperations(Pointer pointer) {
    this.pointer = pointer;
    this.current = pointer.metadata().get();
  }

  NaiveTableOperations next(Fault... next) {
    faults.addAll(java.util.List.of(next));
    return this;
  }

  /** Runs between the swap that went wrong and the moment when its caller hears of it. */
  NaiveTableOperations afterSwap(Runnable action) {
    this.afterSwap = action;
    return this;
  }

  @Override
  public TableMetadata current() {
    return current;
  }

  @Override
  public TableMetadata refresh() {
    current = pointer.metadata().get();
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
    if (fault == Fault.CONFLICT_WITHOUT_CAUSE) {
      throw new CommitFailedException("conflict (injected)");
    }
    TableMetadata written = pointer.files().write(metadata, java.util.Map.of(), java.util.Set.of());
    if (!pointer.metadata().compareAndSet(base, written)) {
      throw new CommitFailedException("conflict");
    }
    if (fault != Fault.NONE) {
      afterSwap.run();
      if (fault == Fault.LANDED_THEN_CONFLICT) {
        throw new CommitFailedException("conflict with its own first attempt (injected)");
      }
      throw new IllegalStateException("500 after it was applied (injected)");
    }
    current = written;
  }

  @Override
  public FileIO io() {
    return pointer.io();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return TableLocations.metadataFile(current, fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return TableLocations.provider(current);
  }
}
