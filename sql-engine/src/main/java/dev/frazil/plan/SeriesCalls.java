package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** {@code generate_series} in FROM, and intervals as steps of it and of {@code sequence}. */
final class SeriesCalls {
  /** Functions that give an array here, and a row for each of its elements in FROM. */
  private static final Set<String> SERIES =
      Set.of(
          "generate_series",
          "generate_subscripts",
          "json_each",
          "json_each_text",
          "jsonb_each",
          "jsonb_each_text",
          "jsonb_path_query",
          "json_array_elements",
          "json_array_elements_text",
          "json_object_keys",
          "jsonb_array_elements",
          "jsonb_array_elements_text",
          "jsonb_object_keys",
          "regexp_split_to_table",
          "string_to_table");

  private static final String MICROSECOND = "microsecond";
  private static final Set<String> STEPPING =
      Set.of("generate_series", "sequence", "generate_array");

  private SeriesCalls() {}

  /** The call with what stands for it in Calcite's language; the same object if nothing does. */
  static SqlCall rewrite(SqlCall call) {
    if (call.getKind() == SqlKind.AS
        && call.operand(0) instanceof SqlCall table
        && isSeries(table)) {
      List<SqlNode> operands = new ArrayList<>(call.getOperandList());
      operands.set(0, unnest(table));
      return call.getOperator().createCall(call.getParserPosition(), operands);
    }
    if (isSeries(call)) {
      SqlParserPos position = call.getParserPosition();
      return SqlStdOperatorTable.AS.createCall(
          position, unnest(call), new SqlIdentifier(name(call.operand(0)), position));
    }
    if (!isStepping(call) || call.operandCount() != 3) {
      return call;
    } else if (call.operand(2) instanceof SqlIntervalLiteral step) {
      return stepping(call, step);
    }
    return isMicros(call.operand(2))
        ? stepping(call, microseconds(call.operand(2)), MICROSECOND)
        : call;
  }

  /** Whether it is an interval as {@link IntervalOperators#MICROSECONDS} writes it. */
  static boolean isMicros(SqlNode node) {
    return node instanceof SqlBasicCall step
        && step.getOperator().getName().equalsIgnoreCase(IntervalOperators.MICROSECONDS.getName());
  }

  private static boolean isSeries(SqlCall call) {
    return call.getKind() == SqlKind.COLLECTION_TABLE
        && call.operand(0) instanceof SqlBasicCall function
        && SERIES.contains(name(function));
  }

  private static String name(SqlCall function) {
    return function.getOperator().getName().toLowerCase(Locale.ROOT);
  }

  private static SqlNode unnest(SqlCall table) {
    return SqlStdOperatorTable.UNNEST.createCall(
        table.getParserPosition(), table.<SqlNode>operand(0));
  }

  private static boolean isStepping(SqlCall call) {
    return call instanceof SqlBasicCall
        && STEPPING.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
  }

  /** The interval as a number and its unit: functions take no intervals. */
  private static SqlCall stepping(SqlCall call, SqlIntervalLiteral step) {
    SqlIntervalLiteral.IntervalValue value =
        step.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    SqlParserPos position = step.getParserPosition();
    if (value.getIntervalQualifier().isYearMonth()) {
      return stepping(call, number(SqlParserUtil.intervalToMonths(value), position), "month");
    }
    return stepping(call, micros(step), MICROSECOND);
  }

  /** The microseconds of an interval of days to seconds. */
  static SqlNode micros(SqlIntervalLiteral interval) {
    SqlNode exact = IntervalOperators.exact(interval);
    if (exact != interval) {
      return microseconds(exact);
    }
    SqlIntervalLiteral.IntervalValue value =
        interval.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    try {
      long micros = Math.multiplyExact(SqlParserUtil.intervalToMillis(value), 1000);
      return number(micros, interval.getParserPosition());
    } catch (ArithmeticException overflow) {
      throw EngineException.unsupported("an interval of more microseconds than a bigint holds");
    }
  }

  static SqlNode microseconds(SqlNode interval) {
    return ((SqlCall) interval).operand(0);
  }

  private static SqlCall stepping(SqlCall call, SqlNode count, String unit) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList().subList(0, 2));
    operands.add(count);
    operands.add(SqlLiteral.createCharString(unit, count.getParserPosition()));
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  private static SqlNode number(long value, SqlParserPos position) {
    return SqlLiteral.createExactNumeric(Long.toString(value), position);
  }
}
