package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Functions of times that are written with intervals or zones which functions here do not take:
 * {@code date_bin(interval, t, origin)}, {@code time_bucket}, {@code date_add(t, interval)}, {@code
 * date_subtract(t, interval)} and {@code date_trunc(unit, t, zone)}.
 */
final class TimeCalls {
  private static final List<String> INTERVAL_PARTS =
      List.of("years", "months", "weeks", "days", "hours", "mins", "secs");

  private static final SqlNode NOT_GIVEN = SqlLiteral.createExactNumeric("0", SqlParserPos.ZERO);

  private TimeCalls() {}

  /** The call with what stands for it; the same object if nothing does. */
  static SqlCall rewrite(SqlCall call) {
    if (call.getKind() == SqlKind.EXTRACT && !(call.getOperator() instanceof IntervalExtract)) {
      return IntervalExtract.INSTANCE.createCall(call.getParserPosition(), call.getOperandList());
    }
    if (!(call instanceof SqlBasicCall)
        || !(call.getOperator() instanceof SqlUnresolvedFunction)
        || call.operandCount() == 0) {
      return call;
    }
    List<SqlNode> operands = call.getOperandList();
    SqlParserPos position = call.getParserPosition();
    switch (call.getOperator().getName().toLowerCase(Locale.ROOT)) {
      case "make_interval" -> {
        return byName(call);
      }
      case "date_bin", "time_bucket" -> {
        return binned(call);
      }
      case "date_add" -> {
        return operands.size() == 2
            ? SqlStdOperatorTable.PLUS.createCall(position, operands)
            : call;
      }
      case "date_subtract", "date_sub" -> {
        return operands.size() == 2
            ? SqlStdOperatorTable.MINUS.createCall(position, operands)
            : call;
      }
      case "date_trunc" -> {
        return operands.size() == 3 ? truncated(call) : call;
      }
      default -> {
        return call;
      }
    }
  }

  /** The arguments of make_interval in their places, 0 for those that are not named. */
  private static SqlCall byName(SqlCall call) {
    List<SqlNode> places = new ArrayList<>();
    boolean isNamed = false;
    for (SqlNode operand : call.getOperandList()) {
      if (operand.getKind() != SqlKind.ARGUMENT_ASSIGNMENT) {
        if (isNamed) {
          throw new EngineException(
              SqlState.SYNTAX_ERROR, "an argument by place behind one by name in make_interval");
        }
        places.add(operand);
        continue;
      }
      isNamed = true;
      String name = ((SqlCall) operand).operand(1).toString().toLowerCase(Locale.ROOT);
      int place = INTERVAL_PARTS.indexOf(name);
      if (place < 0 || (place < places.size() && isGiven(places.get(place)))) {
        throw new EngineException(
            SqlState.UNDEFINED_FUNCTION,
            "make_interval takes each of " + INTERVAL_PARTS + " once, not " + name);
      }
      while (places.size() <= place) {
        places.add(NOT_GIVEN);
      }
      places.set(place, ((SqlCall) operand).operand(0));
    }
    return isNamed ? call.getOperator().createCall(call.getParserPosition(), places) : call;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isGiven(SqlNode place) {
    return place != NOT_GIVEN;
  }

  private static SqlCall binned(SqlCall call) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    if (SeriesCalls.isMicros(operands.get(0))) {
      operands.set(0, SeriesCalls.microseconds(operands.get(0)));
      return call.getOperator().createCall(call.getParserPosition(), operands);
    }
    if (!(operands.get(0) instanceof SqlIntervalLiteral interval)) {
      return call;
    }
    SqlIntervalLiteral.IntervalValue value =
        interval.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    if (value.getIntervalQualifier().isYearMonth()) {
      throw EngineException.unsupported(
          call.getOperator().getName() + " with an interval of months or years (use date_trunc)");
    }
    operands.set(0, SeriesCalls.micros(interval));
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  /** To the clock of the zone, cut there, and back. */
  private static SqlCall truncated(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    SqlNode instant =
        SqlStdOperatorTable.CAST.createCall(
            position,
            call.operand(1),
            new SqlDataTypeSpec(
                new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6, position),
                position));
    SqlOperator timezone =
        new SqlUnresolvedFunction(
            new SqlIdentifier("timezone", position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    SqlNode local = timezone.createCall(position, call.operand(2), instant);
    SqlNode cut = call.getOperator().createCall(position, call.<SqlNode>operand(0), local);
    return timezone.createCall(position, call.operand(2), cut);
  }
}
