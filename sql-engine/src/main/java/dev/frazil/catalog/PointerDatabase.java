package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database whose tables another system names: a {@link PointerStore} holds where the metadata of
 * each stands, and all files are read and written here. A read point is a view of the store; what
 * may be committed together is for the store to say. Thread-safe.
 */
final class PointerDatabase implements DatabaseCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(PointerDatabase.class);
  private static final int TABLE_ID_DIGITS = 10;

  private final PointerStore pointers;
  private final ObjectStore store;
  private final String warehouse;
  private final boolean readOnly;
  private final Ids ids;
  private final MetadataFileIO io;
  private final TableMetadataFiles metadataFiles;
  private final ViewMetadataFiles viewFiles;
  private final TimeSource time;
  private final long patienceMillis;
  private final Set<CommitGuard> disabled;
  private final CommitTurns turns;
  private final Catalog icebergCatalog;

  /**
   * @param pointers closed with the database
   * @param store the files, guarded
   * @param warehouse where new tables stand, without a trailing slash
   * @param patienceMillis how long a commit is tried before its outcome is given up
   * @param disabled guards that a test turned off
   */
  PointerDatabase(
      PointerStore pointers,
      ObjectStore store,
      String warehouse,
      boolean readOnly,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.pointers = pointers;
    this.store = store;
    this.warehouse = warehouse;
    this.readOnly = readOnly;
    this.ids = ids;
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap());
    this.metadataFiles = new TableMetadataFiles(io, ids);
    this.viewFiles = new ViewMetadataFiles(io, ids);
    this.time = time;
    this.patienceMillis = patienceMillis;
    this.disabled = disabled;
    this.turns = new CommitTurns(store, new CommitQueue(time, ids), false);
    this.icebergCatalog = new BucketCatalog(this, "frazil");
    pointers.tellMetadata(metadataFiles::read);
  }

  @Override
  public Catalog icebergCatalog() {
    return icebergCatalog;
  }

  @Override
  public DatabaseSnapshot snapshot() {
    return snapshot(pointers.view());
  }

  /** The read point of a view. */
  DatabaseSnapshot snapshot(PointerView view) {
    Map<TableIdentifier, StoredPointer> stored = view.relations();
    Map<TableIdentifier, TablePointer> relations =
        new OnDemandMap<TableIdentifier, StoredPointer>(
                identifier -> Optional.ofNullable(stored.get(identifier)), () -> stored)
            .mapped(this::pointer);
    Map<Namespace, Map<String, String>> namespaces = view.namespaces();
    return new DatabaseSnapshot(new DatabaseRoot(0, "", namespaces, relations, List.of()), null);
  }

  /** A read point that is taken when somebody looks at it. */
  DatabaseSnapshot laterSnapshot() {
    Supplier<DatabaseRoot> root = new LaterRoot();
    return new DatabaseSnapshot(
        new DatabaseRoot(
            0,
            "",
            new OnDemandMap<>(
                namespace -> Optional.ofNullable(root.get().namespaces().get(namespace)),
                () -> root.get().namespaces()),
            new OnDemandMap<>(
                identifier -> root.get().pointer(identifier), () -> root.get().relations()),
            List.of()),
        null);
  }

  /** Asks the store once. */
  private final class LaterRoot implements Supplier<DatabaseRoot> {
    private @Nullable DatabaseRoot root;

    @Override
    public synchronized DatabaseRoot get() {
      DatabaseRoot known = root;
      if (known == null) {
        known = snapshot().root();
        root = known;
      }
      return known;
    }
  }

  /** The metadata of a table in a file. */
  TableMetadata metadataAt(String location) {
    return metadataFiles.read(location);
  }

  /** The metadata of a view in a file. */
  ViewMetadata viewMetadataAt(String location) {
    return viewFiles.read(location);
  }

  private TablePointer pointer(StoredPointer found) {
    return new TablePointer(found.kind(), found.metadataLocation(), () -> uuid(found));
  }

  /** The identity that a metadata file tells; its folder where the file cannot be read. */
  private String uuid(StoredPointer found) {
    String location = found.metadataLocation();
    try {
      return found.kind() == TablePointer.Kind.VIEW
          ? viewFiles.read(location).uuid()
          : String.valueOf(metadataFiles.read(location).uuid());
    } catch (NotFoundException | EngineException e) {
      // To name or to drop a table is no reason to fail for its files: whoever reads it will.
      LOG.debug("the uuid of {} is not known", location, e);
      return location.substring(0, location.lastIndexOf('/') + 1);
    }
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public boolean commitsTogether() {
    return pointers.changesTogether() > 1;
  }

  @Override
  public boolean renames() {
    return pointers.renames();
  }

  @Override
  public String description() {
    return pointers.description();
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
      throw missing("table " + identifier, pointer, e);
    }
  }

  private EngineException missing(String what, TablePointer pointer, NotFoundException cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "the metadata file of the "
            + what
            + ", "
            + pointer.metadataLocation()
            + ", is missing: another program may have removed it after a newer one; run the"
            + " statement again, or look what "
            + description()
            + " says of it",
        cause);
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    return metadataFiles.known(pointer.metadataLocation());
  }

  @Override
  public void readMetadataAhead(Collection<TablePointer> tables) {
    List<String> locations = new ArrayList<>();
    List<String> views = new ArrayList<>();
    for (TablePointer pointer : tables) {
      boolean isView = pointer.kind() == TablePointer.Kind.VIEW;
      (isView ? views : locations).add(pointer.metadataLocation());
    }
    locations.addAll(viewFiles.unknown(views));
    metadataFiles.readAhead(locations);
  }

  @Override
  public boolean holdsViews() {
    return pointers.holdsViews();
  }

  @Override
  public ViewMetadata viewMetadata(TableIdentifier identifier, TablePointer pointer) {
    try {
      return viewFiles.read(pointer.metadataLocation());
    } catch (NotFoundException e) {
      throw missing("view " + identifier, pointer, e);
    }
  }

  @Override
  public @Nullable ViewMetadata knownViewMetadata(TablePointer pointer) {
    return viewFiles.known(pointer.metadataLocation());
  }

  @Override
  public ViewMetadata writeViewMetadata(ViewMetadata metadata, @Nullable String previous) {
    return viewFiles.write(metadata, previous);
  }

  @Override
  public void prepareWrite() {
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION, description() + " is opened read-only");
    }
    pointers.prepareWrite();
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    pointers.requireName(identifier);
    return TableLocations.newTable(warehouse, identifier, ids.hex(TABLE_ID_DIGITS));
  }

  @Override
  public String chosenTableLocation(String location) {
    return ChosenLocation.check(warehouse, store, location);
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    if (ownSnapshots.isEmpty() && summary.containsKey(CommitSummary.TOKEN)) {
      throw PointerCommit.tokenWithoutSnapshot();
    }
    return metadataFiles.write(metadata, summary, ownSnapshots);
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
    return new PointerCommit(this, pointers, edit, time, ids, patienceMillis, disabled).run();
  }

  @Override
  public CommitTurns turns() {
    return turns;
  }

  @Override
  public DatabaseSnapshot newestKnown(DatabaseSnapshot than) {
    return than;
  }

  /** Readers ask the catalog. */
  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {}

  @Override
  public void close() {
    try (pointers) {
      store.close();
    }
  }
}
