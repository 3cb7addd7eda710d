package dev.frazil.catalog.rest;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitQueue;
import dev.frazil.catalog.CommitTurns;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.MetadataFileIO;
import dev.frazil.catalog.MetadataWrites;
import dev.frazil.catalog.ObjectCache;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The tables behind a server of Iceberg's REST catalog API. A read point is filled as it is used: a
 * table is as it was when the transaction first asked for it, so two of them may be of different
 * moments. Each commit is decided by the server. Thread-safe.
 */
final class RestDatabase implements DatabaseCatalog {
  private final String address;
  private final RestResources resources;
  private final TableAnswers answers;
  private final RestViews views;
  private final ObjectStore store;
  private final boolean readOnly;
  private final Ids ids;
  private final MetadataFileIO io;
  private final FileIO served;
  private final CommitTurns turns;
  private final RestCommit commits;
  private final Catalog icebergCatalog;

  RestDatabase(
      String address,
      RestResources resources,
      TableAnswers answers,
      ObjectStore store,
      boolean readOnly,
      CommitPatience patience) {
    this.address = address;
    this.resources = resources;
    this.answers = answers;
    this.views = new RestViews(resources);
    this.store = store;
    this.readOnly = readOnly;
    TimeSource time = patience.time();
    this.ids = patience.ids();
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap());
    this.served = new ServedMetadataIO(io, answers);
    this.turns = new CommitTurns(store, new CommitQueue(time, ids), false);
    this.commits = new RestCommit(this, resources, views, patience);
    this.icebergCatalog = new RestReadOnlyCatalog(this);
  }

  @Override
  public Catalog icebergCatalog() {
    return icebergCatalog;
  }

  /** Sends no request. */
  @Override
  public DatabaseSnapshot snapshot() {
    RestSchemas schemas = new RestSchemas(resources);
    RestRelations relations = new RestRelations(resources, views, schemas);
    return new DatabaseSnapshot(new DatabaseRoot(0, "", schemas, relations, List.of()), null);
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public boolean commitsTogether() {
    return false;
  }

  @Override
  public boolean renames() {
    return resources.config().offers("POST /v1/{prefix}/tables/rename");
  }

  @Override
  public String description() {
    return "a REST catalog";
  }

  @Override
  public boolean commitsTablesTogether() {
    return resources.config().offers("POST /v1/{prefix}/transactions/commit");
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public FileIO io() {
    return served;
  }

  @Override
  public TableMetadata metadata(TableIdentifier identifier, TablePointer pointer) {
    TableMetadata known = knownMetadata(pointer);
    if (known != null) {
      return known;
    }
    LoadedTable now =
        resources
            .table(identifier)
            .filter(table -> table.location().equals(pointer.metadataLocation()))
            .orElse(null);
    if (now != null) {
      return now.metadata();
    }
    // Out of memory, and the server tells of the newest only: the file stays what it was.
    try {
      return answers.file(identifier, pointer.metadataLocation(), io);
    } catch (NotFoundException e) {
      throw new EngineException(
          SqlState.SERIALIZATION_FAILURE,
          "another client changed the table " + identifier + ": run the statement again",
          e);
    }
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    return answers.known(pointer.metadataLocation());
  }

  /** The pointers were made of the metadata, which is in memory but for many tables. */
  @Override
  public void readMetadataAhead(Collection<TablePointer> pointers) {}

  @Override
  public boolean holdsViews() {
    return resources.holdsViews();
  }

  @Override
  public ViewMetadata viewMetadata(TableIdentifier identifier, TablePointer pointer) {
    return views.metadata(identifier, pointer);
  }

  @Override
  public @Nullable ViewMetadata knownViewMetadata(TablePointer pointer) {
    return views.known(pointer);
  }

  @Override
  public ViewMetadata writeViewMetadata(ViewMetadata metadata, @Nullable String previous) {
    return commits.prepareView(metadata);
  }

  @Override
  public void prepareWrite() {
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION, "the catalog at " + address + " is opened read-only");
    }
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    return commits.stagedLocation(identifier);
  }

  @Override
  public String chosenTableLocation(String location) {
    throw EngineException.unsupported(
        "LOCATION in a REST catalog, whose server says where a table stands,");
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    return commits.prepare(metadata, summary, ownSnapshots);
  }

  @Override
  public MetadataWrites writesSideBySide() {
    return io.sideBySide();
  }

  @Override
  public void readAhead(Collection<String> locations) {
    io.readAhead(locations);
  }

  @Override
  public String newCommitId() {
    return ids.uuid().toString();
  }

  @Override
  public CommitOutcome commit(RootEdit edit) {
    prepareWrite();
    return commits.commit(edit);
  }

  @Override
  public CommitTurns turns() {
    return turns;
  }

  @Override
  public DatabaseSnapshot newestKnown(DatabaseSnapshot than) {
    return than;
  }

  /** Who comes by path finds the server's files. */
  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {}

  @Override
  public void close() {
    resources.client().close();
    store.close();
  }
}
