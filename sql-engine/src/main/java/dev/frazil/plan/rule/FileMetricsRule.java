package dev.frazil.plan.rule;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.MetricsUse;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScanColumn;
import dev.frazil.type.CommonType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells a scan that the aggregate above it counts and takes extremes only, so that the metrics of a
 * file may stand for its rows. Which files' metrics are exact is decided as they are planned.
 */
final class FileMetricsRule {
  private FileMetricsRule() {}

  /** The aggregate, its scan marked where that may spare it files. */
  static PhysicalNode apply(Aggregate aggregate) {
    PhysicalNode input = aggregate.input();
    TableScan scan = scan(input);
    if (scan == null || scan.scanColumns().isEmpty()) {
      return aggregate;
    }
    MetricsUse use = use(aggregate, scan);
    if (use == null) {
      return aggregate;
    }
    TableScan marked =
        new TableScan(
            scan.table(),
            scan.scanColumns(),
            scan.pruning(),
            scan.residual(),
            -1,
            scan.estimatedRows(),
            use);
    PhysicalNode above =
        input instanceof Project project
            ? new Project(marked, project.expressions(), project.columns())
            : marked;
    return aggregate.over(above, aggregate.estimatedRows());
  }

  /** The scan right below, but for columns that change places, whose filter bounds may answer. */
  private static @Nullable TableScan scan(PhysicalNode input) {
    PhysicalNode node = input;
    if (input instanceof Project project
        && project.expressions().stream().allMatch(InputReference.class::isInstance)) {
      node = project.input();
    }
    return node instanceof TableScan scan && isOfBounds(scan.residual()) && scan.limit() < 0
        ? scan
        : null;
  }

  /** Whether partitions and bounds may tell that every row of a file passes. */
  private static boolean isOfBounds(@Nullable ScalarExpression filter) {
    if (filter == null) {
      return true;
    }
    if (!(filter instanceof ScalarExpression.Call call)) {
      return false;
    }
    return switch (call.function()) {
      case AND, OR -> call.operands().stream().allMatch(FileMetricsRule::isOfBounds);
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, IS_NULL, IS_NOT_NULL ->
          !CommonType.isFloating(call.operands().get(0).type());
      default -> false;
    };
  }

  private static int scanColumn(PhysicalNode input, int column) {
    return input instanceof Project project
            && project.expressions().get(column) instanceof InputReference reference
        ? reference.index()
        : column;
  }

  private static @Nullable MetricsUse use(Aggregate aggregate, TableScan scan) {
    Set<Integer> keys = new HashSet<>();
    for (int key : aggregate.groupKeys()) {
      int column = scanColumn(aggregate.input(), key);
      if (!isPartitionValue(scan, column)) {
        return null;
      }
      keys.add(column);
    }
    Set<Integer> extremes = new HashSet<>();
    boolean counted = false;
    for (AggregateCall call : aggregate.calls()) {
      List<Integer> arguments = call.arguments();
      if (call.filter() >= 0 || !call.order().isEmpty() || arguments.size() > 1) {
        return null;
      }
      int column = arguments.isEmpty() ? -1 : scanColumn(aggregate.input(), arguments.get(0));
      switch (call.function()) {
        case COUNT -> {
          if (call.distinct() || (column >= 0 && !isMeasured(scan, column))) {
            return null;
          }
          counted = true;
        }
        case MIN, MAX -> {
          if (column < 0 || !hasBounds(scan, column)) {
            return null;
          }
          extremes.add(column);
        }
        default -> {
          return null;
        }
      }
    }
    return new MetricsUse(extremes, keys, counted);
  }

  private static @Nullable Type type(TableScan scan, int column) {
    return scan.scanColumns().get(column) instanceof ScanColumn.TableColumn of
        ? scan.table().schema().findType(of.fieldId())
        : null;
  }

  /** Files tell how many values there are of every column that is not nested. */
  private static boolean isMeasured(TableScan scan, int column) {
    Type type = type(scan, column);
    return type != null && type.isPrimitiveType();
  }

  /** Whether bounds may be exact: those of text are cut off, and others have no order in files. */
  private static boolean hasBounds(TableScan scan, int column) {
    Type type = type(scan, column);
    if (type == null) {
      return false;
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP, TIMESTAMP_NANO, DECIMAL -> true;
      default -> isPartitionValue(scan, column);
    };
  }

  /** Whether the table's newest files have one value each in the column. */
  private static boolean isPartitionValue(TableScan scan, int column) {
    if (!(scan.scanColumns().get(column) instanceof ScanColumn.TableColumn of)) {
      return false;
    }
    for (PartitionField field : scan.table().table().spec().fields()) {
      if (field.sourceId() == of.fieldId() && field.transform().isIdentity()) {
        return true;
      }
    }
    return false;
  }
}
