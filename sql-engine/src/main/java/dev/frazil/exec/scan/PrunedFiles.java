package dev.frazil.exec.scan;

import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.plan.TableHandle;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Projections;

/**
 * Tells why a scan left files out. Iceberg does not say, so all files are planned once more, and
 * the partition of each is asked again: for EXPLAIN ANALYZE only.
 */
final class PrunedFiles {
  private PrunedFiles() {}

  static void count(TableHandle table, Expression pruning, int kept, QueryCounters counters) {
    Map<Integer, Evaluator> partitions = new HashMap<>();
    long all = 0;
    long wanted = 0;
    for (FileScanTask task : ScanFiles.plan(table, Expressions.alwaysTrue())) {
      all++;
      Evaluator evaluator =
          partitions.computeIfAbsent(
              task.spec().specId(),
              id ->
                  new Evaluator(
                      task.spec().partitionType(),
                      Projections.inclusive(task.spec(), true).project(pruning),
                      true));
      if (evaluator.eval(task.file().partition())) {
        wanted++;
      }
    }
    counters.add(Counter.FILES_PRUNED_BY_PARTITION, all - wanted);
    counters.add(Counter.FILES_PRUNED_BY_BOUNDS, wanted - kept);
  }
}
