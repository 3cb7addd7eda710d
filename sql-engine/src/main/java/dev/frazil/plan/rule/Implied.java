package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * {@code a = b} and a predicate on {@code a} alone imply the same of {@code b}: the other side of a
 * join can be filtered (and its files pruned) too.
 */
final class Implied {
  private Implied() {}

  static void add(
      JoinKind kind,
      List<ScalarExpression> condition,
      List<ScalarExpression> left,
      List<ScalarExpression> right,
      int leftCount) {
    boolean toRight = kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.LEFT;
    boolean toLeft = kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.RIGHT;
    List<ScalarExpression> newLeft = new ArrayList<>();
    List<ScalarExpression> newRight = new ArrayList<>();
    for (ScalarExpression part : condition) {
      if (part instanceof Call call
          && call.function() == ScalarFunction.EQUAL
          && call.operands().get(0) instanceof InputReference a
          && call.operands().get(1) instanceof InputReference b
          && (a.index() < leftCount) != (b.index() < leftCount)) {
        InputReference leftKey = a.index() < leftCount ? a : b;
        InputReference rightKey = a.index() < leftCount ? b : a;
        int rightIndex = rightKey.index() - leftCount;
        if (toRight) {
          translate(left, leftKey.index(), rightIndex, right, newRight);
        }
        if (toLeft) {
          translate(right, rightIndex, leftKey.index(), left, newLeft);
        }
      }
    }
    left.addAll(newLeft);
    right.addAll(newRight);
  }

  private static void translate(
      List<ScalarExpression> predicates,
      int from,
      int to,
      List<ScalarExpression> existing,
      List<ScalarExpression> added) {
    for (ScalarExpression predicate : predicates) {
      BitSet references = Expressions.references(predicate);
      if (references.cardinality() == 1 && references.get(from) && isComparison(predicate)) {
        ScalarExpression other = Expressions.renumber(predicate, index -> to);
        if (!existing.contains(other) && !added.contains(other)) {
          added.add(other);
        }
      }
    }
  }

  /** Of the column itself: arithmetic could fail on values that only the other side has. */
  private static boolean isComparison(ScalarExpression predicate) {
    return predicate instanceof Call call
        && call.operands().stream()
            .allMatch(
                operand ->
                    operand instanceof InputReference || Expressions.references(operand).isEmpty())
        && switch (call.function()) {
          case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> true;
          default -> false;
        };
  }
}
