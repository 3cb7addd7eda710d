package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.rule.PartitionLayout;
import dev.frazil.plan.rule.PartitionWise;
import dev.frazil.plan.rule.RepeatedPlans;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts that a plan holds more than once ({@link RepeatedPlans}): they run once, and their rows
 * are kept for every reader.
 */
final class CommonSubPlans implements AutoCloseable {
  private final IdentityHashMap<PhysicalNode, RowSupply> kept = new IdentityHashMap<>();
  private final List<KeptRows> rows = new ArrayList<>();

  private final IdentityHashMap<PhysicalNode, PartitionLayout> partitioned;

  CommonSubPlans(PhysicalNode plan, QueryContext context) {
    RepeatedPlans.of(plan)
        .forEach(
            (node, first) ->
                kept.put(node, kept.computeIfAbsent(first, added -> keep(added, context))));
    partitioned = PartitionWise.of(plan, kept::containsKey);
  }

  private KeptRows keep(PhysicalNode node, QueryContext context) {
    KeptRows common = new KeptRows(node, context, () -> operators(context).computed(node));
    rows.add(common);
    return common;
  }

  /** The operators of the plan. */
  PlanOperators operators(QueryContext context) {
    return new PlanOperators(context, kept, partitioned, Map.of());
  }

  /** The operator, with what it reads closed after it. */
  Operator closing(Operator operator) {
    return kept.isEmpty() ? operator : new Closing(operator);
  }

  private final class Closing implements Operator {
    private final Operator operator;

    Closing(Operator operator) {
      this.operator = operator;
    }

    @Override
    public @Nullable RowBatch next() {
      return operator.next();
    }

    @Override
    public void close() {
      operator.close();
      CommonSubPlans.this.close();
    }
  }

  @Override
  public void close() {
    rows.forEach(KeptRows::close);
  }
}
