package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.CommonType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;

/**
 * Comparisons of exact numbers that no decimal of 38 digits can hold both of: by their order, which
 * is computed at any length.
 */
final class WideDecimals {
  private WideDecimals() {}

  static ScalarExpression compare(
      ScalarFunction function,
      ScalarExpression left,
      ScalarExpression right,
      ConstantFolder folder) {
    ScalarExpression order =
        folder.call(ScalarFunction.EXACT_ORDER, List.of(left, right), Primitive.INTEGER);
    Literal zero = new Literal(0, Primitive.INTEGER);
    return switch (function) {
      case IS_NOT_DISTINCT_FROM -> same(left, right, order, zero, folder);
      case IS_DISTINCT_FROM ->
          folder.call(
              ScalarFunction.NOT,
              List.of(same(left, right, order, zero, folder)),
              Primitive.BOOLEAN);
      // not exhaustive on purpose: the others are comparisons of the order
      default -> folder.call(function, List.of(order, zero), Primitive.BOOLEAN);
    };
  }

  private static ScalarExpression same(
      ScalarExpression left,
      ScalarExpression right,
      ScalarExpression order,
      Literal zero,
      ConstantFolder folder) {
    ScalarExpression nulls =
        predicate(
            ScalarFunction.AND,
            List.of(
                predicate(ScalarFunction.IS_NULL, List.of(left), folder),
                predicate(ScalarFunction.IS_NULL, List.of(right), folder)),
            folder);
    ScalarExpression equal =
        predicate(
            ScalarFunction.IS_TRUE,
            List.of(predicate(ScalarFunction.EQUAL, List.of(order, zero), folder)),
            folder);
    return predicate(ScalarFunction.OR, List.of(nulls, equal), folder);
  }

  private static ScalarExpression predicate(
      ScalarFunction function, List<ScalarExpression> operands, ConstantFolder folder) {
    return folder.call(function, operands, Primitive.BOOLEAN);
  }

  /**
   * Without a cast that only adds digits behind the point, and fails where there is no room for
   * them: the validator puts such casts around operands of {@code =}, and the number stays the
   * same.
   */
  static ScalarExpression asWritten(ScalarExpression operand) {
    if (operand instanceof Cast cast
        && !cast.safe()
        && cast.type() instanceof DecimalType to
        && to.precision() == DecimalType.MAX_PRECISION
        && isExact(cast)) {
      DecimalType from = CommonType.asDecimal(cast.operand().type());
      boolean onlyFails =
          from.scale() <= to.scale()
              && from.precision() - from.scale() > to.precision() - to.scale();
      return onlyFails ? cast.operand() : operand;
    }
    return operand;
  }

  private static boolean isExact(Cast cast) {
    return cast.operand().type() instanceof DecimalType
        || CommonType.isInteger(cast.operand().type());
  }
}
