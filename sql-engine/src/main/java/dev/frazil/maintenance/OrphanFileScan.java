package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.TableLocations;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.TimeSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds, and deletes when asked to, the objects in the folder of a table that nothing refers to and
 * that are old by the clock of the store. Objects are listed first, and what refers to them is read
 * afterwards, so that a commit in between is seen. See docs/adr/what-is-deleted-when.md. One
 * thread, used once.
 */
public final class OrphanFileScan {
  private static final long DEFAULT_AGE_MILLIS = 3L * 24 * 3_600_000;

  private final DatabaseCatalog catalog;
  private final FileAges ages;
  private final TableIdentifier identifier;
  private final Table table;
  private final QueryContext context;

  /** What is listed. */
  private String folder = "";

  /** What stands in the way of a location that looks like an orphan. */
  public enum Mismatch {
    /** Nothing is deleted, and the call fails. */
    ERROR,
    /** The file counts as one that is referred to. */
    IGNORE
  }

  public OrphanFileScan(
      DatabaseCatalog catalog,
      FileAges ages,
      TableIdentifier identifier,
      Table table,
      QueryContext context) {
    this.catalog = catalog;
    this.ages = ages;
    this.identifier = identifier;
    this.table = table;
    this.context = context;
  }

  /**
   * The orphans.
   *
   * @param olderThanMillis only objects older than that; null for three days
   * @param location a folder of the table; null for all of it
   */
  public Set<String> find(
      @Nullable Long olderThanMillis, @Nullable String location, Mismatch mismatch) {
    TableMetadata metadata = metadata(table);
    requireNamed(metadata);
    folder = folder(metadata, location);
    refuseShared(catalog.snapshot().root());
    long now =
        StoreClock.nowMillis(
            catalog.store(), FileNames.exact(TableLocations.metadataFolder(metadata)));
    long youngest = now - ages.writerMillis();
    if (olderThanMillis != null && olderThanMillis > youngest) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "older_than is less than "
              + ages.writerMillis() / 1_000
              + " seconds ago by the clock of the store: these files may be those of writers that"
              + " have not committed yet");
    }
    long limit =
        olderThanMillis != null ? olderThanMillis : Math.min(youngest, now - DEFAULT_AGE_MILLIS);
    Set<String> old = new TreeSet<>();
    Iterator<ObjectInfo> objects = catalog.store().list(folder + "/");
    while (objects.hasNext()) {
      context.cancellation().check();
      ObjectInfo object = objects.next();
      if (object.modifiedAtMillis() < limit && !isOurs(object.location())) {
        old.add(object.location());
      }
    }
    return old.isEmpty() ? old : unreferenced(old, mismatch);
  }

  /** 0A000 where a server keeps to itself which metadata file is the current one. */
  private void requireNamed(TableMetadata metadata) {
    if (!String.valueOf(metadata.metadataFileLocation()).contains("/")) {
      throw EngineException.unsupported(
          "to tell the orphans of the table "
              + identifier
              + ", whose catalog does not say which metadata file is the current one,");
    }
  }

  private void refuseShared(DatabaseRoot root) {
    SharedFolders.refuse(root, identifier, table);
    SharedFolders.refuseOthersIn(folder, catalog, root, identifier);
  }

  /** Deletes orphans that are still none of the table's files, and answers these. */
  public Set<String> delete(Set<String> orphans) {
    Set<String> still = unreferenced(orphans, Mismatch.ERROR);
    FileDeletion.delete(catalog.store(), still, context.cancellation());
    return still;
  }

  private static boolean isOurs(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    boolean checksum = name.startsWith(".") && name.endsWith(".crc"); // of Hadoop's file system
    return name.startsWith(StoreClock.NAME) || name.equals("version-hint.text") || checksum;
  }

  private String folder(TableMetadata metadata, @Nullable String location) {
    if (location == null) {
      return FileNames.exact(metadata.location());
    }
    for (String own :
        List.of(
            metadata.location(),
            metadata.property(TableProperties.WRITE_DATA_LOCATION, metadata.location()),
            metadata.property(TableProperties.WRITE_METADATA_LOCATION, metadata.location()))) {
      if (FileNames.isWithin(location, own)) {
        return FileNames.exact(location);
      }
    }
    throw new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the location '"
            + location
            + "' is not within the folder of the table "
            + identifier
            + ", "
            + metadata.location());
  }

  private Set<String> unreferenced(Set<String> candidates, Mismatch mismatch) {
    DatabaseSnapshot newest = catalog.snapshot();
    DatabaseRoot root = newest.root();
    refuseShared(root);
    TableMetadata now =
        root.table(identifier)
            .map(pointer -> catalog.metadata(identifier, pointer))
            .filter(found -> Objects.equals(found.uuid(), metadata(table).uuid()))
            .orElseThrow(
                () ->
                    new EngineException(
                        SqlState.SERIALIZATION_FAILURE,
                        "the table " + identifier + " was dropped meanwhile: nothing is deleted"));
    try (ReachableFiles reached = new ReachableFiles(catalog.io(), context)) {
      for (Snapshot snapshot : now.snapshots()) {
        reached.add(snapshot, now.specsById());
      }
      reached.addStatistics(now);
      reached.addMetadataFiles(now);
      addEarlierStates(newest, now, reached);
      return without(candidates, reached, mismatch);
    }
  }

  /**
   * The database can be restored to any state since the age at which snapshots of the table expire.
   * Their snapshots are among those of now; their metadata files may have left the log.
   */
  private void addEarlierStates(
      DatabaseSnapshot newest, TableMetadata now, ReachableFiles reached) {
    if (!catalog.hasHistory()) {
      return;
    }
    long since =
        TimeSource.system().nowMillis()
            - now.propertyAsLong(
                TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
    catalog
        .history(newest)
        .visit(
            (version, unused) -> {
              context.cancellation().check();
              if (version.madeAtMillis() < since) {
                return false;
              }
              for (TablePointer before : version.relations().values()) {
                if (before != null && before.uuid().equals(now.uuid())) {
                  reached.addMetadataFile(before.metadataLocation());
                }
              }
              return true;
            });
  }

  private Set<String> without(Set<String> candidates, ReachableFiles reached, Mismatch mismatch) {
    Set<String> exact = new HashSet<>();
    Map<String, String> byPath = new HashMap<>();
    reached
        .locations()
        .values()
        .forEach(
            locations ->
                locations.forEach(
                    location -> {
                      exact.add(FileNames.exact(location));
                      byPath.put(FileNames.path(location), location);
                    }));
    Set<String> orphans = new TreeSet<>();
    for (String candidate : candidates) {
      String live = byPath.get(FileNames.path(candidate));
      if (exact.contains(FileNames.exact(candidate))) {
        continue;
      }
      if (live == null) {
        orphans.add(candidate);
      } else if (mismatch == Mismatch.ERROR) {
        throw new EngineException(
            SqlState.OBJECT_NOT_IN_STATE,
            "the file "
                + candidate
                + " may be the one that the table "
                + identifier
                + " calls "
                + live
                + ": nothing is deleted. With prefix_mismatch_mode => 'IGNORE' such files are kept");
      }
    }
    return orphans;
  }

  private static TableMetadata metadata(Table table) {
    return ((HasTableOperations) table).operations().current();
  }
}
