package dev.frazil.plan.rule;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.stats.RowEstimate;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of one input of a join before the join, where that leaves few of them: by the
 * columns that anything above reads of them, so that all rows of a group match the same rows of the
 * other inputs. The aggregate above puts the partial results together, each as often as its group
 * matches.
 *
 * <p>Exact, so only where that is certain: sums of integers and of decimals of up to 18 digits,
 * which no number of rows takes beyond the 38 digits of a partial sum; nothing that is computed
 * before the join but columns, for an error in a row that the join drops is none; no floating point
 * among the sums, whose last digits depend on the order, nor among the keys, where equal values may
 * differ. See Yan and Larson, "Eager Aggregation and Lazy Aggregation", VLDB 1995.
 */
final class EagerAggregation {
  private static final double FEWEST_ROWS = 10_000;
  private static final double LEAST_SHRINKING = 8;
  private static final double MOST_GROUPS = 1_000_000;

  /** What it must save of the rows that joins above and the aggregate deal with. */
  private static final double LEAST_SAVED = 0.15;

  /** So many groups stay in the caches of a processor; to find one of more takes longer. */
  private static final double CACHED_GROUPS = 32_768;

  private static final double UNCACHED = 2.5;

  /** To add up all rows is cheap beside joining or grouping them. */
  private static final double UNGROUPED = 0.1;

  private final Aggregate aggregate;
  private final List<@Nullable ScalarExpression> inputs;
  private double saved;
  private @Nullable EagerPlace best;

  /** Where the columns of the whole join come from, and what else is read of a node below it. */
  private record View(
      PhysicalNode node, int[] source, BitSet read, double above, List<Integer> path) {}

  private EagerAggregation(Aggregate aggregate, List<@Nullable ScalarExpression> inputs) {
    this.aggregate = aggregate;
    this.inputs = inputs;
  }

  /** The same rows, grouped below a join if that pays. */
  static PhysicalNode apply(Aggregate aggregate) {
    if (!aggregate.calls().stream().allMatch(EagerAggregation::isSimple)) {
      return aggregate;
    }
    BitSet used = new BitSet();
    aggregate.groupKeys().forEach(used::set);
    aggregate.calls().forEach(call -> call.reads().forEach(used::set));
    List<@Nullable ScalarExpression> inputs = new ArrayList<>();
    PhysicalNode root = aggregate.input();
    List<Column> columns = root.columns();
    for (int i = 0; i < columns.size(); i++) {
      inputs.add(used.get(i) ? new InputReference(i, columns.get(i).type()) : null);
    }
    while (root instanceof Project project) {
      if (!substitute(inputs, project)) {
        return aggregate;
      }
      root = project.input();
    }
    if (!(root instanceof NestedLoopJoin || root instanceof Filter)) {
      return aggregate;
    }
    EagerAggregation search = new EagerAggregation(aggregate, inputs);
    double rows = RowEstimate.of(root);
    double grouping = aggregate.groupKeys().isEmpty() ? UNGROUPED : search.grouping(root);
    int[] source = new int[root.columnCount()];
    Arrays.setAll(source, i -> i);
    search.walk(new View(root, source, new BitSet(), rows * grouping, List.of()));
    return search.best == null
        ? aggregate
        : new PartialAggregation(aggregate, inputs, search.best).over(root);
  }

  /** What it takes to group a row of the join. Of text it is not known how much of it differs. */
  private double grouping(PhysicalNode root) {
    double groups = 1;
    for (int key : aggregate.groupKeys()) {
      if (inputs.get(key) instanceof InputReference column
          && column.type().kind() != PhysicalKind.BYTES) {
        groups *= RowEstimate.distinctValues(root, column.index());
      }
    }
    return groups <= CACHED_GROUPS ? 1 : UNCACHED;
  }

  private static boolean isSimple(AggregateCall call) {
    return call.filter() < 0
        && !call.distinct()
        && call.order().isEmpty()
        && switch (call.function()) {
          case COUNT, SUM, MIN, MAX, AVG, BOOL_AND, BOOL_OR, GROUPING -> true;
          default -> false;
        };
  }

  /** Expressions over a projection as ones over its input, unless they would grow. */
  private static boolean substitute(List<@Nullable ScalarExpression> inputs, Project project) {
    for (int i = 0; i < inputs.size(); i++) {
      ScalarExpression outer = inputs.get(i);
      if (outer == null) {
        continue;
      }
      boolean areColumns =
          Expressions.references(outer).stream()
              .allMatch(index -> project.expressions().get(index) instanceof InputReference);
      if (!(outer instanceof InputReference) && !areColumns) {
        return false;
      }
      ScalarExpression inner =
          Expressions.replaceReferences(
              outer, reference -> project.expressions().get(reference.index()));
      if (Expressions.isVolatile(inner)) {
        return false;
      }
      inputs.set(i, inner);
    }
    return true;
  }

  private static boolean isOfColumns(PhysicalNode node) {
    return node instanceof Project project
        && project.expressions().stream().allMatch(InputReference.class::isInstance);
  }

