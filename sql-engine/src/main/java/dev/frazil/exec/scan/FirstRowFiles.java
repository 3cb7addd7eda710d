package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.parquet.LongBounds;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScanColumn;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The files and row groups that may hold one of the first rows of an order, the most promising
 * first. Bounds may be wider than the values, never narrower; where there are none, a file may hold
 * anything. Thread-safe.
 */
final class FirstRowFiles {
  private final FirstRows rows;
  private final Types.NestedField field;
  private final TableScan scan;
  private final Schema schema;

  private final QueryContext context;

  private FirstRowFiles(
      FirstRows rows,
      Types.NestedField field,
      TableScan scan,
      Schema schema,
      QueryContext context) {
    this.context = context;
    this.rows = rows;
    this.field = field;
    this.scan = scan;
    this.schema = schema;
  }

  /** Null where files tell nothing that the order can use: of floats NaN has no bounds. */
  static @Nullable FirstRowFiles of(
      FirstRows rows, TableScan scan, Schema schema, QueryContext context) {
    if (!(scan.scanColumns().get(rows.key().column()) instanceof ScanColumn.TableColumn column)) {
      return null;
    }
    Types.NestedField field = schema.asStruct().field(column.fieldId());
    if (field == null) {
      return null;
    }
    return switch (field.type().typeId()) {
      case INTEGER, LONG, DATE, TIME, TIMESTAMP, TIMESTAMP_NANO, DECIMAL, STRING ->
          new FirstRowFiles(rows, field, scan, schema, context);
      default -> null;
    };
  }

  /** The column whose metrics the files are to bring along. */
  String columnName() {
    return field.name();
  }

  List<ScanFile> inOrder(List<ScanFile> files) {
    return files.stream().sorted(Comparator.comparingLong(this::least)).toList();
  }

  /** Whether the file may hold a row that is still wanted. */
  boolean mayHold(ScanFile file) {
    return mayHold(least(file));
  }

  /** A prefix that no row of the file is below. */
  private long least(ScanFile task) {
    ColumnVector constant =
        PartitionConstants.of(task, id -> ScanFiles.field(scan.table(), schema, id))
            .get(field.fieldId());
    if (constant != null) {
      return rows.prefix(constant);
    }
    DataFile file = task.file();
    Map<Integer, Long> nullCounts = file.nullValueCounts();
    Long nulls = nullCounts == null ? null : nullCounts.get(field.fieldId());
    if (rows.key().nullsFirst() && (nulls == null || nulls > 0)) {
      return Long.MIN_VALUE;
    }
    Map<Integer, ByteBuffer> bounds =
        rows.key().descending() ? file.upperBounds() : file.lowerBounds();
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    if (bound == null) {
      boolean onlyNulls = nulls != null && nulls == file.recordCount();
      return onlyNulls ? rows.prefix((Long) null) : Long.MIN_VALUE;
    }
    Object value = Conversions.fromByteBuffer(field.type(), bound);
    return rows.prefix(
        ConstantVectors.of(
            IcebergValues.toEngine(value, field.type()), TypeMapping.toSql(field.type()), 1));
  }

  /** A prefix that no row of a row group is below. */
  long least(OpenDataFile file, int rowGroup) {
    SqlType type = TypeMapping.toSql(field.type());
    if (type.kind() != PhysicalKind.INT && type.kind() != PhysicalKind.LONG) {
      return Long.MIN_VALUE;
    }
    LongBounds bounds = file.scanner().bounds(rowGroup, field);
    if (bounds == null || (rows.key().nullsFirst() && bounds.mayHaveNulls())) {
      return Long.MIN_VALUE;
    }
    return rows.prefix((Long) (rows.key().descending() ? bounds.greatest() : bounds.least()));
  }

  /** Notes that a file need not be read. */
  void countSkipped() {
    context.counters().add(Counter.FILES_PRUNED_BY_BOUNDS, 1);
  }

  /** Notes that a row group of a file that was opened need not be read. */
  void countSkippedRowGroup() {
    context.counters().add(Counter.ROW_GROUPS_PRUNED, 1);
  }

  /** Whether a row of this prefix or a greater one may still be wanted. */
  boolean mayHold(long least) {
    PhysicalKind kind = TypeMapping.toSql(field.type()).kind();
    return least <= rows.limit(FirstRows.isExact(kind));
  }

  /** Whether files and row groups are to be read from their end. */
  boolean isBackward() {
    return rows.key().descending();
  }
}
