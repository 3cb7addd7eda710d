package dev.frazil.plan.stats;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.JoinNode;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression.Literal;

/**
 * How many rows a node yields at most, whatever its predicates keep: for choices that must not go
 * wrong where {@link RowEstimate} is too low. Tables are counted as of their statistics.
 */
public final class RowBound {
  private RowBound() {}

  /** Rows at most; infinite where nothing is known. */
  public static double of(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return TableStatistics.of(scan.table()).rowCount();
    } else if (node instanceof Values values) {
      return values.rows().size();
    } else if (node instanceof Filter filter) {
      return of(filter.input());
    } else if (node instanceof Project project) {
      return of(project.input());
    } else if (node instanceof Window window) {
      return of(window.input());
    } else if (node instanceof Aggregate aggregate) {
      return RowEstimate.isOneRow(aggregate)
          ? 1
          : of(aggregate.input()) * aggregate.groupingSets().size();
    } else if (node instanceof Sort sort) {
      return sort.limit() instanceof Literal literal && literal.value() instanceof Long limit
          ? Math.min(of(sort.input()), (double) limit)
          : of(sort.input());
    } else if (node instanceof SetOperation operation) {
      return operation.estimate(operation.inputs().stream().map(RowBound::of).toList());
    } else if (node instanceof JoinNode join) {
      return join(join.left(), join.right(), join.kind());
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double join(PhysicalNode left, PhysicalNode right, JoinKind kind) {
    double leftRows = of(left);
    double rightRows = of(right);
    return switch (kind) {
      case INNER -> leftRows * rightRows;
      case LEFT -> leftRows * Math.max(1, rightRows);
      case RIGHT -> rightRows * Math.max(1, leftRows);
      case FULL -> leftRows * rightRows + leftRows + rightRows;
      case SEMI, ANTI, NULL_AWARE_ANTI -> leftRows;
      case RIGHT_SEMI, RIGHT_ANTI -> rightRows;
    };
  }
}
