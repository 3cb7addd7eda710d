package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Whether the files of an earlier state of a table are still there. One thread. */
public final class EarlierFiles {
  private final ObjectStore store;
  private final FileIO io;
  private final QueryContext context;

  public EarlierFiles(ObjectStore store, FileIO io, QueryContext context) {
    this.store = store;
    this.io = io;
    this.context = context;
  }

  /** 55000 where a file that one of the snapshots reaches was deleted since. */
  public void require(
      TableIdentifier identifier, TableMetadata table, Collection<Snapshot> snapshots) {
    if (snapshots.isEmpty()) {
      return;
    }
    try (ReachableFiles reached = new ReachableFiles(io, context)) {
      for (Snapshot snapshot : snapshots) {
        reached.add(snapshot, table.specsById());
      }
      Map<String, Set<String>> folders = new HashMap<>();
      reached
          .locations()
          .values()
          .forEach(
              locations ->
                  locations.forEach(
                      location ->
                          folders
                              .computeIfAbsent(folder(location), unused -> new HashSet<>())
                              .add(location)));
      folders.forEach((folder, locations) -> requireAll(identifier, folder, locations));
    } catch (NotFoundException e) {
      throw gone(identifier, String.valueOf(e.getMessage()), e);
    }
  }

  private static String folder(String location) {
    String exact = FileNames.exact(location);
    return exact.substring(0, exact.lastIndexOf('/') + 1);
  }

  /** One listing tells of a thousand files, where a request each would not. */
  private void requireAll(TableIdentifier identifier, String folder, Set<String> locations) {
    context.cancellation().check();
    Map<String, String> missing = new HashMap<>();
    locations.forEach(location -> missing.put(FileNames.exact(location), location));
    if (locations.size() > 1) {
      Iterator<ObjectInfo> objects = store.list(folder);
      while (objects.hasNext() && !missing.isEmpty()) {
        missing.remove(FileNames.exact(objects.next().location()));
      }
    }
    for (String location : missing.values()) {
      if (store.head(location).isEmpty()) {
        throw gone(identifier, "the file " + location + " was deleted", null);
      }
    }
  }

  private static EngineException gone(
      TableIdentifier identifier, String what, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.OBJECT_NOT_IN_STATE,
        "the earlier state of the table "
            + identifier
            + " cannot be brought back, its files have expired: "
            + what
            + ". Files of earlier states stay until expire_snapshots or remove_orphan_files take"
            + " them",
        cause);
  }
}
