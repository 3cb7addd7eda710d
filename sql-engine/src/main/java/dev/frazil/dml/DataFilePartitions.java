package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.TruncatedPartitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** To which partition, of which spec, data files of a table belong. */
final class DataFilePartitions {
  private DataFilePartitions() {}

  /**
   * @param partition null for an unpartitioned spec
   */
  record FilePartition(PartitionSpec spec, @Nullable StructLike partition) {}

  /**
   * Looks files of the table's current snapshot up.
   *
   * @param filter which every row of interest satisfies; keeps manifests unread
   */
  static Map<String, FilePartition> find(Table table, Set<String> locations, Expression filter) {
    Map<String, FilePartition> found = new HashMap<>();
    if (table.specs().size() == 1 && table.spec().isUnpartitioned()) {
      for (String location : locations) {
        found.put(location, new FilePartition(table.spec(), null));
      }
      return found;
    }
    Set<String> wanted = new HashSet<>(locations);
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(
                table.newScan().filter(TruncatedPartitions.widened(filter, table.specs().values())),
                table)
            .planFiles()) {
      for (FileScanTask task : tasks) {
        String location = task.file().location();
        if (wanted.remove(location)) {
          found.put(location, new FilePartition(task.spec(), task.file().copy().partition()));
          if (wanted.isEmpty()) {
            break;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!wanted.isEmpty()) {
      throw EngineException.internal(
          "rows of table "
              + table.name()
              + " were read from files that its snapshot does not hold, such as "
              + wanted.iterator().next());
    }
    return found;
  }
}
