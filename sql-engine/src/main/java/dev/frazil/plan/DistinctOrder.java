package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code SELECT DISTINCT rank() OVER (ORDER BY x) AS r ... ORDER BY r}: Calcite puts the window in
 * the place of its name and then misses {@code x} in the SELECT list. The order goes around the
 * query instead, where it can name nothing else anyway.
 */
final class DistinctOrder {
  private DistinctOrder() {}

  /** The order around the query; the call itself where it is none of this kind. */
  static SqlNode around(SqlOrderBy ordered) {
    SqlWith with = ordered.query instanceof SqlWith clause ? clause : null;
    SqlNode body = with == null ? ordered.query : with.body;
    if (!(body instanceof SqlSelect select)
        || !select.isDistinct()
        || select.getSelectList().stream().noneMatch(DistinctOrder::hasWindow)
        || !ordered.orderList.stream().allMatch(DistinctOrder::isName)) {
      return ordered;
    }
    SqlParserPos position = ordered.getParserPosition();
    SqlNode rows =
        new SqlBasicCall(
            SqlStdOperatorTable.AS,
            List.of(select, new SqlIdentifier("$distinct", position)),
            position);
    SqlSelect all = SelectFrom.of(position, SqlNodeList.of(SqlIdentifier.star(position)), rows);
    SqlNode query = with == null ? all : new SqlWith(with.getParserPosition(), with.withList, all);
    return new SqlOrderBy(position, query, ordered.orderList, ordered.offset, ordered.fetch);
  }

  private static boolean hasWindow(SqlNode node) {
    return node instanceof SqlCall call
        && (call.getKind() == SqlKind.OVER
            || call.getOperandList().stream().anyMatch(DistinctOrder::hasWindow));
  }

  /** A name of an output column, or its number. */
  private static boolean isName(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> isName(((SqlCall) key).operand(0));
      case LITERAL -> true;
      case IDENTIFIER -> ((SqlIdentifier) key).isSimple();
      default -> false;
    };
  }
}
