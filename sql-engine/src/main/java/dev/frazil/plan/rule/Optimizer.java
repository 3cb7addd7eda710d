package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;

/**
 * Applies the rules in their order: predicates down to the scans, an order of the joins, columns
 * that nobody needs away, then the algorithm of each join, its build side and the filters of the
 * scans in Iceberg's terms.
 */
public final class Optimizer {
  private final ConstantFolder folder;

  public Optimizer(ConstantFolder folder) {
    this.folder = folder;
  }

  /** The same rows, sooner. */
  public PhysicalNode optimize(PhysicalNode node) {
    PhysicalNode filtered = new FilterPushDown(folder).apply(node);
    PhysicalNode ordered = JoinOrder.order(filtered);
    PhysicalNode pruned = new ColumnPruning(folder).apply(ordered);
    return new PhysicalChoices().apply(pruned);
  }
}
