package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * QUALIFY without a window function, in a SELECT that has one: the rows that are left after the
 * windows are computed. Calcite wants a window function in the condition: it gets one that is true
 * everywhere.
 */
final class QualifyConditions {
  private QualifyConditions() {}

  static void complete(SqlSelect select) {
    SqlNode qualify = select.getQualify();
    if (qualify == null
        || WindowedCalls.first(qualify) != null
        || select.getSelectList().stream().noneMatch(QualifyConditions::isWindowed)
        || namesWindowed(qualify, select.getSelectList())) {
      return;
    }
    SqlParserPos position = qualify.getParserPosition();
    SqlNode number =
        SqlStdOperatorTable.OVER.createCall(
            position,
            SqlStdOperatorTable.ROW_NUMBER.createCall(position),
            SqlWindow.create(
                null,
                null,
                new SqlNodeList(position),
                new SqlNodeList(position),
                SqlLiteral.createBoolean(false, position),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(position),
                position));
    SqlNode always =
        SqlStdOperatorTable.GREATER_THAN.createCall(
            position, number, SqlLiteral.createExactNumeric("0", position));
    select.setQualify(SqlStdOperatorTable.AND.createCall(position, qualify, always));
  }

  private static boolean isWindowed(SqlNode item) {
    return WindowedCalls.first(item) != null;
  }

  private static boolean namesWindowed(SqlNode condition, List<SqlNode> items) {
    boolean[] found = new boolean[1];
    condition.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier name) {
            found[0] |=
                name.isSimple()
                    && items.stream()
                        .anyMatch(
                            item ->
                                item.getKind() == SqlKind.AS
                                    && isWindowed(item)
                                    && ((SqlCall) item)
                                        .operand(1)
                                        .toString()
                                        .equalsIgnoreCase(name.getSimple()));
            return null;
          }
        });
    return found[0];
  }
}
