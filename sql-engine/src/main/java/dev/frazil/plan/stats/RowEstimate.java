package dev.frazil.plan.stats;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.JoinNode;
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
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.rule.Expressions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a node yields, from row counts of tables, what is known of their columns, and
 * guesses.
 */
public final class RowEstimate {
  private static final double GROUPS_SHARE = 0.1;

  private RowEstimate() {}

  /** Estimated rows, at least 1 for anything that may hold a row. */
  public static double of(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return scan.residual() == null || Double.isNaN(scan.estimatedRows())
          ? Math.max(1, tableRows(scan) * Selectivity.of(scan.residual()))
          : scan.estimatedRows();
    } else if (node instanceof Values values) {
      return values.rows().size();
    } else if (node instanceof Filter filter) {
      return Math.max(1, of(filter.input()) * Selectivity.of(filter.predicate()));
    } else if (node instanceof Project project) {
      return of(project.input());
    } else if (node instanceof Window window) {
      return of(window.input());
    } else if (node instanceof Aggregate aggregate) {
      if (!Double.isNaN(aggregate.estimatedRows())) {
        return aggregate.estimatedRows();
      }
      return aggregate.groupKeys().isEmpty()
          ? 1
          : Math.max(1, of(aggregate.input()) * GROUPS_SHARE);
    } else if (node instanceof Sort sort) {
      double rows = of(sort.input());
      return sort.limit() instanceof Literal literal && literal.value() instanceof Long limit
          ? Math.min(rows, (double) limit)
          : rows;
    } else if (node instanceof SetOperation operation) {
      return operation.estimate(operation.inputs().stream().map(RowEstimate::of).toList());
    } else if (node instanceof NestedLoopJoin join) {
      if (!Double.isNaN(join.estimatedRows())) {
        return join.estimatedRows();
      }
      return join(join.left(), join.right(), join.kind(), Expressions.conjuncts(join.condition()));
    } else if (node instanceof HashJoin join) {
      return join.estimatedRows();
    }
    if (node instanceof RareNode rare) {
      return Math.max(1, rare.estimate(rare.inputs().stream().map(RowEstimate::of).toList()));
    }
    throw new IllegalStateException("unknown node " + node.getClass().getSimpleName());
  }

  /**
   * The scan with an estimate by what is known of its columns: the bounds of files, their nulls,
   * and numbers of distinct values. May read manifests, as the scan itself will.
   */
  public static TableScan measured(TableScan scan) {
    if (scan.residual() == null) {
      return scan;
    }
    double share = Selectivity.of(scan.residual(), column -> statistics(scan, column));
    return new TableScan(
        scan.table(),
        scan.scanColumns(),
        scan.pruning(),
        scan.residual(),
        scan.limit(),
        Math.max(1, tableRows(scan) * share));
  }

  private static @Nullable ColumnStatistics statistics(TableScan scan, int column) {
    return scan.scanColumns().get(column) instanceof ScanColumn.TableColumn of
        ? SnapshotStatistics.of(scan.table(), of.fieldId())
        : null;
  }

  /** Rows of a join under a condition. */
  public static double join(
      PhysicalNode left, PhysicalNode right, JoinKind kind, List<ScalarExpression> condition) {
    int leftCount = left.columnCount();
    boolean areKeys = !isOneRow(left) && !isOneRow(right);
    double divisor = 1;
    double share = 1;
    for (ScalarExpression part : condition) {
      if (areKeys
          && part instanceof Call call
          && call.function() == ScalarFunction.EQUAL
          && call.operands().get(0) instanceof InputReference a
          && call.operands().get(1) instanceof InputReference b
          && (a.index() < leftCount) != (b.index() < leftCount)) {
        int leftKey = Math.min(a.index(), b.index());
        int rightKey = Math.max(a.index(), b.index()) - leftCount;
        divisor = Math.max(divisor, distinct(left, leftKey, right, rightKey));
      } else {
        share *= Selectivity.of(part);
      }
    }
    return joinRows(of(left), of(right), kind, share / divisor);
  }

  private static double joinRows(double left, double right, JoinKind kind, double share) {
    double matches = Math.max(1, left * right * share);
    return switch (kind) {
      case INNER -> matches;
      case LEFT -> Math.max(left, matches);
      case RIGHT -> Math.max(right, matches);
      case FULL -> Math.max(left + right, matches);
      case SEMI -> Math.min(left, matches);
      case RIGHT_SEMI -> Math.min(right, matches);
      case RIGHT_ANTI -> Math.max(1, right - Math.min(right * 0.9, matches));
      case ANTI, NULL_AWARE_ANTI -> Math.max(1, left - Math.min(left * 0.9, matches));
    };
  }

  /** The keys of a foreign-key join are as many as the rows of the smaller table. */
  private static double distinct(PhysicalNode left, int leftKey, PhysicalNode right, int rightKey) {
    double leftRows = distinctValues(left, leftKey);
    double rightRows = distinctValues(right, rightKey);
    return Math.max(1, Math.min(leftRows, rightRows));
  }

  /** Whether it yields one row: an equality with its columns is one with a constant. */
  public static boolean isOneRow(PhysicalNode node) {
    return (node instanceof Aggregate aggregate
            && aggregate.groupKeys().isEmpty()
            && aggregate.groupingSets().size() == 1)
        || (node instanceof Project project && isOneRow(project.input()))
        || (node instanceof Filter filter && isOneRow(filter.input()));
  }

  /**
   * How many different values a column has, at most, before any filter: those of the table's
   * column, else the rows of the table (or group) that it comes from.
   */
  public static double distinctValues(PhysicalNode node, int column) {
    if (node instanceof TableScan scan) {
      double rows = Math.max(1, tableRows(scan));
      ColumnStatistics statistics = statistics(scan, column);
      return statistics == null || Double.isNaN(statistics.distinct())
          ? rows
          : Math.min(rows, Math.max(1, statistics.distinct()));
    } else if (node instanceof Filter filter) {
      return distinctValues(filter.input(), column);
    } else if (node instanceof Sort sort) {
      return distinctValues(sort.input(), column);
    } else if (node instanceof Window window && column < window.input().columnCount()) {
      return distinctValues(window.input(), column);
    } else if (node instanceof Project project) {
      return project.expressions().get(column) instanceof InputReference reference
          ? distinctValues(project.input(), reference.index())
          : of(node);
    } else if (node instanceof JoinNode join) {
      int leftCount = join.kind().givesRightOnly() ? 0 : join.left().columnCount();
      return column < leftCount
          ? distinctValues(join.left(), column)
          : distinctValues(join.right(), column - leftCount);
    }
    return of(node);
  }

  private static double tableRows(TableScan scan) {
    return TableStatistics.of(scan.table()).rowCount();
  }

  /** For messages: a whole number, or "?" where nothing is known. */
  public static String describe(@Nullable Double rows) {
    return rows == null || rows.isNaN() ? "?" : String.valueOf(Math.round(rows));
  }
}
