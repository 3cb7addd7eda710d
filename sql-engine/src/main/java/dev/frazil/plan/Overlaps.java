package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code (a, b) OVERLAPS (c, d)} as ISO 9075-2, 8.14 writes it out: a period ends before its end,
 * and Calcite takes the end for a part of it. The second value may be a literal interval.
 */
final class Overlaps {
  private Overlaps() {}

  /** What stands for the predicate; the call itself if it is none. */
  static SqlCall rewrite(SqlCall call) {
    if (call.getKind() == SqlKind.CONTAINS) {
      throw EngineException.unsupported("CONTAINS of a period (compare with its start and end)");
    }
    if (call.getKind() != SqlKind.OVERLAPS
        || !(call.operand(0) instanceof SqlCall left)
        || !(call.operand(1) instanceof SqlCall right)
        || left.getKind() != SqlKind.ROW
        || right.getKind() != SqlKind.ROW
        || left.operandCount() != 2
        || right.operandCount() != 2) {
      return call;
    }
    SqlNode start1 = edge(left, true);
    SqlNode end1 = edge(left, false);
    SqlNode start2 = edge(right, true);
    SqlNode end2 = edge(right, false);
    SqlNode same =
        and(
            compare(SqlStdOperatorTable.EQUALS, start1, start2),
            or(
                compare(SqlStdOperatorTable.NOT_EQUALS, end1, end2),
                compare(SqlStdOperatorTable.EQUALS, end1, end2)));
    return or(or(later(start1, end1, start2, end2), later(start2, end2, start1, end1)), same);
  }

  /** The first period begins later than the other, and before its end. */
  private static SqlCall later(SqlNode start, SqlNode end, SqlNode otherStart, SqlNode otherEnd) {
    SqlNode after =
        and(
            compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, start, otherEnd),
            compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, end, otherEnd));
    return and(
        compare(SqlStdOperatorTable.GREATER_THAN, start, otherStart),
        SqlStdOperatorTable.NOT.createCall(SqlParserPos.ZERO, after));
  }

  /** The values are turned round where the first is null, or the second before it. */
  private static SqlNode edge(SqlCall period, boolean isStart) {
    SqlParserPos position = period.getParserPosition();
    SqlNode first = period.operand(0);
    SqlNode second = period.operand(1);
    if (second instanceof SqlIntervalLiteral || SeriesCalls.isMicros(second)) {
      second =
          SqlStdOperatorTable.PLUS.createCall(
              position, SelectCopies.of(first), SelectCopies.of(second));
    }
    SqlNode turned =
        or(
            SqlStdOperatorTable.IS_NULL.createCall(position, SelectCopies.of(first)),
            compare(SqlStdOperatorTable.LESS_THAN, second, first));
    return new SqlCase(
        position,
        null,
        SqlNodeList.of(turned),
        SqlNodeList.of(SelectCopies.of(isStart ? second : first)),
        SelectCopies.of(isStart ? first : second));
  }

  private static SqlCall compare(SqlOperator operator, SqlNode left, SqlNode right) {
    return operator.createCall(
        SqlParserPos.ZERO, List.of(SelectCopies.of(left), SelectCopies.of(right)));
  }

  private static SqlCall and(SqlNode left, SqlNode right) {
    return SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, left, right);
  }

  private static SqlCall or(SqlNode left, SqlNode right) {
    return SqlStdOperatorTable.OR.createCall(SqlParserPos.ZERO, left, right);
  }
}
