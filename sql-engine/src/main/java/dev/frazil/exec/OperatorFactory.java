package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;

/** Turns a physical plan into running operators. Thread-safe: no state. */
public final class OperatorFactory {
  private OperatorFactory() {}

  /**
   * The operator that gives the rows of {@code node}. Nothing runs before its first {@code next()};
   * the caller closes it.
   */
  public static Operator create(PhysicalNode node, QueryContext context) {
    CommonSubPlans common = new CommonSubPlans(node, context);
    return common.closing(new ExchangeOperator(common.operators(context).source(node), context));
  }
}
