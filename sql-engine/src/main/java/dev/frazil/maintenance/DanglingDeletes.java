package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.RewrittenDeletes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The delete files of a table that apply to none of its data files, as nothing that comes later can
 * be older than they are. Stateless.
 */
public final class DanglingDeletes {
  private DanglingDeletes() {}

  /** What takes them away; one of no files where there are none. */
  public static RewrittenDeletes of(TableHandle handle) {
    Long snapshotId = handle.snapshotId();
    if (snapshotId == null) {
      return new RewrittenDeletes(List.of(), List.of(), -1, 0);
    }
    Table table = handle.table();
    List<DeleteFile> dangling = new ArrayList<>();
    try {
      Set<String> used = used(table, snapshotId);
      for (DeleteFile file : all(table, snapshotId)) {
        if (!used.contains(RewrittenDeletes.key(file))) {
          dangling.add(file);
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the manifests of table " + handle.identifier() + " did not close", e);
    }
    return new RewrittenDeletes(List.of(), dangling, snapshotId, 0);
  }

  private static Set<String> used(Table table, long snapshotId) throws IOException {
    Set<String> used = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(table.newScan().useSnapshot(snapshotId), table).planFiles()) {
      for (FileScanTask task : tasks) {
        task.deletes().forEach(file -> used.add(RewrittenDeletes.key(file)));
      }
    }
    return used;
  }

  /** All that a snapshot holds, of every kind. */
  static List<DeleteFile> all(Table table, long snapshotId) throws IOException {
    Snapshot snapshot = Objects.requireNonNull(table.snapshot(snapshotId));
    List<DeleteFile> found = new ArrayList<>();
    for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
      try (ManifestReader<DeleteFile> files =
          ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
        files.forEach(file -> found.add(file.copyWithoutStats()));
      }
    }
    return found;
  }
}
