package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.TableLocations;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectStore;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Expiry of snapshots of one table, in two steps: a commit that takes them out of the metadata, and
 * when that has surely happened the deletion of files that only they reached. See
 * docs/adr/what-is-deleted-when.md. One thread, used once.
 */
public final class SnapshotExpiry {
  private final ObjectStore store;
  private final FileAges ages;
  private final Request request;
  private @Nullable SnapshotRemoval removal;

  /**
   * Which snapshots go; what is null is as the properties of the table say.
   *
   * @param snapshotIds of single snapshots; without the other two, only they go
   */
  public record Request(
      @Nullable Long olderThanMillis, @Nullable Long retainLast, Set<Long> snapshotIds) {
    public Request {
      snapshotIds = Set.copyOf(snapshotIds);
      if (retainLast != null && retainLast < 1) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "retain_last = " + retainLast + ": at least 1 snapshot is kept");
      }
    }

    boolean byIdOnly() {
      return !snapshotIds.isEmpty() && olderThanMillis == null && retainLast == null;
    }
  }

  public SnapshotExpiry(ObjectStore store, FileAges ages, Request request) {
    this.store = store;
    this.ages = ages;
    this.request = request;
  }

  /**
   * The first step, for the transaction to run and to commit.
   *
   * @param root the state of the database that the table was found in
   */
  public PendingUpdate<?> removal(DatabaseRoot root, TableIdentifier identifier, Table table) {
    SharedFolders.refuse(root, identifier, table);
    TableOperations operations = ((HasTableOperations) table).operations();
    for (long id : request.snapshotIds()) {
      if (operations.current().snapshot(id) == null) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE, "the table " + identifier + " has no snapshot " + id);
      }
    }
    long now =
        StoreClock.nowMillis(
            store, FileNames.exact(TableLocations.metadataFolder(operations.current())));
    Long olderThan = request.olderThanMillis();
    if (olderThan != null && olderThan > now - ages.readerMillis()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "older_than is less than "
              + ages.readerMillis() / 1_000
              + " seconds ago by the clock of the store: readers may still be at these snapshots");
    }
    SnapshotRemoval made =
        new SnapshotRemoval(operations, request, new SnapshotAges(store, now, ages.readerMillis()));
    removal = made;
    return made;
  }

  /**
   * The second step, only to be called when the commit of the first is known to have succeeded.
   *
   * @param now the table as it is after that
   * @return how many files were deleted, by kind
   */
  public Map<FileKind, Long> deleteUnreachable(Table now, QueryContext context) {
    SnapshotRemoval done = Objects.requireNonNull(removal);
    TableMetadata before = done.base();
    TableMetadata after = ((HasTableOperations) now).operations().current();
    Map<FileKind, Long> deleted = new EnumMap<>(FileKind.class);
    if (!Objects.equals(before.uuid(), after.uuid())) {
      return deleted; // dropped and created again meanwhile
    }
    try (ReachableFiles gone = new ReachableFiles(now.io(), context);
        ReachableFiles left = new ReachableFiles(now.io(), context)) {
      for (Snapshot snapshot : done.removed()) {
        if (after.snapshot(snapshot.snapshotId()) == null) {
          gone.add(snapshot, before.specsById());
        }
      }
      gone.addStatistics(before);
      for (Snapshot snapshot : after.snapshots()) {
        left.add(snapshot, after.specsById());
      }
      left.addStatistics(after);
      Set<String> live = left.paths();
      gone.locations()
          .forEach(
              (kind, locations) -> {
                Map<String, String> unreachable = new LinkedHashMap<>();
                for (String location : locations) {
                  if (!live.contains(FileNames.path(location))) {
                    unreachable.put(FileNames.exact(location), location);
                  }
                }
                deleted.put(
                    kind, FileDeletion.delete(store, unreachable.keySet(), context.cancellation()));
              });
    }
    return deleted;
  }
}
