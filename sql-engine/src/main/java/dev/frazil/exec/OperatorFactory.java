package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode;

/** Turns a physical plan into running operators. Thread-safe: no state. */
public final class OperatorFactory {
  private OperatorFactory() {}

  /**
   * The operator that gives the rows of {@code node}. Nothing runs before its first {@code next()};
   * the caller closes it.
   */
  public static Operator create(PhysicalNode node, QueryContext context) {
    return new ExchangeOperator(source(node, context), context);
  }

  static BatchSource source(PhysicalNode node, QueryContext context) {
    if (node instanceof PhysicalNode.Sort sort && sort.keys().isEmpty()) {
      return source(sort.input(), context);
    }
    throw EngineException.unsupported(node.getClass().getSimpleName());
  }
}
