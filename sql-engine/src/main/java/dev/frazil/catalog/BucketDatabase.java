package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A database in a bucket or a folder, with nothing beside it: one root object holds the pointers of
 * all tables and is swapped under a condition. Thread-safe.
 */
public final class BucketDatabase implements DatabaseCatalog {
  private static final int TABLE_ID_DIGITS = 10;

  private final ObjectStore store;
  private final String warehouse;
  private final boolean readOnly;
  private final Ids ids;
  private final StoreCheck storeCheck;
  private final MetadataFileIO io;
  private final TableMetadataFiles metadataFiles;
  private final ViewMetadataFiles viewFiles;
  private final RootStore root;
  private final RootTrail trail;
  private final Catalog icebergCatalog;
  private final CommitTurns turns;
  private final Map<TableIdentifier, Object> hints = new ConcurrentHashMap<>();
  private boolean checked;
  private boolean prepared;

  /** What is asked of a store before this process writes its first object; 08004 refuses it. */
  interface StoreCheck {
    void check(boolean newDatabase);
  }

  /**
   * @param warehouse location prefix, without a trailing slash
   * @param patienceMillis how long a commit is tried before its outcome is given up
   * @param deleteRequests takes what Iceberg asks to delete
   * @param disabled guards that a test turned off
   */
  BucketDatabase(
      ObjectStore store,
      String warehouse,
      boolean readOnly,
      StoreCheck storeCheck,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Consumer<String> deleteRequests,
      Set<CommitGuard> disabled) {
    this.store = store;
    this.warehouse = warehouse;
    this.readOnly = readOnly;
    this.storeCheck = storeCheck;
    this.ids = ids;
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap(), deleteRequests);
    this.metadataFiles = new TableMetadataFiles(io, ids);
    this.viewFiles = new ViewMetadataFiles(io, ids);
    CommitQueue queue = new CommitQueue(time, ids);
    this.trail = new RootTrail(store, TableLocations.trail(warehouse));
    this.root =
        new RootStore(
            store,
            TableLocations.root(warehouse),
            time,
            ids,
            queue,
            trail,
            patienceMillis,
            disabled);
    this.turns = new CommitTurns(store, queue);
    this.icebergCatalog = new BucketCatalog(this, "frazil");
  }

  @Override
  public Catalog icebergCatalog() {
    return icebergCatalog;
  }

  @Override
  public DatabaseSnapshot snapshot() {
    DatabaseSnapshot snapshot = root.read();
    return snapshot.entityTag() == null ? newDatabase() : snapshot;
  }

  /** A place without a root is a new database only if nothing else stands there. */
  private DatabaseSnapshot newDatabase() {
    String stranger = stranger();
    // Another process may have laid the root, and written, since the root was looked for.
    DatabaseSnapshot snapshot = root.read();
    if (snapshot.entityTag() == null && stranger != null) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          warehouse
              + " is not a Frazil database: it holds "
              + stranger
              + " but no "
              + TableLocations.SYSTEM_FOLDER
              + "/root.json. "
              + (new TableFolder(store, warehouse).holdsTable()
                  ? "It is the folder of one table, which jdbc:iceberg:table:"
                      + warehouse
                      + " reads"
                  : "Name an empty or new place to create a database there, or use"
                      + " jdbc:iceberg:hadoop:/folder for a warehouse that Spark's Hadoop catalog"
                      + " wrote"));
    }
    return snapshot;
  }

  private @Nullable String stranger() {
    Iterator<ObjectInfo> objects = store.list(warehouse + "/");
    while (objects.hasNext()) {
      String location = objects.next().location();
      String name = location.substring(Math.min(location.length(), warehouse.length() + 1));
      if (!name.startsWith(TableLocations.SYSTEM_FOLDER + "/") && !name.startsWith(".")) {
        return name;
      }
    }
    return null;
  }

  @Override
  public boolean readOnly() {
    return readOnly;
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
              + ", is missing: restore it from an earlier version or a backup",
          e);
    }
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    return metadataFiles.known(pointer.metadataLocation());
  }

  @Override
  public void readMetadataAhead(Collection<TablePointer> pointers) {
    List<String> locations = new ArrayList<>();
    List<String> views = new ArrayList<>();
    for (TablePointer pointer : pointers) {
      boolean isView = pointer.kind() == TablePointer.Kind.VIEW;
      (isView ? views : locations).add(pointer.metadataLocation());
    }
    locations.addAll(viewFiles.unknown(views));
    metadataFiles.readAhead(locations);
  }

  @Override
  public boolean holdsViews() {
    return true;
  }

  @Override
  public ViewMetadata viewMetadata(TableIdentifier identifier, TablePointer pointer) {
    try {
      return viewFiles.read(pointer.metadataLocation());
    } catch (NotFoundException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the metadata file of the view "
              + identifier
              + ", "
              + pointer.metadataLocation()
              + ", is missing: drop the view and create it again",
          e);
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

  /**
   * {@inheritDoc}
   *
   * <p>The root comes before the first data file, so that a writer that dies never leaves a place
   * that holds files but no database.
   */
  @Override
  public synchronized void prepareWrite() {
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION, "the warehouse " + warehouse + " is opened read-only");
    }
    if (prepared) {
      return;
    }
    boolean isNew = root.knownOrRead().entityTag() == null && newDatabase().entityTag() == null;
    if (isNew || !checked) {
      storeCheck.check(isNew);
      checked = true;
    }
    if (isNew) {
      CommitOutcome outcome = root.commit(new RootEdit(newCommitId(), null, List.of()));
      if (outcome instanceof CommitOutcome.Unknown unknown) {
        throw new EngineException(
            SqlState.CONNECTION_FAILURE,
            "the root of the new database "
                + warehouse
                + " could not be written; nothing is lost,"
                + " try again",
            unknown.cause());
      }
    }
    prepared = true;
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    return TableLocations.newTable(warehouse, identifier, ids.hex(TABLE_ID_DIGITS));
  }

  @Override
  public String chosenTableLocation(String location) {
    return ChosenLocation.check(warehouse, store, location);
  }

  @Override
  public String newCommitId() {
    return ids.uuid().toString();
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
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
  public CommitOutcome commit(RootEdit edit) {
    prepareWrite();
    return root.commit(edit);
  }

  @Override
  public boolean hasHistory() {
    return true;
  }

  @Override
  public DatabaseHistory history(DatabaseSnapshot now) {
    return new DatabaseHistory(now, trail);
  }

  @Override
  public CommitTurns turns() {
    return turns;
  }

  @Override
  public DatabaseSnapshot newestKnown(DatabaseSnapshot than) {
    DatabaseSnapshot known = root.knownOrRead();
    return known.root().version() > than.root().version() ? known : than;
  }

  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {
    committed.forEach(
        (identifier, metadata) -> {
          // One after the other, so that an earlier hint never lands on a later one of this
          // process.
          synchronized (hints.computeIfAbsent(identifier, unused -> new Object())) {
            boolean newest =
                root.knownOrRead()
                    .root()
                    .table(identifier)
                    .map(now -> now.metadataLocation().equals(metadata.metadataFileLocation()))
                    .orElse(false);
            if (newest) {
              VersionHints.publish(store, List.of(metadata));
            }
          }
        });
  }

  @Override
  public synchronized void forgetState() {
    prepared = false;
    root.forget();
  }

  @Override
  public void close() {
    store.close();
  }
}
