package dev.frazil.plan.rule;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates what is constant where the plan gains by it: casts of literals, arithmetic, dates with
 * intervals, comparisons, and the laws of AND, OR and NOT. What would fail is left to fail when
 * (and if) it is executed. Stateless.
 */
public final class ConstantFolder {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final LiteralCasts casts;

  /**
   * @param zone where a text or timestamp without a zone becomes an instant
   */
  public ConstantFolder(ZoneId zone) {
    this.casts = new LiteralCasts(zone);
  }

  /** A cast, done now if it can be. */
  public ScalarExpression cast(ScalarExpression operand, SqlType type, boolean safe) {
    if (operand.type().equals(type)) {
      return operand;
    }
    if (operand instanceof Literal literal) {
      if (literal.value() == null) {
        return new Literal(null, type);
      }
      Object value = casts.cast(literal.value(), literal.type(), type);
      if (value != null) {
        return new Literal(value, type);
      }
    }
    return new Cast(operand, type, safe);
  }

  /** A call, simplified one level: its operands are simple already. */
  public ScalarExpression call(
      ScalarFunction function, List<ScalarExpression> operands, SqlType type) {
    ScalarExpression folded = fold(function, operands, type);
    return folded == null ? new Call(function, operands, type) : folded;
  }

  private @Nullable ScalarExpression fold(
      ScalarFunction function, List<ScalarExpression> operands, SqlType type) {
    return switch (function) {
      case AND -> junction(ScalarFunction.AND, operands, true);
      case OR -> junction(ScalarFunction.OR, operands, false);
      case NOT -> not(operands.get(0));
      case IS_NULL -> isNull(operands.get(0), true);
      case IS_NOT_NULL -> isNull(operands.get(0), false);
      case IS_TRUE -> isValue(operands.get(0), true, true);
      case IS_FALSE -> isValue(operands.get(0), false, true);
      case IS_NOT_TRUE -> isValue(operands.get(0), true, false);
      case IS_NOT_FALSE -> isValue(operands.get(0), false, false);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          comparison(function, operands);
      case ADD, SUBTRACT, MULTIPLY -> arithmetic(function, operands, type);
      case NEGATE -> negate(operands.get(0), type);
      case ADD_MONTHS -> addMonths(operands);
      default -> null;
    };
  }

  /** AND and OR: {@code neutral} vanishes, its opposite decides. */
  private static ScalarExpression junction(
      ScalarFunction function, List<ScalarExpression> operands, boolean neutral) {
    List<ScalarExpression> kept = new ArrayList<>();
    for (ScalarExpression operand : operands) {
      if (operand instanceof Call call && call.function() == function) {
        for (ScalarExpression inner : call.operands()) {
          if (!kept.contains(inner)) {
            kept.add(inner);
          }
        }
      } else if (operand instanceof Literal literal && literal.value() != null) {
        if ((Boolean) literal.value() != neutral) {
          return new Literal(!neutral, Primitive.BOOLEAN);
        }
      } else if (!kept.contains(operand)) {
        kept.add(operand);
      }
    }
    if (kept.isEmpty()) {
      return new Literal(neutral, Primitive.BOOLEAN);
    }
    return kept.size() == 1 ? kept.get(0) : new Call(function, kept, Primitive.BOOLEAN);
  }

  private @Nullable ScalarExpression not(ScalarExpression operand) {
    if (operand instanceof Literal literal) {
      return new Literal(
          literal.value() == null ? null : !((Boolean) literal.value()), Primitive.BOOLEAN);
    }
    if (operand instanceof Call call) {
      ScalarFunction opposite =
          switch (call.function()) {
            case EQUAL -> ScalarFunction.NOT_EQUAL;
            case NOT_EQUAL -> ScalarFunction.EQUAL;
            case LESS -> ScalarFunction.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER;
            case GREATER -> ScalarFunction.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS;
            case IS_NULL -> ScalarFunction.IS_NOT_NULL;
            case IS_NOT_NULL -> ScalarFunction.IS_NULL;
            case IS_TRUE -> ScalarFunction.IS_NOT_TRUE;
            case IS_NOT_TRUE -> ScalarFunction.IS_TRUE;
            case IS_FALSE -> ScalarFunction.IS_NOT_FALSE;
            case IS_NOT_FALSE -> ScalarFunction.IS_FALSE;
            case IS_DISTINCT_FROM -> ScalarFunction.IS_NOT_DISTINCT_FROM;
            case IS_NOT_DISTINCT_FROM -> ScalarFunction.IS_DISTINCT_FROM;
            default -> null;
          };
      if (opposite != null) {
        return new Call(opposite, call.operands(), Primitive.BOOLEAN);
      }
      if (call.function() == ScalarFunction.NOT) {
        return call.operands().get(0);
      }
    }
    return null;
  }

  private static @Nullable ScalarExpression isNull(ScalarExpression operand, boolean wanted) {
    if (operand instanceof Literal literal) {
      return new Literal((literal.value() == null) == wanted, Primitive.BOOLEAN);
    }
    return null;
  }

