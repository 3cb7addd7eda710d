package dev.frazil.exec.aggregate;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SerialSource;
import dev.frazil.exec.WorkerThreads;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by hash: each worker of the input groups its own share, then the shares are merged.
 * With DISTINCT aggregates, whose sets cannot be merged, the input is gathered first. Groups that
 * do not fit the memory budget go to temporary files.
 */
public final class HashAggregateOperator implements Operator {
  private final BatchSource input;
  private final QueryContext context;
  private final AggregatePlan plan;
  private final List<List<Integer>> groupingSets;

  /** By worker, then by grouping set. */
  private final List<List<SpillableGrouping>> shares = new ArrayList<>();

  private final List<Operator> outputs = new ArrayList<>();
  private boolean grouped;
  private int current;

  public HashAggregateOperator(Aggregate node, BatchSource input, QueryContext context) {
    this.context = context;
    this.plan = AggregatePlan.of(node);
    this.groupingSets = node.groupingSets();
    this.input = plan.mergeable() ? input : new SerialSource(new ExchangeOperator(input, context));
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!grouped) {
      grouped = true;
      group();
    }
    while (current < outputs.size()) {
      RowBatch batch = outputs.get(current).next();
      if (batch != null) {
        return batch;
      }
      outputs.get(current).close();
      shares.get(0).get(current).close();
      current++;
    }
    return null;
  }

  private void group() {
    input.prepare();
    int count = input.parallelism();
    List<Operator> workers = new ArrayList<>();
    // accumulators and tables of groups copy what they keep
    input.reuseBatches();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(input.worker());
        shares.add(groupings());
      }
      WorkerThreads.run(count, input::stop, i -> consume(workers.get(i), shares.get(i)));
    } finally {
      workers.forEach(Operator::close);
      input.close();
    }
    for (int set = 0; set < groupingSets.size(); set++) {
      SpillableGrouping merged = shares.get(0).get(set);
      for (int i = 1; i < count; i++) {
        merged.absorb(shares.get(i).get(set));
      }
      outputs.add(merged.output());
    }
  }

  private List<SpillableGrouping> groupings() {
    List<SpillableGrouping> groupings = new ArrayList<>();
    for (List<Integer> keys : groupingSets) {
      groupings.add(new SpillableGrouping(plan, keys, context));
    }
    return groupings;
  }

  private void consume(Operator worker, List<SpillableGrouping> groupings) {
    RowBatch batch = worker.next();
    while (batch != null) {
      context.cancellation().check();
      for (SpillableGrouping grouping : groupings) {
        grouping.add(batch);
      }
      batch = worker.next();
    }
  }

  @Override
  public void close() {
    outputs.forEach(Operator::close);
    for (List<SpillableGrouping> share : shares) {
      share.forEach(SpillableGrouping::close);
    }
    input.close();
  }
}
