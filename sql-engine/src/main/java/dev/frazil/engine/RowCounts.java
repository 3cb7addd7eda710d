package dev.frazil.engine;

import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.TableHandle;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.expressions.Expressions;

/** How many rows a table has. */
final class RowCounts {
  private RowCounts() {}

  /** From the snapshot's summary where no deletes blur it, else by reading the deletes. */
  static long count(TableHandle handle, QueryContext context) {
    Snapshot snapshot = handle.table().currentSnapshot();
    if (snapshot == null) {
      return 0;
    }
    Map<String, String> summary = snapshot.summary();
    String records = summary.get(SnapshotSummary.TOTAL_RECORDS_PROP);
    if (records != null && "0".equals(summary.get(SnapshotSummary.TOTAL_DELETE_FILES_PROP))) {
      return Long.parseLong(records);
    }
    PhysicalNode scan =
        new PhysicalNode.TableScan(
            handle, List.of(), Expressions.alwaysTrue(), null, -1, Double.NaN);
    long rows = 0;
    try (Operator operator = OperatorFactory.create(scan, context)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        rows += batch.selectedCount();
        batch = operator.next();
      }
    }
    return rows;
  }
}
