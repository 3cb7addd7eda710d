package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * A warehouse folder in the layout of Iceberg's Hadoop catalog: {@code
 * <namespace>/<table>/metadata} with {@code version-hint.text} and {@code vN.metadata.json}. Needs
 * no Hadoop class. A read point names the newest metadata of each table; tables move independently
 * there, so two of them may be of different moments, and a commit is about one table only (0A000).
 * Thread-safe.
 */
final class HadoopFolderCatalog implements DatabaseCatalog {
  private final ObjectStore store;
  private final String folder;
  private final boolean readOnly;
  private final Ids ids;
  private final MetadataFileIO io;
  private final HadoopMetadataFiles metadataFiles;
  private final HadoopTableFolders folders;
  private final HadoopCommit commits;
  private final CommitTurns turns;
  private final Catalog icebergCatalog;

  /**
   * @param patienceMillis how long a commit is tried before its outcome is given up
   * @param disabled guards that a test turned off
   */
  HadoopFolderCatalog(
      ObjectStore store,
      String folder,
      boolean readOnly,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.store = store;
    this.folder = folder;
    this.readOnly = readOnly;
    this.ids = ids;
    this.turns = new CommitTurns(store, new CommitQueue(time, ids), false);
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap());
    this.metadataFiles = new HadoopMetadataFiles(store);
    this.folders = new HadoopTableFolders(Path.of(folder), ids);
    this.commits =
        new HadoopCommit(this, metadataFiles, folders, time, ids, patienceMillis, disabled);
    this.icebergCatalog = new ReadOnlyCatalog(this, this::readOnlyFailure);
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
                pointer(metadata).ifPresent(pointer -> tables.put(identifier, pointer)));
    return new DatabaseSnapshot(new DatabaseRoot(0, "", namespaces, tables, List.of()), null);
  }

  /** Empty for a table that was dropped since it was listed. */
  private Optional<TablePointer> pointer(String metadata) {
    try {
      return Optional.of(
          new TablePointer(TablePointer.Kind.TABLE, metadata, metadataFiles.uuid(metadata)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
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
  public String description() {
    return "a Hadoop warehouse";
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
    TableMetadata metadata;
    try {
      metadata = metadataFiles.read(pointer.metadataLocation()).metadata();
    } catch (NotFoundException e) {
      throw moved(identifier, pointer, e);
    }
    boolean same = metadata.uuid() == null || metadata.uuid().equals(pointer.uuid());
    if (!same && !pointer.uuid().isEmpty()) {
      throw moved(identifier, pointer, null);
    }
    return metadata;
  }

  private static EngineException moved(
      TableIdentifier identifier, TablePointer pointer, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "the metadata file of the table "
            + identifier
            + ", "
            + pointer.metadataLocation()
            + ", is gone: another program moved the table; run the statement again",
        cause);
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    return metadataFiles.known(pointer.metadataLocation());
  }

  @Override
  public void readMetadataAhead(Collection<TablePointer> pointers) {}

  @Override
  public void prepareWrite() {
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION, "the warehouse " + folder + " is opened read-only");
    }
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    return folders.of(identifier).toString();
  }

  @Override
  public String chosenTableLocation(String location) {
    throw EngineException.unsupported(
        "LOCATION in a Hadoop warehouse, where a table stands in the folder of its name,");
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    return writeMetadata(metadata, null, summary, ownSnapshots);
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata,
      @Nullable TableMetadata base,
      Map<String, String> summary,
      Set<Long> ownSnapshots) {
    return commits.prepare(metadata, base, summary, ownSnapshots);
  }

  @Override
  public void endCommit(String commitId) {
    commits.forget(commitId);
  }

  /** Versions made and not stored: those of commits under way. */
  int preparedVersions() {
    return commits.prepared();
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

  /** The commit has done it. */
  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {}

  /** 0A000 where a table's metadata is to stand in another folder than a Hadoop catalog's. */
  static void requireInPlace(TableMetadata metadata, Path metadataFolder) {
    String wanted = LocationGuard.normalise(TableLocations.metadataFolder(metadata));
    if (!Objects.equals(wanted, metadataFolder.toString())) {
      throw EngineException.unsupported(
          "metadata in "
              + wanted
              + " of a table of a Hadoop warehouse, whose readers look for it in "
              + metadataFolder
              + ",");
    }
  }

  private EngineException readOnlyFailure() {
    return EngineException.unsupported(
        "a change through Iceberg's Catalog in the Hadoop warehouse " + folder);
  }

  @Override
  public void close() {
    store.close();
  }
}
