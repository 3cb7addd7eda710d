package dev.frazil.plan;

import dev.frazil.type.SqlType;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * The physical plan: what package {@code exec} runs. Immutable; free of Calcite. Every node tells
 * its output columns; expressions refer to the columns of the input by index.
 */
public sealed interface PhysicalNode
    permits PhysicalNode.TableScan,
        PhysicalNode.Values,
        PhysicalNode.Filter,
        PhysicalNode.Project,
        PhysicalNode.Aggregate,
        JoinNode,
        PhysicalNode.Window,
        PhysicalNode.Sort,
        PhysicalNode.SetOperation,
        RareNode {

  /** The columns of the output. */
  List<Column> columns();

  /** How many columns the output has; {@link #columns()} of some nodes makes them each time. */
  default int columnCount() {
    return columns().size();
  }

  /** The inputs, left to right. */
  List<PhysicalNode> inputs();

  /** Estimated rows, or NaN where unknown. */
  default double estimatedRows() {
    return Double.NaN;
  }

  /** An output column. */
  record Column(String name, SqlType type, boolean nullable) {}

  /**
   * Reads a table.
   *
   * @param pruning a filter in Iceberg's terms that every wanted row satisfies; may keep more rows
   *     than {@code residual}; {@code alwaysTrue()} if none
   * @param residual evaluated on every row, over this node's columns; null if none. May hold
   *     parameters
   * @param limit stop after that many rows, or -1
   * @param metrics what the node above makes of the rows, where metrics of files may stand for
   *     them; null where it wants the rows
   */
  record TableScan(
      TableHandle table,
      List<ScanColumn> scanColumns,
      Expression pruning,
      @Nullable ScalarExpression residual,
      long limit,
      double estimatedRows,
      @Nullable MetricsUse metrics)
      implements PhysicalNode {
    public TableScan {
      scanColumns = List.copyOf(scanColumns);
    }

    /** A scan for its rows. */
    public TableScan(
        TableHandle table,
        List<ScanColumn> scanColumns,
        Expression pruning,
        @Nullable ScalarExpression residual,
        long limit,
        double estimatedRows) {
      this(table, scanColumns, pruning, residual, limit, estimatedRows, null);
    }

    @Override
    public List<Column> columns() {
      return scanColumns.stream().map(ScanColumn::column).toList();
    }

    @Override
    public int columnCount() {
      return scanColumns.size();
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of();
    }
  }

  /** Constant rows. */
  record Values(List<Column> columns, List<List<ScalarExpression>> rows) implements PhysicalNode {
    public Values {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of();
    }

    @Override
    public double estimatedRows() {
      return rows.size();
    }
  }

  /** Keeps the rows for which the predicate is true. */
  record Filter(PhysicalNode input, ScalarExpression predicate, double estimatedRows)
      implements PhysicalNode {
    @Override
    public List<Column> columns() {
      return input.columns();
    }

    @Override
    public int columnCount() {
      return input.columnCount();
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(input);
    }
  }

  /** Computes one expression a column. */
  record Project(PhysicalNode input, List<ScalarExpression> expressions, List<Column> columns)
      implements PhysicalNode {
    public Project {
      expressions = List.copyOf(expressions);
      columns = List.copyOf(columns);
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(input);
    }

    @Override
    public double estimatedRows() {
      return input.estimatedRows();
    }
  }

  /**
   * Groups rows. The output is all {@code groupKeys}, then the calls. No keys: exactly one row.
   *
   * @param groupKeys input columns
   * @param groupingSets each a subset of {@code groupKeys} (as input columns); one equal to {@code
   *     groupKeys} for a plain GROUP BY
   */
  record Aggregate(
      PhysicalNode input,
      List<Integer> groupKeys,
      List<List<Integer>> groupingSets,
      List<AggregateCall> calls,
      List<Column> columns,
      double estimatedRows)
      implements PhysicalNode {
    public Aggregate {
      groupKeys = List.copyOf(groupKeys);
      groupingSets = groupingSets.stream().map(List::copyOf).toList();
      calls = List.copyOf(calls);
      columns = List.copyOf(columns);
    }

    /** The same over another input of the same columns, with another estimate of its rows. */
    public Aggregate over(PhysicalNode other, double rows) {
      return new Aggregate(other, groupKeys, groupingSets, calls, columns, rows);
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(input);
    }
  }

  /**
   * Equi-join; builds a table of the right input.
   *
   * @param leftKeys columns of the left input
   * @param rightKeys columns of the right input, same types
   * @param residual over left columns then right columns; a pair matches only where it is true; or
   *     null
   */
  record HashJoin(
      PhysicalNode left,
      PhysicalNode right,
      JoinKind kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      @Nullable ScalarExpression residual,
      double estimatedRows)
      implements JoinNode {
    public HashJoin {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }
  }

  /**
   * A join without an equality: every pair is tried.
   *
   * @param condition over left columns then right columns; null for a cross join
   */
  record NestedLoopJoin(
      PhysicalNode left,
      PhysicalNode right,
      JoinKind kind,
      @Nullable ScalarExpression condition,
      double estimatedRows)
      implements JoinNode {}

  /**
   * Window functions: the input's columns, then one for each call. Rows come out sorted by
   * partition and order.
   *
   * @param partitionKeys input columns
   * @param order the order within a partition: input columns
   * @param head which rows of each partition are wanted; null for all
   */
  record Window(
      PhysicalNode input,
      List<Integer> partitionKeys,
      List<SortKey> order,
      List<WindowCall> calls,
      List<Column> columns,
      @Nullable PartitionHead head)
      implements PhysicalNode {
    public Window {
      partitionKeys = List.copyOf(partitionKeys);
      order = List.copyOf(order);
      calls = List.copyOf(calls);
      columns = List.copyOf(columns);
    }

    /** A window all of whose rows are wanted. */
    public Window(
        PhysicalNode input,
        List<Integer> partitionKeys,
        List<SortKey> order,
        List<WindowCall> calls,
        List<Column> columns) {
      this(input, partitionKeys, order, calls, columns, null);
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(input);
    }

    @Override
    public double estimatedRows() {
      return input.estimatedRows();
    }

    /** The same over another input of the same columns. */
    public Window over(PhysicalNode other) {
      return new Window(other, partitionKeys, order, calls, columns, head);
    }

    /** The same where only the first rows of each partition are wanted; null for all rows. */
    public Window headed(@Nullable PartitionHead wanted) {
      return new Window(input, partitionKeys, order, calls, columns, wanted);
    }
  }

  /**
   * Sorts, then skips and limits. With a limit it is a top-n.
   *
   * @param keys empty for a plain LIMIT
   * @param offset rows to skip: null, or a literal or parameter of type bigint
   * @param limit rows to keep: null, or a literal or parameter of type bigint
   */
  record Sort(
      PhysicalNode input,
      List<SortKey> keys,
      @Nullable ScalarExpression offset,
      @Nullable ScalarExpression limit)
      implements PhysicalNode {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Column> columns() {
      return input.columns();
    }

    @Override
    public int columnCount() {
      return input.columnCount();
    }

    @Override
    public List<PhysicalNode> inputs() {
      return List.of(input);
    }

    @Override
    public double estimatedRows() {
      return input.estimatedRows();
    }
  }

  /**
   * A set operation over inputs of equal types.
   *
   * @param all keeps duplicates, by count for INTERSECT and EXCEPT
   */
  record SetOperation(
      SetOperator operator, boolean all, List<PhysicalNode> inputs, List<Column> columns)
      implements PhysicalNode {
    public SetOperation {
      inputs = List.copyOf(inputs);
      columns = List.copyOf(columns);
    }

    @Override
    public double estimatedRows() {
      return estimate(inputs.stream().map(PhysicalNode::estimatedRows).toList());
    }

    /** Estimated rows, if those of each input are so many. */
    public double estimate(List<Double> inputRows) {
      return switch (operator) {
        case UNION -> inputRows.stream().mapToDouble(rows -> rows).sum();
        case INTERSECT -> inputRows.stream().mapToDouble(rows -> rows).min().orElseThrow();
        case EXCEPT -> inputRows.get(0);
      };
    }
  }
}
