package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code ARRAY(SELECT x ... ORDER BY y)} (ISO 9075-2, 6.41): {@code (SELECT COALESCE(array_agg(x
 * ORDER BY n), array[]) FROM (SELECT x, row_number() OVER (ORDER BY y) AS n ...))}.
 */
final class ArrayQueries {
  private static final String VALUE = "$value";
  private static final String NUMBER = "$number";

  private ArrayQueries() {}

  static SqlNode rewrite(SqlCall array) {
    SqlParserPos position = array.getParserPosition();
    SqlNode query = array.operand(0);
    boolean isOrdered = query instanceof SqlOrderBy order && !order.orderList.isEmpty();
    if (isOrdered) {
      number((SqlOrderBy) query);
    }
    List<SqlNode> named = new ArrayList<>(List.of(query, name("$array"), name(VALUE)));
    if (isOrdered) {
      named.add(name(NUMBER));
    }
    SqlNode from = SqlStdOperatorTable.AS.createCall(position, named);
    SqlNode collected = function("array_agg").createCall(position, name(VALUE));
    if (isOrdered) {
      collected =
          SqlStdOperatorTable.WITHIN_GROUP.createCall(
              position, collected, new SqlNodeList(List.of(name(NUMBER)), position));
    }
    SqlNode empty = SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(position);
    SqlNode value = SqlStdOperatorTable.COALESCE.createCall(position, collected, empty);
    return SelectFrom.of(position, new SqlNodeList(List.of(value), position), from);
  }

  /** Puts the place of each row behind its value. */
  private static void number(SqlOrderBy order) {
    if (!(order.query instanceof SqlSelect select) || select.isDistinct()) {
      throw EngineException.unsupported(
          "ORDER BY of DISTINCT or of a set operation in ARRAY(...): use a sub-query in FROM");
    }
    SqlNodeList items = select.getSelectList();
    List<SqlNode> numbered = new ArrayList<>(items.getList());
    numbered.add(
        SqlStdOperatorTable.AS.createCall(
            items.getParserPosition(),
            SelectClauses.rowNumber(order.orderList, select),
            name(NUMBER)));
    select.setSelectList(new SqlNodeList(numbered, items.getParserPosition()));
  }

  private static SqlUnresolvedFunction function(String name) {
    return new SqlUnresolvedFunction(
        name(name), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  private static SqlIdentifier name(String name) {
    return new SqlIdentifier(name, SqlParserPos.ZERO);
  }
}
