package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.TableHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * A data file whose rows a statement changes. Immutable.
 *
 * @param deletes the delete files that may hold rows of it
 * @param spec how it was partitioned
 */
public record TargetFile(DataFile file, List<DeleteFile> deletes, PartitionSpec spec) {

  /**
   * Looks files of the snapshot that a statement reads up, by location.
   *
   * @param filter which some row of each file satisfies; keeps manifests unread
   * @param known the snapshots whose files are at hand
   */
  public static Map<String, TargetFile> find(
      TableHandle table, Set<String> locations, Expression filter, @Nullable SnapshotFiles known) {
    Map<String, TargetFile> found = new HashMap<>();
    if (locations.isEmpty()) {
      return found;
    }
    for (ScanFile file : ScanFiles.plan(table, filter, known)) {
      String location = file.file().location();
      if (locations.contains(location)) {
        found.put(location, new TargetFile(file.file(), file.deletes(), file.spec()));
      }
    }
    for (String location : locations) {
      if (!found.containsKey(location)) {
        throw EngineException.internal(
            "rows of table "
                + table.identifier()
                + " were read from a file that its snapshot does not hold: "
                + location);
      }
    }
    return found;
  }
}
