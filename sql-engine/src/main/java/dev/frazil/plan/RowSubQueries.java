package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code (a, b) = (SELECT x, y ...)}: Calcite knows sub-queries of one column as values only, so
 * the comparison goes into the sub-query: {@code (SELECT (a, b) = (x, y) FROM (SELECT x, y ...))}.
 * No row gives null and two rows are an error, as ISO has it.
 */
final class RowSubQueries {
  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM);

  private RowSubQueries() {}

  /** The comparison in the sub-query; the call itself where it is none of this kind. */
  static SqlNode rewrite(SqlCall call) {
    if (!COMPARISONS.contains(call.getKind()) || call.operandCount() != 2) {
      return call;
    }
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (isRow(left) && right.isA(SqlKind.QUERY)) {
      int width = ((SqlCall) left).operandCount();
      return inside(call, right, width, left, columns(width));
    } else if (isRow(right) && left.isA(SqlKind.QUERY)) {
      int width = ((SqlCall) right).operandCount();
      return inside(call, left, width, columns(width), right);
    }
    return call;
  }

  private static boolean isRow(SqlNode node) {
    return node.getKind() == SqlKind.ROW && ((SqlCall) node).operandCount() > 0;
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier name && name.isStar();
  }

  private static String name(int column) {
    return "$column" + column;
  }

  private static SqlNode columns(int width) {
    List<SqlNode> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add(new SqlIdentifier(name(i), SqlParserPos.ZERO));
    }
    return SqlStdOperatorTable.ROW.createCall(SqlParserPos.ZERO, columns);
  }

  private static SqlNode inside(
      SqlCall comparison, SqlNode query, int width, SqlNode left, SqlNode right) {
    SqlParserPos position = comparison.getParserPosition();
    if (query instanceof SqlSelect select
        && select.getSelectList().size() != width
        && select.getSelectList().stream().noneMatch(RowSubQueries::isStar)) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "a row of "
              + width
              + " values does not compare with a sub-query of "
              + select.getSelectList().size()
              + (select.getSelectList().size() == 1 ? " column" : " columns"));
    }
    List<SqlNode> named = new ArrayList<>();
    named.add(query);
    named.add(new SqlIdentifier("$row", SqlParserPos.ZERO));
    for (int i = 0; i < width; i++) {
      named.add(new SqlIdentifier(name(i), SqlParserPos.ZERO));
    }
    SqlNode from = new SqlBasicCall(SqlStdOperatorTable.AS, named, query.getParserPosition());
    SqlNode compared = comparison.getOperator().createCall(position, left, right);
    return SelectFrom.of(position, new SqlNodeList(List.of(compared), position), from);
  }
}
