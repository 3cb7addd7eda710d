package dev.frazil.catalog;

import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.BaseViewOperations;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/** One view of a database as Iceberg's updates see it. One thread at a time. */
final class BucketViewOperations extends BaseViewOperations {
  private final DatabaseCatalog database;
  private final TableIdentifier identifier;

  BucketViewOperations(DatabaseCatalog database, TableIdentifier identifier) {
    this.database = database;
    this.identifier = identifier;
  }

  @Override
  protected void doRefresh() {
    TablePointer pointer = database.snapshot().root().view(identifier).orElse(null);
    if (pointer == null) {
      if (currentMetadataLocation() != null) {
        throw new NoSuchViewException("View does not exist: %s", identifier);
      }
      disableRefresh();
      return;
    }
    refreshFromMetadataLocation(pointer.metadataLocation(), null, 0);
  }

  @Override
  protected void doCommit(@Nullable ViewMetadata base, ViewMetadata metadata) {
    database.prepareWrite();
    if (base == null) {
      requireFree(database.snapshot().root());
    }
    String before = currentMetadataLocation();
    TablePointer pointer =
        new TablePointer(
            TablePointer.Kind.VIEW, writeNewMetadataIfRequired(metadata), metadata.uuid());
    RootChange change =
        base == null
            ? new RootChange.CreateRelation(identifier, pointer)
            : new RootChange.ReplaceRelation(identifier, before, pointer);
    CommitOutcome outcome =
        database.commit(new RootEdit(database.newCommitId(), null, List.of(change)));
    if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw new CommitStateUnknownException(unknown.cause());
    }
    if (outcome instanceof CommitOutcome.Moved moved) {
      if (base == null) {
        requireFree(moved.snapshot().root());
      }
      throw new CommitFailedException("Cannot commit: %s", moved.reason());
    }
  }

  private void requireFree(DatabaseRoot root) {
    if (!root.namespaces().containsKey(identifier.namespace())) {
      throw new NoSuchNamespaceException(
          "Cannot create view %s. Namespace does not exist: %s",
          identifier, identifier.namespace());
    }
    root.pointer(identifier)
        .ifPresent(
            taken -> {
              if (taken.kind() == TablePointer.Kind.TABLE) {
                throw new AlreadyExistsException(
                    "Table with same name already exists: %s", identifier);
              }
              throw new AlreadyExistsException("View already exists: %s", identifier);
            });
  }

  @Override
  protected String viewName() {
    return identifier.toString();
  }

  @Override
  protected FileIO io() {
    return database.io();
  }
}
