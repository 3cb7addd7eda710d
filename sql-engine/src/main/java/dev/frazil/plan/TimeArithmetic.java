package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.jspecify.annotations.Nullable;

/**
 * Dates with integers of days, and the differences of dates and times: an integer of days of two
 * dates, a bigint of microseconds of anything else; with the qualifier of ISO 9075, {@code (a - b)
 * HOUR}, what the difference has of that unit.
 */
final class TimeArithmetic {
  private final ConstantFolder folder;

  TimeArithmetic(ConstantFolder folder) {
    this.folder = folder;
  }

  /** Null where neither side is a date or time. */
  @Nullable ScalarExpression convert(
      ScalarFunction function, ScalarExpression left, ScalarExpression right, RexCall call) {
    if (function == ScalarFunction.ADD && isTime(left.type()) && isTime(right.type())) {
      return left.type() == Primitive.DATE ? moment(left, right) : moment(right, left);
    }
    if (isTime(left.type()) && isTime(right.type())) {
      return difference(left, right, call);
    }
    if (left.type() == Primitive.DATE) {
      ScalarExpression days = folder.cast(right, Primitive.INTEGER, false);
      return folder.call(function, List.of(left, days), Primitive.DATE);
    }
    if (right.type() == Primitive.DATE) {
      ScalarExpression days = folder.cast(left, Primitive.INTEGER, false);
      return folder.call(function, List.of(right, days), Primitive.DATE);
    }
    return null;
  }

  /** A date at a time of day. */
  private ScalarExpression moment(ScalarExpression date, ScalarExpression time) {
    ScalarExpression micros =
        folder.call(
            ScalarFunction.SUBTRACT,
            List.of(time, new Literal(0L, Primitive.TIME)),
            Primitive.BIGINT);
    return new Call(
        ScalarFunction.LIBRARY,
        List.of(
            new Literal("date_add", Primitive.VARCHAR),
            new Literal("microsecond", Primitive.VARCHAR),
            micros,
            folder.cast(date, Primitive.TIMESTAMP, false)),
        Primitive.TIMESTAMP);
  }

  private ScalarExpression difference(ScalarExpression left, ScalarExpression right, RexCall call) {
    SqlIntervalQualifier qualifier = call.getType().getIntervalQualifier();
    if (qualifier == null) {
      return folder.call(ScalarFunction.SUBTRACT, List.of(left, right), Primitive.INTEGER);
    }
    if (qualifier.isYearMonth()) {
      if (left.type() == Primitive.TIME) {
        throw EngineException.unsupported("the difference of two times of day in months");
      }
      String unit = qualifier.getUnit() == TimeUnit.YEAR ? "year" : "month";
      ScalarExpression units =
          folder.cast(
              new Call(
                  ScalarFunction.LIBRARY,
                  List.of(
                      new Literal("date_diff", Primitive.VARCHAR),
                      new Literal(unit, Primitive.VARCHAR),
                      right,
                      left),
                  Primitive.BIGINT),
              Primitive.INTEGER,
              false);
      return unit.equals("month") ? units : times(units, new Literal(12, Primitive.INTEGER));
    }
    SqlType common = instantType(left.type(), right.type());
    ScalarExpression micros =
        folder.call(
            ScalarFunction.SUBTRACT,
            List.of(folder.cast(left, common, false), folder.cast(right, common, false)),
            Primitive.BIGINT);
    long unit = micros(qualifier.getUnit());
    if (unit == 1) {
      return micros;
    }
    ScalarExpression rest =
        folder.call(
            ScalarFunction.MODULO,
            List.of(micros, new Literal(unit, Primitive.BIGINT)),
            Primitive.BIGINT);
    return folder.call(ScalarFunction.SUBTRACT, List.of(micros, rest), Primitive.BIGINT);
  }

  private ScalarExpression times(ScalarExpression units, Literal factor) {
    return folder.call(ScalarFunction.MULTIPLY, List.of(units, factor), Primitive.INTEGER);
  }

  private static SqlType instantType(SqlType left, SqlType right) {
    if (left == Primitive.TIME) {
      return left;
    }
    // intervals count microseconds, and so do differences of nanoseconds
    return Timestamps.of(false, Timestamps.hasZone(left) || Timestamps.hasZone(right));
  }

  /** What a difference is cut to. */
  private static long micros(TimeUnit unit) {
    return switch (unit) {
      case DAY -> 86_400_000_000L;
      case HOUR -> 3_600_000_000L;
      case MINUTE -> 60_000_000L;
      case SECOND -> 1L;
      default -> throw EngineException.unsupported("the difference of two times in " + unit);
    };
  }

  private static boolean isTime(SqlType type) {
    return type == Primitive.DATE || type == Primitive.TIME || Timestamps.isTimestamp(type);
  }
}
