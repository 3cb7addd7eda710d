package dev.frazil.catalog;

import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * One table, read by the path of its folder or of a metadata file, without a catalog: a database
 * with the schema {@code main} and that table in it. Every write is 25006. A read point of a folder
 * is the newest metadata there, that of a metadata file always this file. Thread-safe.
 */
final class SingleTableCatalog implements DatabaseCatalog {
  private static final long MAX_BYTES = 256L << 20;
  private static final int PARSED_TO_JSON = 2;

  private final ObjectStore store;
  private final String place;
  private final TableFolder folder;
  private final @Nullable String metadataFile;
  private final TableIdentifier table;
  private final Ids ids;
  private final MetadataFileIO io;
  private final CommitTurns turns;
  private final Catalog icebergCatalog;
  private final ObjectCache<Kept> kept = new ObjectCache<>(ObjectCache.shareOfHeap());

  /** A parsed file, and the tag of its bytes: names of Hadoop tables can come back. */
  private record Kept(TableMetadata metadata, String entityTag) {}

  SingleTableCatalog(ObjectStore store, Warehouse.SingleTable place, TimeSource time, Ids ids) {
    this.store = store;
    this.place = place.location();
    this.folder = new TableFolder(store, place.location());
    this.metadataFile = place.metadataFile();
    this.table = TableIdentifier.of(DatabaseRoot.MAIN, place.name());
    this.ids = ids;
    this.io = new MetadataFileIO(store, ObjectCache.shareOfHeap());
    this.turns = new CommitTurns(store, new CommitQueue(time, ids), false);
    this.icebergCatalog = new ReadOnlyCatalog(this, this::refused);
  }

  @Override
  public Catalog icebergCatalog() {
    return icebergCatalog;
  }

  @Override
  public DatabaseSnapshot snapshot() {
    String location = metadataFile == null ? folder.newest() : metadataFile;
    TablePointer pointer =
        new TablePointer(TablePointer.Kind.TABLE, location, identity(read(location)));
    return new DatabaseSnapshot(
        new DatabaseRoot(
            0, "", Map.of(DatabaseRoot.MAIN, Map.of()), Map.of(table, pointer), List.of()),
        null);
  }

  /** The metadata in a file as it is now: 08001 where there is none, XX001 where it is damaged. */
  private TableMetadata read(String location) {
    Kept known = kept.find(location);
    FetchOutcome outcome =
        store.fetch(location, known == null ? null : known.entityTag(), MAX_BYTES);
    if (known != null && outcome instanceof FetchOutcome.NotModified) {
      return known.metadata();
    }
    if (!(outcome instanceof FetchOutcome.Fetched fetched)) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "the metadata file " + location + " does not exist: name the table's folder, or a file");
    }
    TableMetadataFiles.Parsed parsed = TableMetadataFiles.parsed(location, fetched.body());
    kept.keep(
        location,
        new Kept(parsed.metadata(), fetched.entityTag()),
        Math.min((long) PARSED_TO_JSON * parsed.jsonBytes(), kept.maxBytes() / 2));
    return parsed.metadata();
  }

  /** The place stands for a table of version 1 without an identity. */
  private String identity(TableMetadata metadata) {
    return metadata.uuid() == null ? place : metadata.uuid();
  }

  @Override
  public TableMetadata metadata(TableIdentifier identifier, TablePointer pointer) {
    TableMetadata known = knownMetadata(pointer);
    TableMetadata metadata = known == null ? read(pointer.metadataLocation()) : known;
    if (!identity(metadata).equals(pointer.uuid())) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the metadata file "
              + pointer.metadataLocation()
              + " is of another table now: it was dropped and made anew; run the statement again");
    }
    return metadata;
  }

  @Override
  public @Nullable TableMetadata knownMetadata(TablePointer pointer) {
    Kept known = kept.find(pointer.metadataLocation());
    return known != null && Objects.equals(identity(known.metadata()), pointer.uuid())
        ? known.metadata()
        : null;
  }

  /** The read point has read it. */
  @Override
  public void readMetadataAhead(Collection<TablePointer> pointers) {}

  @Override
  public void readAhead(Collection<String> locations) {
    io.readAhead(locations);
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  /** No commit is about anything. */
  @Override
  public boolean commitsTogether() {
    return false;
  }

  @Override
  public String description() {
    return "a table read by its path";
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public FileIO io() {
    return io;
  }

  private EngineException refused() {
    return new EngineException(
        SqlState.READ_ONLY_TRANSACTION,
        "the table at "
            + place
            + " is read by its path, which no write can do safely: connect to the catalog that the"
            + " table belongs to, or CALL system.register_table in a database of your own");
  }

  @Override
  public void prepareWrite() {
    throw refused();
  }

  @Override
  public String newTableLocation(TableIdentifier identifier) {
    throw refused();
  }

  @Override
  public TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    throw refused();
  }

  @Override
  public CommitOutcome commit(RootEdit edit) {
    throw refused();
  }

  @Override
  public String newCommitId() {
    return ids.uuid().toString();
  }

  @Override
  public CommitTurns turns() {
    return turns;
  }

  @Override
  public DatabaseSnapshot newestKnown(DatabaseSnapshot than) {
    return than;
  }

  /** Nothing is committed. */
  @Override
  public void publishHints(Map<TableIdentifier, TableMetadata> committed) {}

  @Override
  public void close() {
    store.close();
  }
}
