package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.plan.rule.Factoring;
import dev.frazil.plan.rule.OuterReferences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the conditions on outer rows out of a sub-plan. */
final class PulledConditions {
  private final ConstantFolder folder;
  private final BitSet slots = new BitSet();

  /**
   * @param slots those of the outer row in question; other outer rows count as constants
   */
  PulledConditions(ConstantFolder folder, Set<Integer> slots) {
    this.folder = folder;
    slots.forEach(this.slots::set);
  }

  /**
   * A sub-plan that reads the outer row no more.
   *
   * @param node its old columns, then perhaps more
   * @param conditions over the columns of {@code node} and the outer row
   */
  record Pulled(PhysicalNode node, List<ScalarExpression> conditions) {}

  /** {@code inner = outer}. */
  record Equality(ScalarExpression inner, ScalarExpression outer) {}

  /** The sides of an equality of a row's own columns with the outer row alone, or null. */
  static @Nullable Equality equality(ScalarExpression condition) {
    if (!(condition instanceof Call call) || call.function() != ScalarFunction.EQUAL) {
      return null;
    }
    ScalarExpression a = call.operands().get(0);
    ScalarExpression b = call.operands().get(1);
    if (isOuter(b) && !OuterReferences.isIn(a)) {
      return new Equality(a, b);
    }
    return isOuter(a) && !OuterReferences.isIn(b) ? new Equality(b, a) : null;
  }

  private static boolean isOuter(ScalarExpression expression) {
    return OuterReferences.isIn(expression) && Expressions.references(expression).isEmpty();
  }

  private boolean reads(ScalarExpression expression) {
    return OuterReferences.slots(expression).intersects(slots);
  }

  private boolean reads(PhysicalNode node) {
    return OuterReferences.slots(node).intersects(slots);
  }

