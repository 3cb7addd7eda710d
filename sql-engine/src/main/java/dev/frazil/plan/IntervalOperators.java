package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;

/** Intervals of microseconds, where Calcite's literals end at milliseconds. */
final class IntervalOperators {
  /** A bigint literal of microseconds as an interval of days to seconds. */
  static final SqlFunction MICROSECONDS =
      new SqlFunction(
          "INTERVAL_MICROSECONDS",
          SqlKind.OTHER_FUNCTION,
          binding ->
              binding
                  .getTypeFactory()
                  .createSqlIntervalType(
                      new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO)),
          null,
          OperandTypes.EXACT_NUMERIC,
          SqlFunctionCategory.TIMEDATE);

  private static final List<TimeUnit> UNITS =
      List.of(TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);

  private static final List<Long> SECONDS = List.of(86_400L, 3_600L, 60L, 1L);

  private IntervalOperators() {}

  /** The literal, or the call that stands for it where it is finer than milliseconds. */
  static SqlNode exact(SqlIntervalLiteral literal) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    MixedIntervals.checkWritten(value.getIntervalQualifier());
    String text = value.getIntervalLiteral().strip();
    int point = text.indexOf('.');
    int start = UNITS.indexOf(value.getIntervalQualifier().getStartUnit());
    if (point < 0 || text.length() - point - 1 <= 3 || start < 0) {
      return literal;
    }
    boolean negative = text.startsWith("-");
    String[] fields = (negative ? text.substring(1) : text).split("[ :]+", -1);
    BigDecimal seconds = BigDecimal.ZERO;
    try {
      for (int i = 0; i < fields.length; i++) {
        BigDecimal factor = BigDecimal.valueOf(SECONDS.get(start + i));
        seconds = seconds.add(new BigDecimal(fields[i]).multiply(factor));
      }
    } catch (NumberFormatException | IndexOutOfBoundsException misfit) {
      throw new EngineException(
          SqlState.INVALID_DATETIME_FORMAT,
          "'" + text + "' is not an interval of " + value.getIntervalQualifier(),
          misfit);
    }
    BigDecimal micros = seconds.movePointRight(6);
    if (micros.stripTrailingZeros().scale() > 0) {
      throw EngineException.unsupported(
          "an interval literal finer than microseconds ('" + text + "')");
    }
    boolean opposite = negative != (value.getSign() < 0);
    return call((opposite ? micros.negate() : micros), literal.getParserPosition());
  }

  private static SqlNode call(BigDecimal micros, SqlParserPos position) {
    return MICROSECONDS.createCall(
        position, SqlLiteral.createExactNumeric(micros.toBigInteger().toString(), position));
  }

  /** The microseconds of a call. */
  static ScalarExpression convert(RexCall call) {
    if (call.getOperands().get(0) instanceof RexLiteral literal) {
      BigDecimal micros = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
      return new Literal(micros.longValueExact(), Primitive.BIGINT);
    }
    throw EngineException.unsupported("an interval of a number that is not a literal");
  }
}
