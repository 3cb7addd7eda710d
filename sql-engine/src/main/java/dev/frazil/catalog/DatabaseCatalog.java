package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A database as transactions see it: consistent read points, and commits over many tables that
 * happen whole or not at all. Thread-safe. Errors: 08001 not reachable or not a database, XX001
 * corrupt, 25006 a write to a read-only catalog.
 */
public interface DatabaseCatalog extends AutoCloseable {

  /** The same database as a standard Iceberg catalog. */
  Catalog icebergCatalog();

  /** Where the database stands now: one conditional request, answered 304 when nothing moved. */
  DatabaseSnapshot snapshot();

  /** Whether {@link #history} tells anything. */
  default boolean hasHistory() {
    return false;
  }

  /**
   * What the database was before a state of it; a request for every 32 commits that are looked back
   * on. 0A000 where nothing tells.
   */
  default DatabaseHistory history(DatabaseSnapshot now) {
    throw EngineException.unsupported(
        "the history of a whole database (AS OF, RESTORE DATABASE, UNDROP TABLE) in a catalog"
            + " without a root, such as jdbc:iceberg:hadoop:,");
  }

  /** Whether every write is refused (25006). */
  boolean readOnly();

  /**
   * Whether a commit may be about several tables or schemas. Where it may not, each table decides
   * its own commits.
   */
  default boolean commitsTogether() {
    return true;
  }

  /**
   * Whether a commit may change the rows and definitions of several tables that are there already,
   * where it may not be about more.
   */
  default boolean commitsTablesTogether() {
    return commitsTogether();
  }

  /** Whether a table can be given another name. */
  default boolean renames() {
    return commitsTogether();
  }

  /** What the catalog is, for messages. */
  default String description() {
    return "this database";
  }

  /** The objects of the database, guarded. */
  ObjectStore store();

  /** Metadata and manifests of tables. Its {@code deleteFile} never deletes. */
  FileIO io();

  /** The metadata file that a pointer names; immutable, so answered from memory when known. */
  TableMetadata metadata(TableIdentifier identifier, TablePointer pointer);

  /** That metadata if it is in memory; never a request. */
  @Nullable TableMetadata knownMetadata(TablePointer pointer);

  /**
   * Reads the metadata files of tables that are about to be asked for, side by side where that
   * pays. What cannot be read is left to {@link #metadata}, which names the table.
   */
  void readMetadataAhead(Collection<TablePointer> pointers);

  /** Whether it can hold views; without them the next three are 0A000. */
  default boolean holdsViews() {
    return false;
  }

  /** The metadata file of a view that a pointer names; immutable, as that of a table. */
  default ViewMetadata viewMetadata(TableIdentifier identifier, TablePointer pointer) {
    throw EngineException.unsupported("a view in this kind of warehouse");
  }

  /** That metadata if it is in memory; never a request. */
  default @Nullable ViewMetadata knownViewMetadata(TablePointer pointer) {
    return null;
  }

  /**
   * Writes a metadata file of a view under a new name; nothing points to it yet.
   *
   * @param previous the file that it comes after, or null
   * @return what was written, knowing its location
   */
  default ViewMetadata writeViewMetadata(ViewMetadata metadata, @Nullable String previous) {
    throw EngineException.unsupported("a view in this kind of warehouse");
  }

  /**
   * Called before the first object of a transaction is written: refuses read-only catalogs and
   * stores that cannot commit safely, and lays the root of a database that was never written.
   */
  void prepareWrite();

  /** A folder for a table about to be created, never used before. */
  String newTableLocation(TableIdentifier identifier);

  /**
   * The folder that a statement chose for a table about to be created. Errors: 58P02 outside of the
   * warehouse, 22023 and 55000 for one that other files are in.
   */
  default String chosenTableLocation(String location) {
    throw EngineException.unsupported("LOCATION in a catalog that is only read");
  }

  /**
   * Writes a metadata file under a new name; nothing points to it yet.
   *
   * @param summary added to the summaries of the snapshots in {@code ownSnapshots}
   * @return what was written, knowing its location
   */
  TableMetadata writeMetadata(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots);

  /**
   * The same for a catalog that has to know what the metadata comes after.
   *
   * @param base as {@link #metadata} answered it; null for a table that is new
   */
  default TableMetadata writeMetadata(
      TableMetadata metadata,
      @Nullable TableMetadata base,
      Map<String, String> summary,
      Set<Long> ownSnapshots) {
    return writeMetadata(metadata, summary, ownSnapshots);
  }

  /** A commit is over, whatever became of it: what was kept for it may go. */
  default void endCommit(String commitId) {}

  /**
   * Lets the metadata and manifests that this thread writes be sent side by side, until it is
   * closed: then all of them stand.
   */
  default MetadataWrites writesSideBySide() {
    return MetadataWrites.oneByOne();
  }

  /**
   * Reads metadata or manifests that are about to be asked for one after the other, at once where
   * that pays.
   */
  default void readAhead(Collection<String> locations) {}

  /** A commit id that no other process draws. */
  String newCommitId();

  /** The one place where a commit is decided: swaps the root, or says what moved. */
  CommitOutcome commit(RootEdit edit);

  /** Who of this process commits to a table next. */
  CommitTurns turns();

  /** The newest read point that this process knows of, without a request. */
  DatabaseSnapshot newestKnown(DatabaseSnapshot than);

  /**
   * Tells readers that come by path about tables just committed; best effort, never fails. What has
   * been overtaken by a commit of this process meanwhile is left to that one.
   */
  void publishHints(Map<TableIdentifier, TableMetadata> committed);

  /**
   * Nobody uses it at the moment: the next one sees the place as it is then, be it restored, or
   * deleted and made anew. What never changes is kept.
   */
  default void forgetState() {}

  @Override
  void close();
}