  @Nullable Pulled pull(PhysicalNode node) {
    if (!reads(node)) {
      return new Pulled(node, List.of());
    } else if (node instanceof Filter filter) {
      return filter(filter);
    } else if (node instanceof Project project) {
      return project(project);
    } else if (node instanceof NestedLoopJoin join) {
      return join(join);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (node instanceof Sort sort && sort.limit() == null && sort.offset() == null) {
      return pull(sort.input());
    }
    return null;
  }

  private @Nullable Pulled filter(Filter filter) {
    Pulled below = pull(filter.input());
    if (below == null) {
      return null;
    }
    List<ScalarExpression> conditions = new ArrayList<>(below.conditions());
    List<ScalarExpression> kept = new ArrayList<>();
    for (ScalarExpression part :
        Expressions.conjuncts(Factoring.factor(filter.predicate(), folder))) {
      (reads(part) ? conditions : kept).add(part);
    }
    ScalarExpression rest = Expressions.and(kept);
    return new Pulled(
        rest == null ? below.node() : new Filter(below.node(), rest, Double.NaN), conditions);
  }

  private @Nullable Pulled project(Project project) {
    if (project.expressions().stream().anyMatch(this::reads)) {
      return null;
    }
    Pulled below = pull(project.input());
    return below == null ? null : carried(below, project.expressions(), project.columns());
  }

  /** A projection that lets the columns pass that the conditions read. */
  private static Pulled carried(
      Pulled below, List<ScalarExpression> projected, List<Column> columns) {
    List<ScalarExpression> expressions = new ArrayList<>(projected);
    List<Column> results = new ArrayList<>(columns);
    List<ScalarExpression> conditions = new ArrayList<>();
    for (ScalarExpression condition : below.conditions()) {
      conditions.add(
          Expressions.replaceReferences(
              condition,
              reference -> {
                int index = expressions.indexOf(reference);
                if (index < 0) {
                  index = expressions.size();
                  expressions.add(reference);
                  results.add(below.node().columns().get(reference.index()));
                }
                return new InputReference(index, reference.type());
              }));
    }
    return new Pulled(new Project(below.node(), expressions, results), conditions);
  }

  private @Nullable Pulled join(NestedLoopJoin join) {
    boolean isInner = join.kind() == JoinKind.INNER;
    boolean isLeft =
        join.kind() == JoinKind.LEFT
            || join.kind() == JoinKind.SEMI
            || join.kind() == JoinKind.ANTI;
    ScalarExpression condition = join.condition();
    if (!isInner && (!isLeft || reads(join.right()) || (condition != null && reads(condition)))) {
      return null;
    }
    Pulled left = pull(join.left());
    Pulled right = pull(join.right());
    if (left == null || right == null) {
      return null;
    }
    int oldLeft = join.left().columns().size();
    int newLeft = left.node().columns().size();
    List<ScalarExpression> kept = new ArrayList<>();
    List<ScalarExpression> pulled = new ArrayList<>(left.conditions());
    for (ScalarExpression part : right.conditions()) {
      pulled.add(Expressions.renumber(part, index -> newLeft + index));
    }
    for (ScalarExpression part : Expressions.conjuncts(condition)) {
      ScalarExpression moved =
          Expressions.renumber(part, index -> index < oldLeft ? index : index - oldLeft + newLeft);
      (reads(moved) ? pulled : kept).add(moved);
    }
    PhysicalNode joined =
        new NestedLoopJoin(
            left.node(), right.node(), join.kind(), Expressions.and(kept), Double.NaN);
    List<ScalarExpression> original = new ArrayList<>();
    List<Column> columns = join.columns();
    for (int i = 0; i < columns.size(); i++) {
      int index = i < oldLeft ? i : i - oldLeft + newLeft;
      original.add(new InputReference(index, columns.get(i).type()));
    }
    return carried(new Pulled(joined, pulled), original, columns);
  }

  /** An equality below a grouping is one above it, when its column is one more key. */
  private @Nullable Pulled aggregate(Aggregate aggregate) {
    if (aggregate.groupKeys().isEmpty() || aggregate.groupingSets().size() != 1) {
      return null;
    }
    Pulled below = pull(aggregate.input());
    if (below == null) {
      return null;
    }
    List<Column> inputColumns = new ArrayList<>(below.node().columns());
    List<ScalarExpression> input = new ArrayList<>();
    for (int i = 0; i < inputColumns.size(); i++) {
      input.add(new InputReference(i, inputColumns.get(i).type()));
    }
    List<Integer> keys = new ArrayList<>(aggregate.groupKeys());
    List<Equality> equalities = new ArrayList<>();
    for (ScalarExpression condition : below.conditions()) {
      Equality equality = equality(condition);
      if (equality == null) {
        return null;
      }
      keys.add(input.size());
      input.add(equality.inner());
      inputColumns.add(new Column("$key" + keys.size(), equality.inner().type(), true));
      equalities.add(equality);
    }
    int oldKeys = aggregate.groupKeys().size();
    List<Column> grouped = new ArrayList<>(aggregate.columns().subList(0, oldKeys));
    List<ScalarExpression> original = new ArrayList<>();
    List<ScalarExpression> conditions = new ArrayList<>();
    for (int i = oldKeys; i < keys.size(); i++) {
      grouped.add(inputColumns.get(keys.get(i)));
      Equality equality = equalities.get(i - oldKeys);
      conditions.add(
          new Call(
              ScalarFunction.EQUAL,
              List.of(new InputReference(i, equality.inner().type()), equality.outer()),
              dev.frazil.type.SqlType.Primitive.BOOLEAN));
    }
    grouped.addAll(aggregate.columns().subList(oldKeys, aggregate.columns().size()));
    for (int i = 0; i < aggregate.columns().size(); i++) {
      int index = i < oldKeys ? i : i + keys.size() - oldKeys;
      original.add(new InputReference(index, aggregate.columns().get(i).type()));
    }
    PhysicalNode regrouped =
        new Aggregate(
            new Project(below.node(), input, inputColumns),
            keys,
            List.of(keys),
            aggregate.calls(),
            grouped,
            Double.NaN);
    return carried(new Pulled(regrouped, conditions), original, aggregate.columns());
  }
}
