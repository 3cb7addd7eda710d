package dev.frazil.exec.scan;

import dev.frazil.exec.ArrayMembership;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.rule.ZeroBounds;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.PredicateValues;
import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Says in Iceberg's terms what a residual predicate requires, so far as it compares columns with
 * literals and bound parameters: that is how a prepared statement prunes files and pages by the
 * values of one execution. Conjuncts of another form are left out, so the result may keep more rows
 * than the predicate.
 */
final class PruningExpression {
  private final List<@Nullable String> columnNames;
  private final QueryContext context;
  private final boolean namesNaN;

  /**
   * @param columnNames the table's name of each input column, null where it is no table column
   */
  PruningExpression(List<@Nullable String> columnNames, QueryContext context) {
    this(columnNames, context, false);
  }

  private PruningExpression(
      List<@Nullable String> columnNames, QueryContext context, boolean namesNaN) {
    this.columnNames = columnNames;
    this.context = context;
    this.namesNaN = namesNaN;
  }

  /** For who can tell whether a column holds NaN, as counts of files do, though not bounds. */
  PruningExpression namingNaN() {
    return new PruningExpression(columnNames, context, true);
  }

  /** Whether the expression asks whether a floating-point number is greater than another one. */
  static boolean holdsOrderOfFloats(ScalarExpression expression) {
    return expression instanceof ScalarExpression.Call call
        && switch (call.function()) {
          case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
              isFloating(call.operands().get(0).type());
          case AND, OR -> call.operands().stream().anyMatch(PruningExpression::holdsOrderOfFloats);
          default -> false; // no other is said of such columns
        };
  }

  /** Whether the expression reads a parameter; without one the planner has said it all. */
  static boolean holdsParameter(ScalarExpression expression) {
    if (expression instanceof ScalarExpression.Parameter) {
      return true;
    }
    if (expression instanceof ScalarExpression.Cast cast) {
      return holdsParameter(cast.operand());
    }
    if (expression instanceof ScalarExpression.Call call) {
      return call.operands().stream().anyMatch(PruningExpression::holdsParameter);
    }
    return false;
  }

  /** What the predicate requires; {@code alwaysTrue()} when that cannot be said. */
  Expression required(ScalarExpression predicate) {
    Expression required = convert(predicate, false);
    return required == null ? Expressions.alwaysTrue() : required;
  }

  /**
   * The predicate itself, which is true of a row if and only if the result is; null when that
   * cannot be said. Nothing is said of floating-point columns, as no bound tells of NaN.
   */
  @Nullable Expression exact(ScalarExpression predicate) {
    return convert(predicate, true);
  }

  private @Nullable Expression convert(ScalarExpression predicate, boolean exact) {
    if (!(predicate instanceof ScalarExpression.Call call)) {
      return null;
    }
    List<ScalarExpression> operands = call.operands();
    if (exact && isFloating(operands.get(0).type())) {
      return null;
    }
    return switch (call.function()) {
      case AND, OR -> {
        boolean isAnd = call.function() == ScalarFunction.AND;
        Expression whole = isAnd ? Expressions.alwaysTrue() : Expressions.alwaysFalse();
        for (ScalarExpression operand : operands) {
          Expression part = convert(operand, exact);
          if (part == null && exact) {
            yield null;
          }
          Expression known = part == null ? Expressions.alwaysTrue() : part;
          whole = isAnd ? Expressions.and(whole, known) : Expressions.or(whole, known);
        }
        yield whole;
      }
      case IS_NULL ->
          name(operands.get(0)) == null ? null : Expressions.isNull(name(operands.get(0)));
      case IS_NOT_NULL ->
          name(operands.get(0)) == null ? null : Expressions.notNull(name(operands.get(0)));
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          comparison(call.function(), operands.get(0), operands.get(1));
      case IN -> membership(operands);
      case LIBRARY -> membership(call);
      default -> null; // no other function says anything about bounds
    };
  }

  private @Nullable String name(ScalarExpression operand) {
    return operand instanceof ScalarExpression.InputReference reference
        ? columnNames.get(reference.index())
        : null;
  }

