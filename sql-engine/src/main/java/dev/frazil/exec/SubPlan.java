package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.rule.OuterReferences;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan that runs again and again for other outer rows. Parts that read no outer row run once and
 * are kept in memory where they fit. One thread.
 */
final class SubPlan implements AutoCloseable {
  private final PhysicalNode root;
  private final QueryContext context;
  private final IdentityHashMap<PhysicalNode, KeptRows> kept = new IdentityHashMap<>();

  SubPlan(PhysicalNode root, QueryContext context) {
    this.root = root;
    this.context = context;
    keep(root);
  }

  private void keep(PhysicalNode node) {
    if (node instanceof Values) {
      return;
    }
    if (OuterReferences.slots(node).isEmpty()) {
      kept.put(node, new KeptRows(node, context));
    } else {
      node.inputs().forEach(this::keep);
    }
  }

  /** All rows of one run, compacted. */
  List<RowBatch> run(OuterRow row) {
    QueryContext inner = context.within(row);
    List<RowBatch> rows = new ArrayList<>();
    try (Operator operator =
        new ExchangeOperator(new PlanOperators(inner, kept).source(root), inner)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        rows.add(RowBatches.compact(batch));
        batch = operator.next();
      }
    }
    return rows;
  }

  @Override
  public void close() {
    kept.values().forEach(KeptRows::close);
  }
}
