package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.stats.RowEstimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last pass: algorithms of joins, filters of scans for Iceberg, limits, estimates. */
final class PhysicalChoices {
  private final JoinAlgorithm joins = new JoinAlgorithm();

  PhysicalNode apply(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    } else if (node instanceof Values) {
      return node;
    } else if (node instanceof Filter filter) {
      PhysicalNode input = apply(filter.input());
      if (input instanceof Window window) {
        input = PartitionHeadRule.apply(window, filter.predicate());
      }
      Filter chosen = new Filter(input, filter.predicate(), Double.NaN);
      return new Filter(input, filter.predicate(), RowEstimate.of(chosen));
    } else if (node instanceof Project project) {
      return project(apply(project.input()), project);
    } else if (node instanceof Window window) {
      return window.over(apply(window.input()));
    } else if (node instanceof Aggregate aggregate) {
      return FileMetricsRule.apply(
          aggregate.over(apply(aggregate.input()), RowEstimate.of(aggregate)));
    } else if (node instanceof NestedLoopJoin join) {
      return joins.choose(
          new NestedLoopJoin(
              apply(join.left()),
              apply(join.right()),
              join.kind(),
              join.condition(),
              join.estimatedRows()));
    } else if (node instanceof HashJoin) {
      return node;
    } else if (node instanceof Sort sort) {
      PhysicalNode input = apply(sort.input());
      if (sort.keys().isEmpty()) {
        input = limited(input, sort);
      }
      return new Sort(input, sort.keys(), sort.offset(), sort.limit());
    } else if (node instanceof SetOperation operation) {
      return new SetOperation(
          operation.operator(),
          operation.all(),
          operation.inputs().stream().map(this::apply).toList(),
          operation.columns());
    }
    if (node instanceof RareNode rare) {
      return rare.withInputs(rare.inputs().stream().map(this::apply).toList());
    }
    throw new IllegalStateException("unknown node " + node.getClass().getSimpleName());
  }

  /** One projection where the input only picks columns. */
  private static Project project(PhysicalNode input, Project project) {
    if (input instanceof Project inner
        && inner.expressions().stream().allMatch(InputReference.class::isInstance)) {
      return new Project(
          inner.input(),
          project.expressions().stream()
              .map(
                  expression ->
                      Expressions.replaceReferences(
                          expression, reference -> inner.expressions().get(reference.index())))
              .toList(),
          project.columns());
    }
    return new Project(input, project.expressions(), project.columns());
  }

  private static PhysicalNode scan(TableScan scan) {
    if (Expressions.conjuncts(scan.residual()).stream().anyMatch(Expressions::isNeverTrue)) {
      return new Values(scan.columns(), List.of());
    }
    return new TableScan(
        scan.table(),
        scan.scanColumns(),
        ScanFilters.of(scan.scanColumns(), scan.residual()),
        scan.residual(),
        scan.limit(),
        RowEstimate.of(scan));
  }

  /** A scan below a plain LIMIT need not read on. */
  private static PhysicalNode limited(PhysicalNode input, Sort sort) {
    Long offset = sort.offset() == null ? Long.valueOf(0) : number(sort.offset());
    Long limit = number(sort.limit());
    if (offset == null || limit == null || limit > Long.MAX_VALUE - offset) {
      return input;
    }
    if (input instanceof Project project && project.input() instanceof TableScan scan) {
      return new Project(limited(scan, offset + limit), project.expressions(), project.columns());
    }
    return input instanceof TableScan scan ? limited(scan, offset + limit) : input;
  }

  private static TableScan limited(TableScan scan, long limit) {
    return new TableScan(
        scan.table(),
        scan.scanColumns(),
        scan.pruning(),
        scan.residual(),
        limit,
        Math.min(scan.estimatedRows(), (double) limit));
  }

  private static @Nullable Long number(@Nullable Object expression) {
    return expression instanceof Literal literal && literal.value() instanceof Long value
        ? value
        : null;
  }
}