  private void walk(View view) {
    consider(view);
    PhysicalNode node = view.node();
    if (node instanceof Filter filter) {
      if (!Expressions.isVolatile(filter.predicate())) {
        BitSet read = (BitSet) view.read().clone();
        read.or(Expressions.references(filter.predicate()));
        walk(new View(filter.input(), view.source(), read, view.above(), step(view, 0)));
      }
    } else if (node instanceof Project project && isOfColumns(node)) {
      int[] source = view.source().clone();
      Arrays.setAll(source, i -> source[i] < 0 ? -1 : column(project, source[i]));
      BitSet read = new BitSet();
      view.read().stream().forEach(index -> read.set(column(project, index)));
      walk(new View(project.input(), source, read, view.above(), step(view, 0)));
    } else if (node instanceof NestedLoopJoin join) {
      walkJoin(view, join);
    }
  }

  private static int column(Project project, int index) {
    return ((InputReference) project.expressions().get(index)).index();
  }

  private void walkJoin(View view, NestedLoopJoin join) {
    ScalarExpression condition = join.condition();
    if (condition != null && Expressions.isVolatile(condition)) {
      return;
    }
    int leftCount = join.left().columnCount();
    int rightCount = join.right().columnCount();
    BitSet read = (BitSet) view.read().clone();
    if (condition != null) {
      read.or(Expressions.references(condition));
    }
    double above = view.above() + RowEstimate.of(join);
    if (!join.kind().givesRightOnly()) {
      int[] source = view.source().clone();
      Arrays.setAll(source, i -> source[i] < leftCount ? source[i] : -1);
      walk(new View(join.left(), source, read.get(0, leftCount), above, step(view, 0)));
    }
    if (join.kind() == JoinKind.INNER
        || join.kind() == JoinKind.LEFT
        || join.kind() == JoinKind.RIGHT
        || join.kind() == JoinKind.FULL) {
      int[] source = view.source().clone();
      Arrays.setAll(source, i -> source[i] < leftCount ? -1 : source[i] - leftCount);
      BitSet right = read.get(leftCount, leftCount + rightCount);
      walk(new View(join.right(), source, right, above, step(view, 1)));
    }
  }

  private static List<Integer> step(View view, int input) {
    List<Integer> path = new ArrayList<>(view.path());
    path.add(input);
    return path;
  }

  private void consider(View view) {
    PhysicalNode node = view.node();
    double rows = RowEstimate.of(node);
    if (view.path().isEmpty()
        || rows < FEWEST_ROWS
        || view.above() - rows <= saved
        || node instanceof Filter
        || node instanceof Project) {
      return;
    }
    BitSet keys = (BitSet) view.read().clone();
    for (int key : aggregate.groupKeys()) {
      addSources(inputs.get(key), view, keys);
    }
    BitSet early = new BitSet();
    for (int i = 0; i < aggregate.calls().size(); i++) {
      AggregateCall call = aggregate.calls().get(i);
      if (call.function() == AggregateFunction.GROUPING) {
        continue;
      }
      ScalarExpression argument =
          call.arguments().isEmpty() ? null : inputs.get(call.arguments().get(0));
      if (isEarly(call, argument, view)) {
        early.set(i);
      } else if (isRepeatable(call.function())) {
        addSources(argument, view, keys);
      } else {
        return;
      }
    }
    double groups = 1;
    List<Column> columns = node.columns();
    for (int key = keys.nextSetBit(0); key >= 0; key = keys.nextSetBit(key + 1)) {
      if (!isKey(columns.get(key).type())) {
        return;
      }
      groups = Math.min(rows, groups * RowEstimate.distinctValues(node, key));
    }
    if (keys.isEmpty() || groups > MOST_GROUPS || rows < groups * LEAST_SHRINKING) {
      return;
    }
    double grouping = groups <= CACHED_GROUPS ? rows : rows * UNCACHED;
    double saves = view.above() * (1 - groups / rows) - grouping;
    if (saves > saved && saves > view.above() * LEAST_SAVED) {
      saved = saves;
      best = new EagerPlace(view.path(), view.source(), keys, early, groups, groups / rows);
    }
  }

  private static void addSources(@Nullable ScalarExpression expression, View view, BitSet columns) {
    if (expression != null) {
      Expressions.references(expression).stream()
          .map(index -> view.source()[index])
          .filter(index -> index >= 0)
          .forEach(columns::set);
    }
  }

  /** Whether the call can be made of its results over the groups of the node. */
  private static boolean isEarly(
      AggregateCall call, @Nullable ScalarExpression argument, View view) {
    if (argument == null) {
      return true;
    }
    if (!(argument instanceof InputReference column) || view.source()[column.index()] < 0) {
      return false;
    }
    SqlType type = column.type();
    boolean isExact =
        type == Primitive.INTEGER
            || type == Primitive.BIGINT
            || (type instanceof DecimalType decimal
                && decimal.precision() <= DecimalType.MAX_LONG_PRECISION);
    return switch (call.function()) {
      case SUM -> isExact;
      case AVG -> isExact && type instanceof DecimalType && call.type() instanceof DecimalType;
      default -> call.arguments().size() == 1;
    };
  }

  /** Whether the result is the same however often a row is there. */
  private static boolean isRepeatable(AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, BOOL_AND, BOOL_OR -> true;
      default -> false;
    };
  }

  /** Whether equal values are the same value. */
  private static boolean isKey(SqlType type) {
    return type instanceof DecimalType
        || (type instanceof Primitive
            && type != Primitive.REAL
            && type != Primitive.DOUBLE
            && type != Primitive.UNKNOWN);
  }
}
