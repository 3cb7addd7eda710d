package dev.frazil.exec.join;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join as the operators run it. Without keys every pair of rows is a candidate. Immutable.
 *
 * @param residual over left columns, then right columns; null where the keys say it all
 */
record JoinPlan(
    JoinKind kind,
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    @Nullable ScalarExpression residual,
    List<SqlType> leftTypes,
    List<SqlType> rightTypes) {

  /**
   * NOT IN over one key is answered by the keys alone. Over several keys, or correlated, a pair
   * removes the left row when no key is known to differ: that is tried pair by pair.
   */
  static JoinPlan of(HashJoin node) {
    List<SqlType> left = types(node.left());
    List<SqlType> right = types(node.right());
    boolean pairwise =
        node.kind() == JoinKind.NULL_AWARE_ANTI
            && (node.leftKeys().size() > 1 || node.residual() != null);
    if (!pairwise) {
      return new JoinPlan(
          node.kind(), node.leftKeys(), node.rightKeys(), node.residual(), left, right);
    }
    List<ScalarExpression> conditions = new ArrayList<>();
    for (int i = 0; i < node.leftKeys().size(); i++) {
      int leftKey = node.leftKeys().get(i);
      int rightKey = node.rightKeys().get(i);
      ScalarExpression equal =
          call(
              ScalarFunction.EQUAL,
              new ScalarExpression.InputReference(leftKey, left.get(leftKey)),
              new ScalarExpression.InputReference(left.size() + rightKey, right.get(rightKey)));
      conditions.add(call(ScalarFunction.IS_NOT_FALSE, equal));
    }
    ScalarExpression residual = node.residual();
    if (residual != null) {
      conditions.add(residual);
    }
    return withoutKeys(
        JoinKind.ANTI,
        call(ScalarFunction.AND, conditions.toArray(ScalarExpression[]::new)),
        left,
        right);
  }

  /** A condition that is not known to be false removes the row of a NOT IN. */
  static JoinPlan of(NestedLoopJoin node) {
    ScalarExpression condition = node.condition();
    boolean nullAware = node.kind() == JoinKind.NULL_AWARE_ANTI;
    return withoutKeys(
        nullAware ? JoinKind.ANTI : node.kind(),
        nullAware && condition != null ? call(ScalarFunction.IS_NOT_FALSE, condition) : condition,
        types(node.left()),
        types(node.right()));
  }

  private static JoinPlan withoutKeys(
      JoinKind kind, @Nullable ScalarExpression residual, List<SqlType> left, List<SqlType> right) {
    return new JoinPlan(kind, List.of(), List.of(), residual, left, right);
  }

  private static ScalarExpression call(ScalarFunction function, ScalarExpression... operands) {
    return operands.length == 1 && function == ScalarFunction.AND
        ? operands[0]
        : new ScalarExpression.Call(function, List.of(operands), Primitive.BOOLEAN);
  }

  private static List<SqlType> types(PhysicalNode node) {
    return node.columns().stream().map(PhysicalNode.Column::type).toList();
  }

  List<SqlType> keyTypes() {
    return rightKeys.stream().map(rightTypes::get).toList();
  }

  /** Whether build rows without a match come out. */
  boolean keepsRight() {
    return kind == JoinKind.RIGHT || kind == JoinKind.FULL;
  }

  /** Whether build rows are marked when a probe row matches them. */
  boolean marksRight() {
    return keepsRight() || kind.givesRightOnly();
  }

  /** Whether probe rows without a match come out, with nulls for the right columns. */
  boolean keepsLeft() {
    return kind == JoinKind.LEFT || kind == JoinKind.FULL;
  }

  /** Whether the right columns come out. */
  boolean givesPairs() {
    return switch (kind) {
      case INNER, LEFT, RIGHT, FULL -> true;
      case SEMI, ANTI, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  /** Whether a probe row without a candidate cannot come out. */
  boolean needsMatch() {
    return switch (kind) {
      case INNER, RIGHT, SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
    };
  }
}
