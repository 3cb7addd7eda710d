package dev.frazil.exec.expression;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.PhysicalKind;
import java.util.BitSet;
import java.util.List;

/** What the compiler asks of an expression before it picks a way to evaluate it. */
final class ExpressionShapes {
  private ExpressionShapes() {}

  /** The columns that an expression reads. */
  static BitSet columns(ScalarExpression expression) {
    BitSet columns = new BitSet();
    collect(expression, columns);
    return columns;
  }

  private static void collect(ScalarExpression expression, BitSet columns) {
    if (expression instanceof InputReference reference) {
      columns.set(reference.index());
    } else if (expression instanceof Call call) {
      call.operands().forEach(operand -> collect(operand, columns));
    } else if (expression instanceof Cast cast) {
      collect(cast.operand(), columns);
    }
  }

  static boolean isConstant(ScalarExpression expression) {
    return columns(expression).isEmpty() && !Expressions.isVolatile(expression);
  }

  /**
   * The text column of which the expression is a function that never fails and gives null for null,
   * or -1. Its constants are literals, so that they cannot fail either.
   */
  static int totalTextColumn(ScalarExpression expression) {
    BitSet columns = columns(expression);
    return expression instanceof Call && columns.cardinality() == 1 && isTotal(expression)
        ? columns.nextSetBit(0)
        : -1;
  }

  /**
   * Whether the expression has a value for every row there may be, so that it may also be asked of
   * rows that are deleted.
   */
  static boolean neverFails(ScalarExpression expression) {
    if (expression instanceof Call call) {
      return isComparison(call.function())
          && call.operands().stream().allMatch(ExpressionShapes::neverFails);
    }
    return expression instanceof InputReference || expression instanceof Literal;
  }

  private static boolean isComparison(ScalarFunction function) {
    return switch (function) {
      case NOT,
          AND,
          OR,
          IS_NULL,
          IS_NOT_NULL,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IN,
          STARTS_WITH ->
          true;
      // not exhaustive on purpose: what is added later may fail until somebody says otherwise
      default -> false;
    };
  }

  /** The same expression over a batch whose first column is the only one that it reads. */
  static ScalarExpression onFirstColumn(ScalarExpression expression) {
    if (expression instanceof InputReference reference) {
      return new InputReference(0, reference.type());
    } else if (expression instanceof Call call) {
      List<ScalarExpression> operands =
          call.operands().stream().map(ExpressionShapes::onFirstColumn).toList();
      return new Call(call.function(), operands, call.type());
    } else if (expression instanceof Cast cast) {
      return new Cast(onFirstColumn(cast.operand()), cast.type(), cast.safe());
    }
    return expression;
  }

  private static boolean isTotal(ScalarExpression expression) {
    if (expression instanceof InputReference reference) {
      return reference.type().kind() == PhysicalKind.BYTES;
    }
    if (expression instanceof Cast cast && cast.operand().type().equals(cast.type())) {
      return isTotal(cast.operand());
    }
    if (!(expression instanceof Call call) || !isTotal(call.function())) {
      return false;
    }
    List<ScalarExpression> operands = call.operands();
    if (call.function() == ScalarFunction.SUBSTRING
        && !operands.stream().skip(1).allMatch(ExpressionShapes::isNaturalLiteral)) {
      return false;
    }
    if (call.function() == ScalarFunction.IN && !isTotal(operands.get(0))) {
      return false; // a constant may be among the other constants, whatever the column is
    }
    boolean logic = call.function() == ScalarFunction.AND || call.function() == ScalarFunction.OR;
    for (ScalarExpression operand : operands) {
      boolean literal = operand instanceof Literal constant && constant.value() != null;
      // false AND null is false, so there every operand must be null with the column
      if (logic && columns(operand).isEmpty()) {
        return false;
      }
      if (!(literal && !logic) && !isTotal(operand)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNaturalLiteral(ScalarExpression expression) {
    return expression instanceof Literal literal
        && literal.value() instanceof Number number
        && number.longValue() >= 0;
  }

  private static boolean isTotal(ScalarFunction function) {
    return switch (function) {
      case NOT,
          AND,
          OR,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IN,
          LIKE,
          ILIKE,
          UPPER,
          LOWER,
          SUBSTRING,
          CHAR_LENGTH,
          OCTET_LENGTH,
          TRIM_BOTH,
          TRIM_LEADING,
          TRIM_TRAILING,
          POSITION,
          REPLACE,
          STARTS_WITH ->
          true;
      // not exhaustive on purpose: what is added later is not total until somebody says so
      default -> false;
    };
  }
}
