package dev.frazil.plan.rule;

import dev.frazil.plan.PartitionHead;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.WindowCall;
import dev.frazil.type.SqlType.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Tells a window under a filter such as {@code row_number() OVER (...) <= 3} that it need not sort
 * more than the first rows of each partition. Only where every function of the window is a
 * numbering: those of a row depend on the rows before it alone.
 */
final class PartitionHeadRule {
  private PartitionHeadRule() {}

  /**
   * The window, told what the filter above it keeps.
   *
   * @param predicate over the columns of the window
   */
  static Window apply(Window window, ScalarExpression predicate) {
    if (!window.calls().stream().allMatch(call -> isNumbering(call.function()))
        || !window.partitionKeys().stream().allMatch(key -> isPlainKey(window, key))) {
      return window;
    }
    PartitionHead best = null;
    for (ScalarExpression part : Expressions.conjuncts(predicate)) {
      PartitionHead head = head(window, part);
      if (head != null && (best == null || isFewer(head, best))) {
        best = head;
      }
    }
    return best == null ? window : window.headed(best);
  }

  /** A count that is known is preferred to one that a parameter tells. */
  private static boolean isFewer(PartitionHead head, PartitionHead than) {
    return head.parameter() == null && (than.parameter() != null || head.count() < than.count());
  }

  private static boolean isNumbering(WindowCall.Function function) {
    return function == WindowCall.Function.ROW_NUMBER
        || function == WindowCall.Function.RANK
        || function == WindowCall.Function.DENSE_RANK;
  }

  /** Keys that are the same partition exactly when their bytes are the same. */
  private static boolean isPlainKey(Window window, int key) {
    return switch (window.input().columns().get(key).type().kind()) {
      case BOOLEAN, INT, LONG, INT128, BYTES -> true;
      case FLOAT, DOUBLE, LIST, MAP, STRUCT -> false;
    };
  }

  private static @Nullable PartitionHead head(Window window, ScalarExpression part) {
    if (!(part instanceof Call call) || call.operands().size() != 2) {
      return null;
    }
    ScalarExpression left = call.operands().get(0);
    ScalarExpression right = call.operands().get(1);
    ScalarFunction function = call.function();
    if (left instanceof Literal || parameter(left) != null) {
      ScalarExpression swap = left;
      left = right;
      right = swap;
      function = mirrored(function);
    }
    int inputCount = window.input().columnCount();
    boolean isBelow = function == ScalarFunction.LESS;
    if (!(left instanceof InputReference reference)
        || reference.index() < inputCount
        || !(isBelow
            || function == ScalarFunction.LESS_OR_EQUAL
            || function == ScalarFunction.EQUAL)) {
      return null;
    }
    WindowCall.Function numbering = window.calls().get(reference.index() - inputCount).function();
    Parameter parameter = parameter(right);
    if (parameter != null) {
      return new PartitionHead(numbering, isBelow ? -1 : 0, parameter);
    }
    if (!(right instanceof Literal literal) || !(literal.value() instanceof Long bound)) {
      return null;
    }
    long count = isBelow ? Math.max(bound, 1) - 1 : bound;
    return count < 1 || count > PartitionHead.MOST_ROWS
        ? null
        : new PartitionHead(numbering, count);
  }

  /** A parameter of a number without fraction, widened or not. */
  private static @Nullable Parameter parameter(ScalarExpression expression) {
    ScalarExpression operand =
        expression instanceof Cast cast && cast.type() == Primitive.BIGINT
            ? cast.operand()
            : expression;
    return operand instanceof Parameter parameter
            && (parameter.type() == Primitive.BIGINT || parameter.type() == Primitive.INTEGER)
        ? parameter
        : null;
  }

  private static ScalarFunction mirrored(ScalarFunction function) {
    return switch (function) {
      case GREATER -> ScalarFunction.LESS;
      case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
      case EQUAL -> ScalarFunction.EQUAL;
      default -> ScalarFunction.NOT_EQUAL;
    };
  }
}
