package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code a UNION b ORDER BY x FETCH FIRST 2 ROWS WITH TIES}: of a query around it. */
final class SetOperationTies {
  private SetOperationTies() {}

  /** The first rows and those that equal the last of them, without WITH TIES. */
  static SqlCall rewrite(SqlOrderBy order) {
    SqlParserPos position = order.getParserPosition();
    SqlNode named =
        SqlStdOperatorTable.AS.createCall(
            position, order.query, new SqlIdentifier("$rows", position));
    SqlSelect around =
        new SqlSelect(
            position,
            null,
            SqlNodeList.of(SqlIdentifier.star(position)),
            named,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode key : order.orderList) {
      keys.add(byName(key, order.query));
    }
    SqlNodeList names = new SqlNodeList(keys, order.orderList.getParserPosition());
    return SelectClauses.withTies(
        new SqlOrderBy(position, around, names, order.offset, order.fetch), around, names);
  }

  /** A key with the name of a column in the place of its number. */
  private static SqlNode byName(SqlNode key, SqlNode query) {
    if (key instanceof SqlCall call
        && (call.getKind() == SqlKind.DESCENDING
            || call.getKind() == SqlKind.NULLS_FIRST
            || call.getKind() == SqlKind.NULLS_LAST)) {
      return call.getOperator()
          .createCall(call.getParserPosition(), byName(call.operand(0), query));
    }
    if (!(key instanceof SqlLiteral number)) {
      return key;
    }
    SqlNode first = query;
    while (first instanceof SqlCall call && !(first instanceof SqlSelect)) {
      first = call instanceof SqlWith with ? with.body : call.operand(0);
    }
    String name = first instanceof SqlSelect select ? name(select, number.intValue(false)) : null;
    if (name == null) {
      throw EngineException.unsupported(
          "the number of a column without a name, behind a set operation and beside WITH TIES");
    }
    return new SqlIdentifier(name, key.getParserPosition());
  }

  private static @Nullable String name(SqlSelect select, int number) {
    if (number < 1 || number > select.getSelectList().size()) {
      return null;
    }
    SqlNode item = select.getSelectList().get(number - 1);
    SqlNode last = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
    boolean hasStar = select.getSelectList().stream().anyMatch(SetOperationTies::isStar);
    return last instanceof SqlIdentifier name && !hasStar
        ? name.names.get(name.names.size() - 1)
        : null;
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier name && name.isStar();
  }
}
