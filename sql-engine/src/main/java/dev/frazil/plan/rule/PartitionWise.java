package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.stats.RowEstimate;
import dev.frazil.plan.stats.TableStatistics;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.BitSet;
import java.util.IdentityHashMap;
import org.apache.iceberg.PartitionField;
import org.jspecify.annotations.Nullable;

/**
 * Finds the aggregations that may be done some partitions of their table after the other: one of
 * the keys is a column by whose values the table is partitioned, so no group has rows in two
 * partitions. It pays where groups are many: fewer are in memory at a time, and found sooner there.
 */
public final class PartitionWise {
  private static final double LEAST_ROWS = 1_000_000;
  private static final double LEAST_GROUPS = 200_000;

  private final IdentityHashMap<Aggregate, Scanned> found = new IdentityHashMap<>();

  /** A column that a scan reads. */
  public record Scanned(TableScan scan, int column) {
    /** The name of the column. */
    public String name() {
      return scan.columns().get(column).name();
    }
  }

  private PartitionWise() {}

  /** The aggregations of a plan, by identity, and the column of the partitions. */
  public static IdentityHashMap<Aggregate, Scanned> of(PhysicalNode root) {
    PartitionWise wise = new PartitionWise();
    wise.walk(root, new BitSet());
    return wise.found;
  }

  /**
   * @param keys the columns for whose values a join above does not want some rows
   */
  private void walk(PhysicalNode node, BitSet keys) {
    // what runs again and again should read its partitions once; keys of a join reach one scan only
    if (node instanceof RareNode) {
      return;
    }
    if (node instanceof Aggregate aggregate && !KeyPaths.reachScan(node, keys)) {
      Scanned column = column(aggregate);
      if (column != null) {
        found.put(aggregate, column);
        return;
      }
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      walk(node.inputs().get(i), KeyPaths.narrowing(node, keys, i));
    }
  }

  private static @Nullable Scanned column(Aggregate aggregate) {
    if (aggregate.groupingSets().size() != 1
        || aggregate.groupingSets().get(0).size() != aggregate.groupKeys().size()) {
      return null;
    }
    for (int key : aggregate.groupKeys()) {
      Scanned column = scanned(aggregate.input(), key);
      if (column != null && isPartition(column) && hasManyGroups(aggregate, key)) {
        return column;
      }
    }
    return null;
  }

  private static @Nullable Scanned scanned(PhysicalNode node, int column) {
    if (node instanceof Filter filter) {
      return Expressions.isVolatile(filter.predicate()) ? null : scanned(filter.input(), column);
    } else if (node instanceof Project project) {
      return project.expressions().get(column) instanceof InputReference reference
          ? scanned(project.input(), reference.index())
          : null;
    }
    return node instanceof TableScan scan && scan.limit() < 0 && scan.metrics() == null
        ? new Scanned(scan, column)
        : null;
  }

  private static boolean isPartition(Scanned column) {
    ScanColumn read = column.scan().scanColumns().get(column.column());
    if (!(read instanceof ScanColumn.TableColumn of) || !isPlain(of.column().type())) {
      return false;
    }
    for (PartitionField field : column.scan().table().table().spec().fields()) {
      if (field.sourceId() == of.fieldId() && field.transform().isIdentity()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(SqlType type) {
    return type == Primitive.INTEGER
        || type == Primitive.BIGINT
        || type == Primitive.DATE
        || type == Primitive.VARCHAR;
  }

  /** Of text it is not known how much of it differs; that of the partitions does not count. */
  private static boolean hasManyGroups(Aggregate aggregate, int partition) {
    Scanned scanned = scanned(aggregate.input(), partition);
    double rows = scanned == null ? 0 : TableStatistics.of(scanned.scan().table()).rowCount();
    if (rows < LEAST_ROWS) {
      return false;
    }
    double groups = 1;
    for (int key : aggregate.groupKeys()) {
      double values = RowEstimate.distinctValues(aggregate.input(), key);
      boolean isUnknown =
          values >= rows
              && aggregate.input().columns().get(key).type().kind() == PhysicalKind.BYTES;
      if (isUnknown && key != partition) {
        return false;
      }
      groups *= isUnknown ? 1 : values;
    }
    return Math.min(groups, rows) >= LEAST_GROUPS;
  }
}