  private static @Nullable ScalarExpression isValue(
      ScalarExpression operand, boolean value, boolean wanted) {
    if (operand instanceof Literal literal) {
      return new Literal(Objects.equals(literal.value(), value) == wanted, Primitive.BOOLEAN);
    }
    return null;
  }

  private static @Nullable ScalarExpression comparison(
      ScalarFunction function, List<ScalarExpression> operands) {
    if (!(operands.get(0) instanceof Literal left) || !(operands.get(1) instanceof Literal right)) {
      return null;
    }
    if (left.value() == null || right.value() == null) {
      return new Literal(null, Primitive.BOOLEAN);
    }
    if (!left.type().equals(right.type()) || !(left.value() instanceof Comparable<?>)) {
      return null;
    }
    if (left.value() instanceof String
        || left.value() instanceof Double
        || left.value() instanceof Float) {
      // UTF-16 order is not that of code points, and NaN has rules of its own: equality only.
      if (left.value() instanceof String
          && (function == ScalarFunction.EQUAL || function == ScalarFunction.NOT_EQUAL)) {
        boolean equal = left.value().equals(right.value());
        return new Literal(equal == (function == ScalarFunction.EQUAL), Primitive.BOOLEAN);
      }
      return null;
    }
    int order = compare(left.value(), right.value());
    boolean result =
        switch (function) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
          default -> throw new IllegalStateException("no comparison: " + function);
        };
    return new Literal(result, Primitive.BOOLEAN);
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  private static @Nullable ScalarExpression negate(ScalarExpression operand, SqlType type) {
    if (operand instanceof Literal literal && literal.value() != null) {
      Object value = literal.value();
      if (value instanceof Integer number && number != Integer.MIN_VALUE) {
        return new Literal(-number, type);
      } else if (value instanceof Long number && number != Long.MIN_VALUE) {
        return new Literal(-number, type);
      } else if (value instanceof BigDecimal number) {
        return new Literal(number.negate(), type);
      } else if (value instanceof Double number) {
        return new Literal(-number, type);
      }
    }
    return null;
  }

  private static @Nullable ScalarExpression arithmetic(
      ScalarFunction function, List<ScalarExpression> operands, SqlType type) {
    if (!(operands.get(0) instanceof Literal left) || !(operands.get(1) instanceof Literal right)) {
      return null;
    }
    if (left.value() == null || right.value() == null) {
      return new Literal(null, type);
    }
    if (left.type() == Primitive.DATE && type == Primitive.DATE) {
      return integer(function, ((Number) left.value()).longValue(), right.value(), type);
    }
    if (type == Primitive.INTEGER
        || type == Primitive.BIGINT
        || type == Primitive.TIMESTAMP
        || type == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      return left.value() instanceof Number number
          ? integer(function, number.longValue(), right.value(), type)
          : null;
    }
    if (type instanceof DecimalType decimal
        && left.value() instanceof BigDecimal x
        && right.value() instanceof BigDecimal y) {
      BigDecimal exact =
          switch (function) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            default -> x.multiply(y);
          };
      BigDecimal scaled = exact.setScale(decimal.scale(), RoundingMode.HALF_UP);
      return scaled.precision() > decimal.precision() ? null : new Literal(scaled, type);
    }
    return null;
  }

  private static @Nullable ScalarExpression integer(
      ScalarFunction function, long left, Object rightValue, SqlType type) {
    if (!(rightValue instanceof Number number)) {
      return null;
    }
    long right = number.longValue();
    try {
      long result =
          switch (function) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            default -> Math.multiplyExact(left, right);
          };
      if (type == Primitive.INTEGER || type == Primitive.DATE) {
        return result == (int) result ? new Literal((int) result, type) : null;
      }
      return new Literal(result, type);
    } catch (ArithmeticException e) {
      // It overflows when it is executed, if it is.
      return null;
    }
  }

  private static @Nullable ScalarExpression addMonths(List<ScalarExpression> operands) {
    if (!(operands.get(0) instanceof Literal left)
        || !(operands.get(1) instanceof Literal right)
        || left.value() == null
        || !(right.value() instanceof Integer months)) {
      return null;
    }
    if (left.value() instanceof Integer days) {
      long result = LocalDate.ofEpochDay(days).plusMonths(months).toEpochDay();
      return result == (int) result ? new Literal((int) result, left.type()) : null;
    }
    if (left.type() == Primitive.TIMESTAMP && left.value() instanceof Long micros) {
      long day = Math.floorDiv(micros, MICROS_PER_DAY);
      long result = LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
      if (Math.abs(result) >= Long.MAX_VALUE / MICROS_PER_DAY) {
        return null; // it overflows when it is executed, if it is
      }
      return new Literal(
          result * MICROS_PER_DAY + Math.floorMod(micros, MICROS_PER_DAY), left.type());
    }
    return null;
  }
}