  private @Nullable Expression comparison(
      ScalarFunction function, ScalarExpression left, ScalarExpression right) {
    String column = name(left);
    if (column != null && isConstant(right)) {
      return comparison(function, column, left.type(), constant(right));
    }
    column = name(right);
    if (column != null && isConstant(left)) {
      return comparison(mirrored(function), column, right.type(), constant(left));
    }
    return null;
  }

  private @Nullable Expression comparison(
      ScalarFunction function, String column, SqlType type, @Nullable Object value) {
    if (value == null) {
      return Expressions.alwaysFalse();
    }
    Object bound = bound(value, type);
    if (bound == null) {
      return null;
    }
    if (mayHoldForNaN(function, type)) {
      return namesNaN ? greaterOrNaN(function, column, bound) : null;
    }
    return switch (function) {
      case EQUAL -> ZeroBounds.in(column, List.of(bound));
      case LESS -> Expressions.lessThan(column, bound);
      case LESS_OR_EQUAL -> ZeroBounds.atMost(column, bound);
      case GREATER -> Expressions.greaterThan(column, bound);
      case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(column, bound);
      default -> null; // the caller names only these
    };
  }

  /** NaN is greater than every number, and no bound of a file tells of it. */
  private static boolean mayHoldForNaN(ScalarFunction function, SqlType type) {
    return isFloating(type)
        && (function == ScalarFunction.GREATER || function == ScalarFunction.GREATER_OR_EQUAL);
  }

  private static Expression greaterOrNaN(ScalarFunction function, String column, Object bound) {
    Expression greater =
        function == ScalarFunction.GREATER
            ? Expressions.greaterThan(column, bound)
            : ZeroBounds.atLeast(column, bound);
    return Expressions.or(Expressions.isNaN(column), greater);
  }

  private static boolean isFloating(SqlType type) {
    return type.kind() == PhysicalKind.FLOAT || type.kind() == PhysicalKind.DOUBLE;
  }

  private static ScalarFunction mirrored(ScalarFunction function) {
    return switch (function) {
      case LESS -> ScalarFunction.GREATER;
      case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
      case GREATER -> ScalarFunction.LESS;
      case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
      default -> function; // equality is its own mirror
    };
  }

  private @Nullable Expression membership(List<ScalarExpression> operands) {
    String column = name(operands.get(0));
    if (column == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (ScalarExpression operand : operands.subList(1, operands.size())) {
      if (!isConstant(operand)) {
        return null;
      }
      Object value = constant(operand);
      if (value != null) {
        Object bound = bound(value, operands.get(0).type());
        if (bound == null) {
          return null;
        }
        values.add(bound);
      }
    }
    return values.isEmpty() ? Expressions.alwaysFalse() : ZeroBounds.in(column, values);
  }

  /** Of an array of any length that is a parameter. */
  private @Nullable Expression membership(ScalarExpression.Call call) {
    ArrayMembership membership = ArrayMembership.of(call, context);
    if (membership == null || membership.negated()) {
      return null;
    }
    List<ScalarExpression> operands = new ArrayList<>();
    operands.add(membership.value());
    for (Object element : membership.elements()) {
      operands.add(new ScalarExpression.Literal(element, membership.value().type()));
    }
    return membership(operands);
  }

  private static boolean isConstant(ScalarExpression operand) {
    return operand instanceof ScalarExpression.Literal
        || operand instanceof ScalarExpression.Parameter;
  }

  private @Nullable Object constant(ScalarExpression operand) {
    return operand instanceof ScalarExpression.Literal literal
        ? literal.value()
        : context.parameters().get(((ScalarExpression.Parameter) operand).index());
  }

  /** The value as Iceberg's literals take it; null where it has no exact form. */
  private static @Nullable Object bound(Object value, SqlType type) {
    if (type instanceof SqlType.DecimalType decimal) {
      BigDecimal given = (BigDecimal) value;
      return given.stripTrailingZeros().scale() > decimal.scale()
          ? null
          : given.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
    }
    if (type == SqlType.Primitive.VARCHAR || type.kind() == PhysicalKind.BOOLEAN) {
      return value;
    }
    if (type == SqlType.Primitive.UUID && value instanceof byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
    if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
      return null;
    }
    return switch (type.kind()) {
      case INT, LONG, FLOAT, DOUBLE -> PredicateValues.of(value, type);
      case BOOLEAN, INT128, BYTES, LIST, MAP, STRUCT -> null;
    };
  }
}
