package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** One table of a database as Iceberg's updates see it. One thread at a time. */
final class BucketTableOperations implements TableOperations {
  private final DatabaseCatalog database;
  private final TableIdentifier identifier;
  private final FileIO files;
  private boolean loaded;
  private @Nullable TableMetadata current;

  /**
   * @param files for manifests and data; metadata files are the database's
   */
  BucketTableOperations(DatabaseCatalog database, TableIdentifier identifier, FileIO files) {
    this.database = database;
    this.identifier = identifier;
    this.files = files;
  }

  @Override
  @SuppressWarnings("NullAway") // Iceberg's contract: null for a table that does not exist
  public TableMetadata current() {
    return loaded ? current : refresh();
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public TableMetadata refresh() {
    DatabaseRoot root = database.snapshot().root();
    TableMetadata before = current;
    TablePointer pointer = root.table(identifier).orElse(null);
    loaded = true;
    if (pointer == null) {
      current = null;
      if (before != null) {
        throw new NoSuchTableException("Table does not exist: %s", identifier);
      }
      return null;
    }
    TableMetadata now = read(pointer);
    if (before != null && !Objects.equals(before.uuid(), now.uuid())) {
      throw new IllegalStateException(
          "Table UUID does not match: current=" + before.uuid() + " != refreshed=" + now.uuid());
    }
    current = now;
    return now;
  }

  /** Iceberg wants to hear by its own exception that a file is missing. */
  private TableMetadata read(TablePointer pointer) {
    try {
      return database.metadata(identifier, pointer);
    } catch (EngineException e) {
      if (e.getCause() instanceof NotFoundException missing) {
        throw missing;
      }
      throw e;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Iceberg's contract: the very object that was handed out
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    TableMetadata now = current();
    if (base != now) {
      if (base == null) {
        throw new AlreadyExistsException("Table already exists: %s", identifier);
      }
      throw new GuardedTableOperations.CertainFailure("Cannot commit: stale table metadata");
    }
    if (base == metadata) {
      return;
    }
    if (base == null) {
      requireFree(database.snapshot().root());
    }
    // A place that holds metadata but no root would be taken for somebody else's.
    database.prepareWrite();
    String commitId = database.newCommitId();
    boolean registers = base == null && metadata.metadataFileLocation() != null;
    TableMetadata written =
        registers
            ? metadata
            : database.writeMetadata(
                metadata, Map.of(CommitSummary.COMMIT_ID, commitId), added(base, metadata));
    TablePointer pointer =
        new TablePointer(TablePointer.Kind.TABLE, written.metadataFileLocation(), written.uuid());
    RootChange change =
        base == null
            ? new RootChange.CreateRelation(identifier, pointer)
            : new RootChange.ReplaceRelation(identifier, base.metadataFileLocation(), pointer);
    accept(database.commit(new RootEdit(commitId, null, List.of(change))), base, written);
  }

  private void accept(CommitOutcome outcome, @Nullable TableMetadata base, TableMetadata written) {
    if (outcome instanceof CommitOutcome.Applied) {
      current = written;
      database.publishHints(Map.of(identifier, written));
    } else if (outcome instanceof CommitOutcome.Moved moved) {
      if (base == null) {
        requireFree(moved.snapshot().root());
      }
      loaded = false;
      throw new GuardedTableOperations.CertainFailure("Cannot commit: " + moved.reason());
    } else if (outcome instanceof CommitOutcome.Unknown unknown) {
      loaded = false;
      throw new CommitStateUnknownException(unknown.cause());
    } else {
      throw new CommitFailedException("A commit without a token cannot have been applied before");
    }
  }

  private void requireFree(DatabaseRoot root) {
    if (!root.namespaces().containsKey(identifier.namespace())) {
      throw new NoSuchNamespaceException(
          "Cannot create table %s. Namespace does not exist: %s",
          identifier, identifier.namespace());
    }
    root.pointer(identifier)
        .ifPresent(
            taken -> {
              if (taken.kind() == TablePointer.Kind.VIEW) {
                throw new AlreadyExistsException(
                    "View with same name already exists: %s", identifier);
              }
              throw new AlreadyExistsException("Table already exists: %s", identifier);
            });
  }

  private static Set<Long> added(@Nullable TableMetadata base, TableMetadata metadata) {
    Set<Long> added = new HashSet<>();
    for (Snapshot snapshot : metadata.snapshots()) {
      if (base == null || base.snapshot(snapshot.snapshotId()) == null) {
        added.add(snapshot.snapshotId());
      }
    }
    return added;
  }

  @Override
  public FileIO io() {
    return files;
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return TableLocations.metadataFile(current(), fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return TableLocations.provider(current());
  }

  @Override
  public TableOperations temp(TableMetadata uncommittedMetadata) {
    return new FrozenTableOperations(files, uncommittedMetadata);
  }
}
