package dev.frazil.exec;

import dev.frazil.exec.aggregate.HashAggregateOperator;
import dev.frazil.exec.scan.PartitionRuns;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.plan.rule.PartitionWise;
import dev.frazil.plan.rule.ScanFilters;
import dev.frazil.vector.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation that goes through its table some partitions after the other: the groups of some
 * are given before the next are read, so no more than theirs are in memory.
 */
final class PartitionWiseAggregate implements Operator {
  private final Aggregate node;
  private final PartitionWise.Scanned partitioned;
  private final QueryContext context;
  private final QueryContext statement;
  private @Nullable Deque<PhysicalNode> runs;
  private @Nullable Operator current;

  /**
   * @param context of the node
   * @param statement around all nodes
   */
  PartitionWiseAggregate(
      Aggregate node,
      PartitionWise.Scanned partitioned,
      QueryContext context,
      QueryContext statement) {
    this.node = node;
    this.partitioned = partitioned;
    this.context = context;
    this.statement = statement;
  }

  @Override
  public @Nullable RowBatch next() {
    Deque<PhysicalNode> left = runs;
    if (left == null) {
      left = runs();
      runs = left;
    }
    while (true) {
      context.cancellation().check();
      Operator running = current;
      if (running == null) {
        PhysicalNode input = left.poll();
        if (input == null) {
          return null;
        }
        BatchSource rows = new PlanOperators(statement).source(input);
        running = new HashAggregateOperator(node, rows, context);
        current = running;
      }
      RowBatch batch = running.next();
      if (batch != null) {
        return batch;
      }
      current = null;
      running.close();
    }
  }

  /** The inputs of the runs. */
  private Deque<PhysicalNode> runs() {
    List<ScalarExpression> parts =
        PartitionRuns.of(partitioned.scan(), partitioned.column(), context);
    Deque<PhysicalNode> nodes = new ArrayDeque<>();
    if (parts.size() < 2) {
      nodes.add(node.input());
    } else {
      parts.forEach(part -> nodes.add(restricted(node.input(), part)));
    }
    return nodes;
  }

  private PhysicalNode restricted(PhysicalNode input, ScalarExpression part) {
    PhysicalNode copy;
    if (input instanceof Filter filter) {
      copy =
          new Filter(restricted(filter.input(), part), filter.predicate(), filter.estimatedRows());
    } else if (input instanceof Project project) {
      copy =
          new Project(restricted(project.input(), part), project.expressions(), project.columns());
    } else {
      TableScan scan = partitioned.scan();
      List<ScalarExpression> predicates = new ArrayList<>(Expressions.conjuncts(scan.residual()));
      predicates.add(part);
      copy =
          new TableScan(
              scan.table(),
              scan.scanColumns(),
              org.apache.iceberg.expressions.Expressions.and(
                  scan.pruning(), ScanFilters.of(scan.scanColumns(), part)),
              Expressions.and(predicates),
              scan.limit(),
              scan.estimatedRows());
    }
    return aliased(copy, input);
  }

  /** What the copy does is told of the node of the plan. */
  private PhysicalNode aliased(PhysicalNode copy, PhysicalNode original) {
    QueryProfile profile = context.profile();
    if (profile != null) {
      profile.alias(copy, original, statement);
    }
    return copy;
  }

  @Override
  public void close() {
    Operator running = current;
    current = null;
    if (running != null) {
      running.close();
    }
  }
}
