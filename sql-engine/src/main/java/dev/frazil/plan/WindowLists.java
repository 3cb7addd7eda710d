package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code a IN (x, y)} inside of a window function as {@code a = x OR a = y}: Calcite converts lists
 * there only in part, and forgets those in aggregates in windows.
 */
final class WindowLists {
  private WindowLists() {}

  /** Whether it is {@code [NOT] IN} with a list. */
  static boolean isList(SqlCall call) {
    return (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
        && call.operand(1) instanceof SqlNodeList list
        && list.size() > 0;
  }

  static SqlCall comparisons(SqlCall call) {
    SqlNodeList list = call.operand(1);
    return call.getKind() == SqlKind.IN
        ? joined(SqlStdOperatorTable.OR, SqlStdOperatorTable.EQUALS, call.operand(0), list)
        : joined(SqlStdOperatorTable.AND, SqlStdOperatorTable.NOT_EQUALS, call.operand(0), list);
  }

  /** As a balanced tree, for long lists to stay shallow. */
  private static SqlCall joined(
      SqlOperator joint, SqlOperator comparison, SqlNode value, List<SqlNode> items) {
    int size = items.size();
    if (size == 1) {
      SqlParserPos position = items.get(0).getParserPosition();
      return (SqlCall) comparison.createCall(position, value, items.get(0));
    }
    SqlCall first = joined(joint, comparison, value, items.subList(0, size / 2));
    SqlCall second = joined(joint, comparison, value, items.subList(size / 2, size));
    return (SqlCall) joint.createCall(first.getParserPosition(), first, second);
  }
}
