package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.stats.RowEstimate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash join where the condition has equalities between the sides, its table built of the smaller
 * side where the kind of join leaves a choice; else a nested loop.
 */
final class JoinAlgorithm {

  PhysicalNode choose(NestedLoopJoin join) {
    NestedLoopJoin sided = join;
    boolean swapped = false;
    JoinKind mirrored = mirrored(join.kind());
    if (mirrored != null
        && RowEstimate.of(join.left()) < RowEstimate.of(join.right())
        && !isNotIn(join)) {
      sided = swap(join, mirrored);
      swapped = true;
    }
    PhysicalNode chosen = algorithm(sided);
    if (!swapped || mirrored == null || mirrored.givesRightOnly()) {
      return chosen;
    }
    int leftCount = join.left().columnCount();
    int rightCount = join.right().columnCount();
    List<Column> columns = join.columns();
    List<ScalarExpression> expressions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int index = i < leftCount ? rightCount + i : i - leftCount;
      expressions.add(new InputReference(index, columns.get(i).type()));
    }
    return new Project(chosen, expressions, columns);
  }

  /** The kind of the join with its sides exchanged; null where they cannot be. */
  private static @Nullable JoinKind mirrored(JoinKind kind) {
    return switch (kind) {
      case INNER, FULL -> kind;
      case LEFT -> JoinKind.RIGHT;
      case RIGHT -> JoinKind.LEFT;
      case SEMI -> JoinKind.RIGHT_SEMI;
      case ANTI -> JoinKind.RIGHT_ANTI;
      case RIGHT_SEMI -> JoinKind.SEMI;
      case RIGHT_ANTI -> JoinKind.ANTI;
      case NULL_AWARE_ANTI -> null;
    };
  }

  private static NestedLoopJoin swap(NestedLoopJoin join, JoinKind kind) {
    int leftCount = join.left().columnCount();
    int rightCount = join.right().columnCount();
    ScalarExpression condition = join.condition();
    return new NestedLoopJoin(
        join.right(),
        join.left(),
        kind,
        condition == null
            ? null
            : Expressions.renumber(
                condition, index -> index < leftCount ? rightCount + index : index - leftCount),
        join.estimatedRows());
  }

  private static PhysicalNode algorithm(NestedLoopJoin join) {
    int leftCount = join.left().columnCount();
    List<ScalarExpression> leftKeys = new ArrayList<>();
    List<ScalarExpression> rightKeys = new ArrayList<>();
    List<ScalarExpression> residual = new ArrayList<>();
    JoinKind kind = join.kind();
    List<ScalarExpression> parts = Expressions.conjuncts(join.condition());
    Call notIn = kind == JoinKind.ANTI && parts.size() == 1 ? notIn(parts.get(0)) : null;
    if (notIn != null && addKey(notIn, leftCount, leftKeys, rightKeys)) {
      kind = JoinKind.NULL_AWARE_ANTI;
    } else {
      for (ScalarExpression part : parts) {
        if (!(part instanceof Call call
            && call.function() == ScalarFunction.EQUAL
            && addKey(call, leftCount, leftKeys, rightKeys))) {
          residual.add(part);
        }
      }
    }
    double rows = RowEstimate.of(join);
    if (leftKeys.isEmpty()) {
      return new NestedLoopJoin(join.left(), join.right(), kind, join.condition(), rows);
    }
    KeyedInput left = KeyedInput.of(join.left(), leftKeys);
    KeyedInput right = KeyedInput.of(join.right(), rightKeys);
    int added = left.node().columnCount() - leftCount;
    ScalarExpression rest = Expressions.and(residual);
    if (rest != null && added > 0) {
      rest = Expressions.renumber(rest, index -> index < leftCount ? index : index + added);
    }
    PhysicalNode hashed =
        new HashJoin(left.node(), right.node(), kind, left.keys(), right.keys(), rest, rows);
    return withoutKeys(hashed, join, added);
  }

  private static boolean isNotIn(NestedLoopJoin join) {
    return join.kind() == JoinKind.ANTI
        && Expressions.conjuncts(join.condition()).stream().anyMatch(part -> notIn(part) != null);
  }

  /** {@code (a = b) IS NOT FALSE} as an anti-join is NOT IN. */
  private static @Nullable Call notIn(ScalarExpression part) {
    return part instanceof Call call
            && call.function() == ScalarFunction.IS_NOT_FALSE
            && call.operands().get(0) instanceof Call inner
            && inner.function() == ScalarFunction.EQUAL
        ? inner
        : null;
  }

  private static boolean addKey(
      Call equality,
      int leftCount,
      List<ScalarExpression> leftKeys,
      List<ScalarExpression> rightKeys) {
    ScalarExpression a = equality.operands().get(0);
    ScalarExpression b = equality.operands().get(1);
    if (isLeft(b, leftCount) && isRight(a, leftCount)) {
      ScalarExpression swap = a;
      a = b;
      b = swap;
    }
    if (!isLeft(a, leftCount) || !isRight(b, leftCount) || !a.type().equals(b.type())) {
      return false;
    }
    leftKeys.add(a);
    rightKeys.add(Expressions.renumber(b, index -> index - leftCount));
    return true;
  }

  private static boolean isLeft(ScalarExpression expression, int leftCount) {
    BitSet references = Expressions.references(expression);
    return !references.isEmpty() && references.length() <= leftCount;
  }

  private static boolean isRight(ScalarExpression expression, int leftCount) {
    BitSet references = Expressions.references(expression);
    return !references.isEmpty() && references.nextSetBit(0) >= leftCount;
  }

  private static PhysicalNode withoutKeys(PhysicalNode hashed, NestedLoopJoin join, int addedLeft) {
    List<Column> wanted = join.columns();
    if (hashed.columnCount() == wanted.size()) {
      return hashed;
    }
    // Keys stand behind the columns of their side, which may be the only one that is given.
    int shown = join.kind().givesRightOnly() ? 0 : join.left().columnCount();
    int added = join.kind().givesRightOnly() ? 0 : addedLeft;
    List<ScalarExpression> expressions = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      int index = i < shown ? i : i + added;
      expressions.add(new InputReference(index, wanted.get(i).type()));
    }
    return new Project(hashed, expressions, wanted);
  }

  /** An input with its keys as columns; keys that are expressions are computed into new ones. */
  private record KeyedInput(PhysicalNode node, List<Integer> keys) {

    static KeyedInput of(PhysicalNode input, List<ScalarExpression> keyExpressions) {
      List<Column> columns = new ArrayList<>(input.columns());
      List<ScalarExpression> expressions = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        expressions.add(new InputReference(i, columns.get(i).type()));
      }
      int before = columns.size();
      List<Integer> keys = new ArrayList<>();
      for (ScalarExpression key : keyExpressions) {
        if (key instanceof InputReference reference) {
          keys.add(reference.index());
        } else {
          keys.add(columns.size());
          columns.add(new Column("$key" + columns.size(), key.type(), true));
          expressions.add(key);
        }
      }
      return new KeyedInput(
          columns.size() == before ? input : new Project(input, expressions, columns), keys);
    }
  }
}
