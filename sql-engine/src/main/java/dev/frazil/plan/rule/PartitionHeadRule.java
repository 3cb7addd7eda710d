package dev.frazil.plan.rule;

import dev.frazil.plan.PartitionHead;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.WindowCall;
import org.jspecify.annotations.Nullable;

/**
 * Tells a window under a filter such as {@code row_number() OVER (...) <= 3} that it need not sort
 * more than the first rows of each partition. Only where every function of the window is a
 * numbering: those of a row depend on the rows before it alone.
 */
final class PartitionHeadRule {
  /** Above it, little is dropped, and what is kept of each partition is sorted again and again. */
  private static final long MOST_ROWS = 10_000;

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
      if (head != null && (best == null || head.count() < best.count())) {
        best = head;
      }
    }
    return best == null ? window : window.headed(best);
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
    if (left instanceof Literal) {
      ScalarExpression swap = left;
      left = right;
      right = swap;
      function = mirrored(function);
    }
    int inputCount = window.input().columnCount();
    if (!(left instanceof InputReference reference)
        || reference.index() < inputCount
        || !(right instanceof Literal literal)
        || !(literal.value() instanceof Long bound)) {
      return null;
    }
    long count =
        switch (function) {
          case EQUAL, LESS_OR_EQUAL -> bound;
          case LESS -> Math.max(bound, 1) - 1;
          default -> 0;
        };
    WindowCall.Function numbering = window.calls().get(reference.index() - inputCount).function();
    return count < 1 || count > MOST_ROWS ? null : new PartitionHead(numbering, count);
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
