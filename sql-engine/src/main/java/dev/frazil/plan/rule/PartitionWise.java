package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.stats.RowEstimate;
import dev.frazil.plan.stats.TableStatistics;
import dev.frazil.type.PhysicalKind;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the parts of a plan that may be done some partitions of their tables after the other
 * ({@link PartitionLayout}), where that pays: groups are many, or the right side of a join is
 * large. Fewer of them are in memory at a time, and found sooner there.
 */
public final class PartitionWise {
  private static final double LEAST_ROWS = 1_000_000;
  private static final double LEAST_GROUPS = 200_000;
  private static final double LEAST_BUILD_ROWS = 500_000;

  private final IdentityHashMap<PhysicalNode, PartitionLayout> found = new IdentityHashMap<>();
  private final Predicate<PhysicalNode> isApart;

  private PartitionWise(Predicate<PhysicalNode> isApart) {
    this.isApart = isApart;
  }

  /**
   * The aggregations and joins of a plan at the top of such parts, by identity.
   *
   * @param isApart what runs by itself, for several readers
   */
  public static IdentityHashMap<PhysicalNode, PartitionLayout> of(
      PhysicalNode root, Predicate<PhysicalNode> isApart) {
    PartitionWise wise = new PartitionWise(isApart);
    wise.walk(root, new BitSet());
    return wise.found;
  }

  /** For EXPLAIN. */
  public static String describe(PartitionLayout layout) {
    return "some partitions of " + layout.names() + " at a time";
  }

  /**
   * @param keys the columns for whose values a join above does not want some rows
   */
  private void walk(PhysicalNode node, BitSet keys) {
    // what runs again and again should read its partitions once
    if (node instanceof RareNode) {
      return;
    }
    if (node instanceof Aggregate || node instanceof HashJoin) {
      PartitionLayout layout = PartitionLayout.of(node, isApart);
      if (layout != null && pays(node, !KeyPaths.reachScan(node, keys))) {
        found.put(node, layout);
        return;
      }
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      walk(node.inputs().get(i), KeyPaths.narrowing(node, keys, i));
    }
  }

  /**
   * @param readsAll whether no join above leaves out rows of the scans, and so groups
   */
  private static boolean pays(PhysicalNode node, boolean readsAll) {
    boolean pays =
        node instanceof HashJoin join
            ? RowEstimate.of(join.right()) >= LEAST_BUILD_ROWS
            : readsAll && node instanceof Aggregate aggregate && hasManyGroups(aggregate);
    if (pays) {
      return true;
    }
    return node.inputs().stream().anyMatch(input -> pays(input, readsAll));
  }

  /** Whether one of its grouping sets makes many. */
  private static boolean hasManyGroups(Aggregate aggregate) {
    double rows = tableRows(aggregate.input());
    PartitionLayout input = PartitionLayout.of(aggregate.input(), node -> false);
    return input != null
        && rows >= LEAST_ROWS
        && aggregate.groupingSets().stream()
            .anyMatch(set -> groups(aggregate.input(), set, input, rows) >= LEAST_GROUPS);
  }

  /** Of text it is not known how much of it differs; that of the partitions does not count. */
  private static double groups(
      PhysicalNode input, List<Integer> keys, PartitionLayout layout, double rows) {
    double groups = 1;
    for (int key : keys) {
      double values = RowEstimate.distinctValues(input, key);
      boolean isUnknown =
          values >= rows && input.columns().get(key).type().kind() == PhysicalKind.BYTES;
      boolean isPartition = layout.fields().stream().anyMatch(field -> field.columns().get(key));
      if (isUnknown && !isPartition) {
        return 0;
      }
      groups *= isUnknown ? 1 : values;
    }
    return Math.min(groups, rows);
  }

  /** Of the table below filters and projections; of a join its own estimate. */
  private static double tableRows(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return TableStatistics.of(scan.table()).rowCount();
    }
    return node.inputs().size() == 1 ? tableRows(node.inputs().get(0)) : RowEstimate.of(node);
  }
}
