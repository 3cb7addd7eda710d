package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Dates and times with intervals. An interval of days to seconds is a bigint of microseconds, one
 * of years and months an integer of months.
 */
final class IntervalArithmetic {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final RexConverter expressions;
  private final ConstantFolder folder;

  IntervalArithmetic(RexConverter expressions, ConstantFolder folder) {
    this.expressions = expressions;
    this.folder = folder;
  }

  ScalarExpression convert(ScalarFunction function, RexCall call, SqlType type) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    if (RexCallConverter.isInterval(call)) {
      if (MixedIntervals.isMixed(call.getType())) {
        return MixedIntervals.arithmetic(function, left, right, expressions);
      }
      return interval(function, left, right, call);
    }
    RexNode time = RexCallConverter.isInterval(right) ? left : right;
    RexNode interval = RexCallConverter.isInterval(right) ? right : left;
    if (MixedIntervals.isMixed(interval.getType())) {
      return MixedIntervals.later(function, time, interval, expressions);
    }
    ScalarExpression start = expressions.convert(time);
    ScalarExpression amount = expressions.convert(interval);
    if (isMonths(interval)) {
      ScalarExpression months =
          function == ScalarFunction.SUBTRACT
              ? folder.call(ScalarFunction.NEGATE, List.of(amount), Primitive.INTEGER)
              : amount;
      return folder.call(ScalarFunction.ADD_MONTHS, List.of(start, months), start.type());
    }
    if (start.type() == Primitive.DATE && type == Primitive.DATE) {
      return folder.call(function, List.of(start, days(amount)), Primitive.DATE);
    }
    if (start.type() == Primitive.TIME) {
      ScalarExpression micros =
          function == ScalarFunction.SUBTRACT
              ? folder.call(ScalarFunction.NEGATE, List.of(amount), Primitive.BIGINT)
              : amount;
      Literal name = new Literal("time_shift", Primitive.VARCHAR);
      return new Call(ScalarFunction.LIBRARY, List.of(name, start, micros), Primitive.TIME);
    }
    if (Timestamps.isNano(start.type())) {
      return nanos(function, start, amount);
    }
    SqlType target =
        start.type() == Primitive.TIMESTAMP_WITH_TIME_ZONE ? start.type() : Primitive.TIMESTAMP;
    return folder.call(function, List.of(folder.cast(start, target, false), amount), target);
  }

  /** Nanoseconds and an interval, which counts microseconds. */
  private ScalarExpression nanos(
      ScalarFunction function, ScalarExpression start, ScalarExpression amount) {
    ScalarExpression micros =
        function == ScalarFunction.SUBTRACT
            ? folder.call(ScalarFunction.NEGATE, List.of(amount), Primitive.BIGINT)
            : amount;
    if (start instanceof Literal time
        && time.value() instanceof Long nanos
        && micros instanceof Literal interval
        && interval.value() instanceof Long added
        && Timestamps.fitsNanos(added)) {
      long more = Timestamps.nanos(added, 0);
      long sum = nanos + more;
      boolean overflows = ((nanos ^ sum) & (more ^ sum)) < 0;
      if (!overflows) {
        return new Literal(sum, start.type());
      }
    }
    return new Call(
        ScalarFunction.LIBRARY,
        List.of(
            new Literal("date_add", Primitive.VARCHAR),
            new Literal("microsecond", Primitive.VARCHAR),
            micros,
            start),
        start.type());
  }

  private ScalarExpression days(ScalarExpression micros) {
    if (micros instanceof Literal literal && literal.value() instanceof Long value) {
      if (value % MICROS_PER_DAY != 0) {
        throw EngineException.unsupported(
            "date plus an interval of less than a day (CAST the date to timestamp)");
      }
      return new Literal(Math.toIntExact(value / MICROS_PER_DAY), Primitive.INTEGER);
    }
    return folder.cast(
        new Call(
            ScalarFunction.DIVIDE,
            List.of(micros, new Literal(MICROS_PER_DAY, Primitive.BIGINT)),
            Primitive.BIGINT),
        Primitive.INTEGER,
        false);
  }

  /** Intervals among themselves, and with a number. */
  private ScalarExpression interval(
      ScalarFunction function, RexNode left, RexNode right, RexCall call) {
    SqlType type = CalciteTypes.toSql(call.getType());
    ScalarExpression first = expressions.convert(left);
    ScalarExpression second = expressions.convert(right);
    boolean areIntervals = RexCallConverter.isInterval(left) && RexCallConverter.isInterval(right);
    ScalarExpression number = RexCallConverter.isInterval(left) ? second : first;
    if (areIntervals
        || (function == ScalarFunction.MULTIPLY && TypeRules.isInteger(number.type()))) {
      return folder.call(
          function,
          List.of(folder.cast(first, type, false), folder.cast(second, type, false)),
          type);
    }
    if (isMonths(call)) {
      throw EngineException.unsupported(
          function == ScalarFunction.DIVIDE
              ? "the division of an interval of months"
              : "an interval of months times a number that is no integer");
    }
    // exactly, then rounded to the microsecond
    boolean isFloating = number.type() == Primitive.DOUBLE || number.type() == Primitive.REAL;
    SqlType exact = new DecimalType(DecimalType.MAX_PRECISION, productScale(function, number));
    ScalarExpression product =
        folder.call(
            function,
            isFloating
                ? List.of(
                    folder.cast(first, Primitive.DOUBLE, false),
                    folder.cast(second, Primitive.DOUBLE, false))
                : List.of(decimal(first), decimal(second)),
            isFloating ? Primitive.DOUBLE : exact);
    return folder.cast(product, type, false);
  }

  private static int productScale(ScalarFunction function, ScalarExpression number) {
    boolean hasScale = function == ScalarFunction.MULTIPLY && number.type() instanceof DecimalType;
    return hasScale ? ((DecimalType) number.type()).scale() : 0;
  }

  private ScalarExpression decimal(ScalarExpression value) {
    return value.type() instanceof DecimalType
        ? value
        : folder.cast(value, TypeRules.asDecimal(value.type()), false);
  }

  private static boolean isMonths(RexNode node) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(node.getType().getSqlTypeName());
  }
}
