package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.WorkingTable;
import dev.frazil.plan.rule.OuterReferences;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan that runs again and again, for other outer rows or over other rows of a recursion. Parts
 * that are the same each time run once and are kept in memory where they fit. One thread.
 */
final class SubPlan implements AutoCloseable {
  private final PhysicalNode root;
  private final QueryContext context;
  private final IdentityHashMap<PhysicalNode, RowSupply> supplies;
  private final List<KeptRows> kept = new ArrayList<>();

  /**
   * @param known the rows that stand for nodes, other ones in each run
   */
  SubPlan(PhysicalNode root, QueryContext context, Map<PhysicalNode, RowSupply> known) {
    this.root = root;
    this.context = context;
    this.supplies = new IdentityHashMap<>();
    known.forEach(supplies::put);
    keep(root, known);
  }

  private void keep(PhysicalNode node, Map<PhysicalNode, RowSupply> known) {
    if (node instanceof Values || known.containsKey(node)) {
      return;
    }
    boolean isSameEachTime =
        OuterReferences.slots(node).isEmpty()
            && !contains(node, known)
            && WorkingTable.freeIn(node).isEmpty();
    if (isSameEachTime) {
      KeptRows rows = new KeptRows(node, context, () -> new PlanOperators(context).source(node));
      kept.add(rows);
      supplies.put(node, rows);
    } else {
      node.inputs().forEach(input -> keep(input, known));
    }
  }

  private static boolean contains(PhysicalNode node, Map<PhysicalNode, RowSupply> known) {
    return known.containsKey(node)
        || node.inputs().stream().anyMatch(input -> contains(input, known));
  }

  /** One run; the caller closes it. */
  Operator start(OuterRow row) {
    QueryContext inner = context.within(row);
    return new ExchangeOperator(new PlanOperators(inner, supplies).source(root), inner);
  }

  @Override
  public void close() {
    kept.forEach(KeptRows::close);
  }
}
