package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of timestamps in nanoseconds with dates and with timestamps in microseconds, most of
 * which no nanoseconds reach: exact, and never out of range. {@code ts < DATE '9999-12-31'} must
 * not fail.
 */
final class NanoComparisons {
  private static final DecimalType NANOS = new DecimalType(DecimalType.MAX_PRECISION, 0);

  private NanoComparisons() {}

  /**
   * Without a cast to nanoseconds, which fails where the value lies outside of their range: the
   * validator puts such casts around operands of {@code =}.
   */
  static ScalarExpression asWritten(ScalarExpression operand, ConstantFolder folder) {
    if (operand instanceof Cast cast && !cast.safe() && Timestamps.isNano(cast.type())) {
      SqlType from = cast.operand().type();
      boolean fails =
          from == Primitive.DATE || (Timestamps.isTimestamp(from) && !Timestamps.isNano(from));
      return fails
          ? folder.cast(
              cast.operand(), Timestamps.of(false, Timestamps.hasZone(cast.type())), false)
          : operand;
    }
    return operand;
  }

  /** The comparison, or null unless one side has nanoseconds and the other has not. */
  static @Nullable ScalarExpression compare(
      ScalarFunction function,
      ScalarExpression left,
      ScalarExpression right,
      ConstantFolder folder) {
    boolean isLeft = Timestamps.isNano(left.type());
    ScalarExpression other = isLeft ? right : left;
    if (isLeft == Timestamps.isNano(right.type())
        || !(other.type() == Primitive.DATE || Timestamps.isTimestamp(other.type()))) {
      return null;
    }
    boolean hasZone = Timestamps.hasZone(left.type()) || Timestamps.hasZone(right.type());
    ScalarExpression nanos =
        folder.cast(isLeft ? left : right, Timestamps.of(true, hasZone), false);
    ScalarExpression micros = folder.cast(other, Timestamps.of(false, hasZone), false);
    if (micros instanceof Literal literal) {
      ScalarExpression fitted = folder.cast(literal, nanos.type(), false);
      if (fitted instanceof Literal) {
        return call(function, isLeft ? nanos : fitted, isLeft ? fitted : nanos, folder);
      }
    }
    return call(function, count(isLeft ? nanos : micros), count(isLeft ? micros : nanos), folder);
  }

  private static ScalarExpression call(
      ScalarFunction function,
      ScalarExpression left,
      ScalarExpression right,
      ConstantFolder folder) {
    return folder.call(function, List.of(left, right), Primitive.BOOLEAN);
  }

  /** Nanoseconds since 1970 as a number, which has room for those of any timestamp. */
  private static ScalarExpression count(ScalarExpression time) {
    return new Call(
        ScalarFunction.LIBRARY, List.of(new Literal("epoch_ns", Primitive.VARCHAR), time), NANOS);
  }
}
