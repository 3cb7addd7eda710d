package dev.frazil.exec.scan;

import dev.frazil.plan.MetricsUse;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScanColumn;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stand for those of data files which need not be opened, where only counts and extremes
 * are asked for: of every column the same number of values and nulls, the least and the greatest
 * among them. Two rows are enough when nothing is counted. Which values share a row means nothing.
 * Thread-safe.
 */
final class MetricRows {
  private static final int BATCH_ROWS = 1 << 14;
  private static final int BATCH_FILES = 1 << 10;

  private final TableScan scan;
  private final MetricsUse use;
  private final Schema schema;
  private final ArrayDeque<Repeated> rows = new ArrayDeque<>();

  /** {@code count} rows of the same values, in vectors of one row. */
  private record Repeated(List<ColumnVector> values, long count) {
    RowBatch batch(int rowCount) {
      return new RowBatch(
          values.stream().map(value -> ConstantVectors.repeat(value, rowCount)).toList(), rowCount);
    }
  }

  MetricRows(TableScan scan, MetricsUse use, Schema schema) {
    this.scan = scan;
    this.use = use;
    this.schema = schema;
  }

  /** Takes the rows of a file from its metrics; false where they are not exact, or rows deleted. */
  boolean take(ScanFile task) {
    if (!task.deletes().isEmpty()) {
      return false;
    }
    Map<Integer, ColumnVector> constants =
        PartitionConstants.of(task, id -> ScanFiles.field(scan.table(), schema, id));
    List<ColumnMetrics> columns = new ArrayList<>();
    for (int i = 0; i < scan.scanColumns().size(); i++) {
      if (!(scan.scanColumns().get(i) instanceof ScanColumn.TableColumn table)) {
        return false;
      }
      ColumnVector constant = constants.get(table.fieldId());
      if (constant == null && use.keys().contains(i)) {
        return false; // written before the table was partitioned so
      }
      ColumnMetrics metrics =
          constant != null
              ? ColumnMetrics.constant(constant, task.file().recordCount())
              : ColumnMetrics.of(
                  task.file(),
                  ScanFiles.field(scan.table(), schema, table.fieldId()),
                  use.extremes().contains(i));
      if (metrics == null) {
        return false;
      }
      columns.add(metrics);
    }
    add(columns, task.file().recordCount());
    return true;
  }

  /** First the least values, then the greatest, then the least again as often as there are more. */
  private void add(List<ColumnMetrics> columns, long rowCount) {
    if (rowCount > 0) {
      rows.add(row(columns, 0, 1));
    }
    if (rowCount > 1) {
      rows.add(row(columns, 1, 1));
    }
    if (!use.counted() || rowCount <= 2) {
      return;
    }
    TreeSet<Long> ends = new TreeSet<>();
    columns.forEach(column -> ends.add(column.valueCount()));
    ends.add(rowCount);
    long from = 2;
    for (long end : ends) {
      if (end > from) {
        rows.add(row(columns, from, end - from));
        from = end;
      }
    }
  }

  private static Repeated row(List<ColumnMetrics> columns, long from, long count) {
    List<ColumnVector> values = new ArrayList<>();
    for (ColumnMetrics column : columns) {
      ColumnVector value = from == 1 ? column.greatest() : column.least();
      values.add(from < column.valueCount() ? value : ConstantVectors.nulls(value.type(), 1));
    }
    return new Repeated(values, count);
  }

  /** Some of the rows; null when there are no more. */
  synchronized @Nullable RowBatch next() {
    List<RowBatch> parts = new ArrayList<>();
    int total = 0;
    while (total < BATCH_ROWS && parts.size() < BATCH_FILES) {
      Repeated next = rows.poll();
      if (next == null) {
        break;
      }
      int count = (int) Math.min(next.count(), BATCH_ROWS - total);
      parts.add(next.batch(count));
      total += count;
      if (count < next.count()) {
        rows.addFirst(new Repeated(next.values(), next.count() - count));
      }
    }
    return parts.isEmpty() ? null : RowBatches.concat(parts);
  }
}
