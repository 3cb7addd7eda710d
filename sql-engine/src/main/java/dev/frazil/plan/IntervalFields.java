package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;

/** EXTRACT from an interval, which is a number of months (integer) or of microseconds (bigint). */
final class IntervalFields {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final ConstantFolder folder;

  IntervalFields(ConstantFolder folder) {
    this.folder = folder;
  }

  ScalarExpression extract(String unit, ScalarExpression interval, SqlType type) {
    if (interval.type().equals(MixedIntervals.NUMBER)) {
      Literal field = new Literal(unit, Primitive.VARCHAR);
      return folder.cast(
          MixedIntervals.library("interval_field", Primitive.BIGINT, field, interval), type, false);
    }
    boolean inMonths = interval.type() == Primitive.INTEGER;
    ScalarExpression amount = folder.cast(interval, Primitive.BIGINT, false);
    ScalarExpression field =
        switch (inMonths ? unit + " of months" : unit) {
          case "YEAR of months" -> quotient(amount, 12);
          case "MONTH of months" -> remainder(amount, 12);
          case "DAY" -> quotient(amount, DAY);
          case "HOUR" -> quotient(remainder(amount, DAY), HOUR);
          case "MINUTE" -> quotient(remainder(amount, HOUR), MINUTE);
          case "SECOND" -> quotient(remainder(amount, MINUTE), SECOND);
          case "MILLISECOND" -> quotient(remainder(amount, MINUTE), 1000);
          case "MICROSECOND" -> remainder(amount, MINUTE);
          case "EPOCH" -> quotient(amount, SECOND);
          default ->
              throw EngineException.unsupported("EXTRACT(" + unit + ") from this kind of interval");
        };
    return folder.cast(field, type, false);
  }

  private ScalarExpression quotient(ScalarExpression amount, long divisor) {
    return call(ScalarFunction.DIVIDE, amount, divisor);
  }

  private ScalarExpression remainder(ScalarExpression amount, long divisor) {
    return call(ScalarFunction.MODULO, amount, divisor);
  }

  private ScalarExpression call(ScalarFunction function, ScalarExpression amount, long operand) {
    return folder.call(
        function, List.of(amount, new Literal(operand, Primitive.BIGINT)), Primitive.BIGINT);
  }
}
