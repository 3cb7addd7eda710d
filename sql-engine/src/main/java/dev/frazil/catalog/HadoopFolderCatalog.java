package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse folder that Iceberg's Hadoop catalog wrote, as Spark does: {@code
 * <namespace>/<table>/metadata} with {@code version-hint.text} and {@code vN.metadata.json}. Read
 * only (25006): its commits rely on a rename that object stores do not have. Needs no Hadoop class.
 * A read point names the newest metadata of each table; tables move independently there, so two of
 * them may be of different moments. Thread-safe.
 */
final class HadoopFolderCatalog implements DatabaseCatalog {
  private final ObjectStore store;
  private final String folder;
  private final MetadataFileIO io;
  private final TableMetadataFiles metadataFiles;
  private final CommitTurns turns;
  private final Catalog icebergCatalog;

  HadoopFolderCatalog(ObjectStore store, String folder) {
    this.store = store;
    this.folder = folder;
    this.turns = new CommitTurns(store, new CommitQueue(TimeSource.system(), Ids.system()));
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap());
    this.metadataFiles = new TableMetadataFiles(io, Ids.system());
    this.icebergCatalog = new ReadOnlyCatalog(this);
  }

  @Override
  public Catalog icebergCatalog() {
    return icebergCatalog;
  }

  @Override
  public DatabaseSnapshot snapshot() {
    Path root = Path.of(folder);
    if (!Files.isDirectory(root)) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "the folder " + folder + " does not exist or cannot be read: name the warehouse folder");
    }
    if (Files.exists(Path.of(TableLocations.root(folder)))) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          folder + " is a Frazil database: open it as jdbc:iceberg:" + folder);
    }
    HadoopFolderWalk walk = new HadoopFolderWalk(root);
    Map<Namespace, Map<String, String>> namespaces = new HashMap<>();
    walk.namespaces().forEach(namespace -> namespaces.put(namespace, Map.of()));
    Map<TableIdentifier, TablePointer> tables = new HashMap<>();
    walk.tables()
        .forEach(
            (identifier, metadata) ->
                tables.put(
                    identifier, new TablePointer(TablePointer.Kind.TABLE, metadata, metadata)));
    return new DatabaseSnapshot(new DatabaseRoot(0, "", namespaces, tables, List.of()), null);
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public FileIO io() {
    return io;
  }

  @Override
  public TableMetadata metadata(TableIdentifier identifier, TablePointer pointer) {
    try {
      return metadataFiles.read(pointer.metadataLocation());
    } catch (NotFoundException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the metadata file of the table "
              + identifier
              + ", "
              + pointer.metadataLocation()
              + ", is gone: another program moved the table; run the statement again",
          e);
    }
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    return metadataFiles.known(pointer.metadataLocation());
  }

  @Override
  public void readMetadataAhead(Collection<TablePointer> pointers) {
    metadataFiles.readAhead(pointers.stream().map(TablePointer::metadataLocation).toList());
  }

  Optional<TableMetadata> load(TableIdentifier identifier) {
    return snapshot().root().table(identifier).map(pointer -> metadata(identifier, pointer));
  }

  @Override
  public void prepareWrite() {
    throw readOnlyFailure();
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    throw readOnlyFailure();
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    throw readOnlyFailure();
  }

  @Override
  public String newCommitId() {
    throw readOnlyFailure();
  }

  @Override
  public CommitOutcome commit(RootEdit edit) {
    throw readOnlyFailure();
  }

  @Override
  public CommitTurns turns() {
    return turns;
  }

  @Override
  public DatabaseSnapshot newestKnown(DatabaseSnapshot than) {
    return than;
  }

  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {
    throw readOnlyFailure();
  }

  EngineException readOnlyFailure() {
    return new EngineException(
        SqlState.READ_ONLY_TRANSACTION,
        "the Hadoop warehouse "
            + folder
            + " is read-only here: copy its tables into a database of"
            + " jdbc:iceberg:/folder to change them");
  }

  @Override
  public void close() {
    store.close();
  }
}
