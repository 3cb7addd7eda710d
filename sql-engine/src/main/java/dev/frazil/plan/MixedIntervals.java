package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of months beside days, which ISO 9075 and Calcite do not have: for Calcite {@code
 * INTERVAL DAY TO SECOND(9)}, a precision that nothing else here has, for the engine a decimal. See
 * {@code docs/adr/intervals-as-numbers.md}.
 */
final class MixedIntervals {
  /** What they are in the engine. */
  static final SqlType NUMBER = new DecimalType(DecimalType.MAX_PRECISION, 0);

  private static final int MARK = 9;

  private MixedIntervals() {}

  static RelDataType type(RelDataTypeFactory factory, boolean nullable) {
    SqlIntervalQualifier qualifier =
        new SqlIntervalQualifier(TimeUnit.DAY, -1, TimeUnit.SECOND, MARK, SqlParserPos.ZERO);
    return factory.createTypeWithNullability(factory.createSqlIntervalType(qualifier), nullable);
  }

  static boolean isMixed(RelDataType type) {
    SqlIntervalQualifier qualifier = type.getIntervalQualifier();
    return qualifier != null
        && type.getSqlTypeName() == SqlTypeName.INTERVAL_DAY_SECOND
        && qualifier.getFractionalSecondPrecisionPreservingDefault() == MARK;
  }

  /** Refuses what the user writes like the mark. */
  static void checkWritten(SqlIntervalQualifier qualifier) {
    if (qualifier.getFractionalSecondPrecisionPreservingDefault() > 6) {
      throw EngineException.unsupported("an interval finer than microseconds (SECOND(6))");
    }
  }

  /** Whether two intervals need this type to be compared or added. */
  static boolean areTogether(RelDataType left, RelDataType right) {
    return ShownIntervals.isInterval(left)
        && ShownIntervals.isInterval(right)
        && (isMixed(left) || isMixed(right) || isMonths(left) != isMonths(right));
  }

  /** An interval beside one of another kind is compared as one of months and days. */
  static boolean widen(SqlCallBinding comparison, SqlValidator validator) {
    return widen(comparison, 0, validator);
  }

  /** As above, of the operands from {@code first} on. */
  static boolean widen(SqlCallBinding call, int first, SqlValidator validator) {
    boolean isMix = false;
    RelDataType interval = call.getOperandType(first);
    for (int i = first + 1; i < call.getOperandCount(); i++) {
      RelDataType type = call.getOperandType(i);
      isMix |= areTogether(interval, type);
      interval = ShownIntervals.isInterval(interval) ? interval : type;
    }
    for (int i = first; isMix && i < call.getOperandCount(); i++) {
      if (isOther(call.getOperandType(i))) {
        SqlNode widened = widened(call.operand(i));
        call.getCall().setOperand(i, widened);
        validator.deriveType(Objects.requireNonNull(call.getScope()), widened);
      }
    }
    return isMix;
  }

  static SqlNode widened(SqlNode interval) {
    return WidenedInterval.OPERATOR.createCall(interval.getParserPosition(), interval);
  }

  /** The type of all, where they are intervals of several kinds or NULL; else null. */
  static @Nullable RelDataType common(List<RelDataType> types, RelDataTypeFactory factory) {
    RelDataType first = null;
    boolean isMix = false;
    boolean nullable = false;
    for (RelDataType type : types) {
      nullable |= type.isNullable();
      if (type.getSqlTypeName() == SqlTypeName.NULL) {
        continue;
      } else if (!ShownIntervals.isInterval(type)) {
        return null;
      }
      isMix |= first != null && areTogether(first, type);
      first = first == null ? type : first;
    }
    return isMix ? type(factory, nullable) : null;
  }

  /** Whether it is an interval of another kind. */
  static boolean isOther(RelDataType type) {
    return ShownIntervals.isInterval(type) && !isMixed(type);
  }

  private static boolean isMonths(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** An interval of any kind as the number of this one. */
  static ScalarExpression number(RexNode interval, RexConverter expressions) {
    ScalarExpression value = expressions.convert(interval);
    if (isMixed(interval.getType()) || value.type() == Primitive.UNKNOWN) {
      return value;
    }
    return value instanceof Literal literal && literal.value() == null
        ? new Literal(null, NUMBER)
        : library("interval_widened", NUMBER, value);
  }

  /** What intervals are compared by. */
  static ScalarExpression length(RexNode interval, RexConverter expressions) {
    return library("interval_length", NUMBER, number(interval, expressions));
  }

  /** Sums and differences of intervals, products with numbers. */
  static ScalarExpression arithmetic(
      ScalarFunction function, RexNode left, RexNode right, RexConverter expressions) {
    ConstantFolder folder = expressions.folder();
    if (ShownIntervals.isInterval(left.getType()) && ShownIntervals.isInterval(right.getType())) {
      return folder.call(
          function, List.of(number(left, expressions), number(right, expressions)), NUMBER);
    }
    boolean isFirst = ShownIntervals.isInterval(left.getType());
    ScalarExpression interval = number(isFirst ? left : right, expressions);
    ScalarExpression factor = expressions.convert(isFirst ? right : left, Primitive.DOUBLE);
    String name = function == ScalarFunction.DIVIDE ? "interval_over" : "interval_times";
    return library(name, NUMBER, interval, factor);
  }

  /** A date or timestamp, and how much later or earlier. */
  static ScalarExpression later(
      ScalarFunction function, RexNode time, RexNode interval, RexConverter expressions) {
    ConstantFolder folder = expressions.folder();
    ScalarExpression start = expressions.convert(time);
    if (start.type() == Primitive.TIME) {
      throw EngineException.unsupported("a time of day plus an interval of months and days");
    }
    ScalarExpression amount = number(interval, expressions);
    if (function == ScalarFunction.SUBTRACT) {
      amount = folder.call(ScalarFunction.NEGATE, List.of(amount), NUMBER);
    }
    SqlType target = start.type() == Primitive.DATE ? Primitive.TIMESTAMP : start.type();
    return library("interval_later", target, folder.cast(start, target, false), amount);
  }

  static ScalarExpression library(String name, SqlType type, ScalarExpression... operands) {
    List<ScalarExpression> all = new ArrayList<>();
    all.add(new Literal(name, Primitive.VARCHAR));
    all.addAll(List.of(operands));
    return new Call(ScalarFunction.LIBRARY, all, type);
  }
}
