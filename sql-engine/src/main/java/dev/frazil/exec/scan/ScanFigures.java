package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.parquet.ScanStatistics;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.TruncatedPartitions;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expression.Operation;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Projections;

/** Counts what scans read, and what they were spared. */
final class ScanFigures {
  private ScanFigures() {}

  /** A data file is open, and what to read of it is known. */
  static OpenDataFile countOpened(OpenDataFile file, QueryCounters counters) {
    ScanStatistics statistics = file.scanner().statistics();
    counters.add(Counter.FILES_READ, 1);
    counters.add(Counter.ROW_GROUPS, statistics.rowGroupsTotal());
    counters.add(Counter.ROW_GROUPS_PRUNED, statistics.rowGroupsPruned());
    counters.add(Counter.ROWS_PASSED, file.rowsRuledOut());
    return file;
  }

  /** A morsel is read; whether it was the last one of its file. */
  static boolean countPassed(MorselOfFile morsel, QueryCounters counters) {
    counters.add(Counter.ROWS_PASSED, morsel.rowCount());
    if (morsel.file().rowGroupDone(morsel.rowGroupOrdinal())) {
      counters.add(Counter.ROW_GROUPS_READ, 1);
    }
    return morsel.file().morselDone();
  }

  /** What reading a data file has cost. */
  static void countRead(OpenDataFile file, QueryCounters counters) {
    ScanStatistics statistics = file.scanner().statistics();
    counters.add(Counter.PAGES, statistics.pagesTotal());
    counters.add(Counter.PAGES_PRUNED, statistics.pagesPruned());
    countRequests(statistics, counters);
    file.tell(statistics);
  }

  /** What reading a delete file has cost. */
  static void countRequests(ScanStatistics statistics, QueryCounters counters) {
    counters.add(Counter.BYTES_READ, statistics.bytesRead());
    counters.add(Counter.READ_REQUESTS, statistics.requests());
  }

  /**
   * Tells why a scan left files out. Iceberg does not say, so all files are planned once more, and
   * the partition of each is asked again: only while somebody watches the statement, and only where
   * files are missing.
   */
  static void countPruned(TableHandle table, Expression pruning, int kept, QueryContext context) {
    if (context.profile() == null || pruning.op() == Operation.TRUE || kept == total(table)) {
      return;
    }
    QueryCounters counters = context.counters();
    Map<Integer, Evaluator> partitions = new HashMap<>();
    Expression filter =
        TruncatedPartitions.widened(
            PromotedDates.without(pruning, table.table()), table.table().specs().values());
    long all = 0;
    long wanted = 0;
    for (ScanFile task :
        ScanFiles.plan(table, Expressions.alwaysTrue(), context.files().snapshots())) {
      all++;
      Evaluator evaluator =
          partitions.computeIfAbsent(
              task.spec().specId(),
              id ->
                  new Evaluator(
                      task.spec().partitionType(),
                      Projections.inclusive(task.spec(), true).project(filter),
                      true));
      if (evaluator.eval(task.file().partition())) {
        wanted++;
      }
    }
    counters.add(Counter.FILES_PRUNED_BY_PARTITION, all - wanted);
    counters.add(Counter.FILES_PRUNED_BY_BOUNDS, wanted - kept);
  }

  /** All data files of the snapshot, as its summary tells; -1 where it does not. */
  private static long total(TableHandle table) {
    Long snapshotId = table.snapshotId();
    Snapshot snapshot = snapshotId == null ? null : table.table().snapshot(snapshotId);
    String total =
        snapshot == null ? null : snapshot.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    return total != null && total.matches("[0-9]{1,18}") ? Long.parseLong(total) : -1;
  }
}
