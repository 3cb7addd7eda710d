package dev.frazil.exec.expression;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Picks the evaluator of a comparison. */
final class ComparisonCompiler {
  private final ExpressionEvaluator expressions;

  ComparisonCompiler(ExpressionEvaluator expressions) {
    this.expressions = expressions;
  }

  Evaluator compare(ScalarFunction function, ScalarExpression left, ScalarExpression right) {
    SqlType common = commonType(left.type(), right.type());
    if (right instanceof Literal literal && left.type().equals(common)) {
      Optional<RangeEvaluator> range = range(function, left, literal, common);
      if (range.isPresent()) {
        return range.get();
      }
    } else if (left instanceof Literal literal && right.type().equals(common)) {
      Optional<RangeEvaluator> range = range(mirrored(function), right, literal, common);
      if (range.isPresent()) {
        return range.get();
      }
    }
    return ComparisonEvaluator.of(
        function, expressions.nodeAs(left, common), expressions.nodeAs(right, common));
  }

  Evaluator in(List<ScalarExpression> operands) {
    SqlType common = operands.get(0).type();
    for (ScalarExpression operand : operands) {
      common = commonType(common, operand.type());
    }
    SqlType type = common;
    Evaluator value = expressions.nodeAs(operands.get(0), type);
    List<ScalarExpression> candidates = operands.subList(1, operands.size());
    LongStream.Builder members = LongStream.builder();
    boolean allKnown = true;
    for (ScalarExpression candidate : candidates) {
      OptionalLong member =
          candidate instanceof Literal literal ? physical(literal, type) : OptionalLong.empty();
      allKnown &= member.isPresent();
      member.ifPresent(members::add);
    }
    if (allKnown) {
      return new MembershipEvaluator(value, members.build().toArray());
    }
    return new InEvaluator(
        value, candidates.stream().map(candidate -> expressions.nodeAs(candidate, type)).toList());
  }

  /** The type in which values of both can be compared; plans hold casts, so it is mostly either. */
  static SqlType commonType(SqlType left, SqlType right) {
    if (left.equals(right) || right == Primitive.UNKNOWN) {
      return left;
    }
    if (left == Primitive.UNKNOWN) {
      return right;
    }
    if (NumberConversions.isFloating(left) || NumberConversions.isFloating(right)) {
      return Primitive.DOUBLE;
    }
    if (NumberConversions.isExact(left) && NumberConversions.isExact(right)) {
      if (!(left instanceof DecimalType) && !(right instanceof DecimalType)) {
        return Primitive.BIGINT;
      }
      DecimalType a = decimal(left);
      DecimalType b = decimal(right);
      int scale = Math.max(a.scale(), b.scale());
      int digits = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
      return new DecimalType(Math.min(DecimalType.MAX_PRECISION, digits + scale), scale);
    }
    return left;
  }

  /** The decimal type that holds every value of an exact type. */
  static DecimalType decimal(SqlType type) {
    if (type instanceof DecimalType decimal) {
      return decimal;
    }
    return type == Primitive.INTEGER ? new DecimalType(10, 0) : new DecimalType(19, 0);
  }

  private Optional<RangeEvaluator> range(
      ScalarFunction function, ScalarExpression value, Literal literal, SqlType type) {
    OptionalLong constant = physical(literal, type);
    return constant.isEmpty()
        ? Optional.empty()
        : RangeEvaluator.of(function, expressions.node(value), constant.getAsLong());
  }

  /** The number that holds a literal in a column of a type of kind INT or LONG. */
  private static OptionalLong physical(Literal literal, SqlType type) {
    boolean fits = type.kind() == PhysicalKind.INT || type.kind() == PhysicalKind.LONG;
    if (!fits || !(literal.value() instanceof Number number)) {
      return OptionalLong.empty();
    }
    if (type instanceof DecimalType decimal) {
      BigDecimal exact =
          number instanceof BigDecimal big ? big : BigDecimal.valueOf(number.longValue());
      if (exact.stripTrailingZeros().scale() > decimal.scale()
          || exact.precision() - exact.scale() > 18 - decimal.scale()) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          exact
              .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
              .unscaledValue()
              .longValueExact());
    }
    return number instanceof Integer || number instanceof Long
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  private static ScalarFunction mirrored(ScalarFunction function) {
    return switch (function) {
      case LESS -> ScalarFunction.GREATER;
      case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
      case GREATER -> ScalarFunction.LESS;
      case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
      // not exhaustive on purpose: the others are symmetric
      default -> function;
    };
  }
}
