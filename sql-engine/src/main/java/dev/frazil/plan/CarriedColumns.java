package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.Expressions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts rows in the place of those that a query reads, and carries further columns of them up to its
 * top. That is for queries which give each row of their base exactly once, as a projection does,
 * with values of sub-queries beside it. Sub-queries stand on the right of joins, the base on the
 * left: other shapes are refused.
 */
final class CarriedColumns {
  private final List<Column> base;
  private final PhysicalNode rows;
  private final int carried;

  /**
   * @param base the columns of the base, by which it is known
   * @param rows those columns, and behind them the ones that are carried
   */
  CarriedColumns(List<Column> base, PhysicalNode rows) {
    this.base = base;
    this.rows = rows;
    this.carried = rows.columns().size() - base.size();
  }

  /**
   * The query over the rows: first what is carried, then its own columns.
   *
   * @param query not optimised yet
   */
  PhysicalNode on(PhysicalNode query) {
    Placed placed = place(query);
    List<Column> all = placed.node().columns();
    int[] order =
        IntStream.concat(IntStream.of(placed.carried()), IntStream.of(placed.own())).toArray();
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int column : order) {
      expressions.add(new InputReference(column, all.get(column).type()));
      columns.add(all.get(column));
    }
    return new Project(placed.node(), expressions, columns);
  }

  /**
   * @param own where the columns are that the node had before
   * @param carried where the further ones are
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Placed(PhysicalNode node, int[] own, int[] carried) {}

  private Placed place(PhysicalNode node) {
    boolean above = node instanceof Project project && holdsBase(project.input());
    if (!above && node.columns().equals(base)) {
      int width = base.size();
      return new Placed(rows, range(0, width), range(width, carried));
    } else if (node instanceof Project project) {
      return project(project);
    } else if (node instanceof NestedLoopJoin join
        && (join.kind() == JoinKind.INNER || join.kind() == JoinKind.LEFT)) {
      Placed left = place(join.left());
      int before = join.left().columns().size();
      int now = left.node().columns().size();
      ScalarExpression condition = join.condition();
      return beside(
          new NestedLoopJoin(
              left.node(),
              join.right(),
              join.kind(),
              condition == null
                  ? null
                  : Expressions.renumber(
                      condition,
                      index -> index < before ? left.own()[index] : now + index - before),
              join.estimatedRows()),
          left,
          join.right());
    } else if (node instanceof Apply apply) {
      Placed left = place(apply.left());
      List<Apply.Binding> bindings =
          apply.bindings().stream()
              .map(binding -> new Apply.Binding(binding.slot(), left.own()[binding.column()]))
              .toList();
      return beside(
          new Apply(left.node(), apply.right(), apply.kind(), bindings), left, apply.right());
    }
    throw refused(node);
  }

  /** Whether the base stands below: a projection may have columns of its names and types. */
  private boolean holdsBase(PhysicalNode node) {
    PhysicalNode left = node;
    while (!left.columns().equals(base)) {
      if (left.inputs().isEmpty()) {
        return false;
      }
      left = left.inputs().get(0);
    }
    return true;
  }

  private Placed project(Project project) {
    Placed input = place(project.input());
    List<Column> below = input.node().columns();
    List<ScalarExpression> expressions = new ArrayList<>();
    for (ScalarExpression expression : project.expressions()) {
      expressions.add(Expressions.renumber(expression, index -> input.own()[index]));
    }
    List<Column> columns = new ArrayList<>(project.columns());
    for (int column : input.carried()) {
      expressions.add(new InputReference(column, below.get(column).type()));
      columns.add(below.get(column));
    }
    int width = project.columns().size();
    return new Placed(
        new Project(input.node(), expressions, columns), range(0, width), range(width, carried));
  }

  private static Placed beside(PhysicalNode node, Placed left, PhysicalNode right) {
    int[] added = range(left.node().columns().size(), right.columns().size());
    return new Placed(
        node,
        IntStream.concat(IntStream.of(left.own()), IntStream.of(added)).toArray(),
        left.carried());
  }

  private static int[] range(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }

  /** What RETURNING may not do with rows: it shows each of them, alone. */
  static EngineException refused(PhysicalNode node) {
    if (node instanceof PhysicalNode.Aggregate) {
      return new EngineException(
          SqlState.GROUPING_ERROR,
          "an aggregate stands in RETURNING, which shows every row by itself; put it in a sub-query,"
              + " or count the rows that come");
    } else if (node instanceof PhysicalNode.Window) {
      return new EngineException(
          SqlState.WINDOWING_ERROR,
          "a window function stands in RETURNING, which shows every row by itself");
    }
    return EngineException.unsupported(
        "RETURNING of anything but expressions over the row and the tables joined with it");
  }
}
