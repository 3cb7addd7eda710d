package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What the clauses mean that only the parser's forerunner knows: {@code DISTINCT ON} keeps the
 * first row of each set by a row number, {@code WITH TIES} those of a rank, in QUALIFY; {@code ALL}
 * behind GROUP BY and ORDER BY, and stars without some columns, become lists.
 */
final class SelectClauses {
  private static final String ALL = "$all";
  private static final String DISTINCT_ON = "$distinct_on";

  private SelectClauses() {}

  /** The query in Calcite's language; the call itself where nothing is to be done. */
  static SqlCall rewrite(SqlCall call, QueryText text) {
    SqlOrderBy order = call instanceof SqlOrderBy ordered ? ordered : null;
    SqlSelect select = block(call);
    boolean hasTies = order != null && order.fetch != null && isWithTies(order.fetch, text);
    if (select == null) {
      if (order != null && hasTies) {
        return SetOperationTies.rewrite(order);
      } else if (order != null && order.orderList.stream().anyMatch(SelectClauses::isAll)) {
        throw EngineException.unsupported("ORDER BY ALL behind a set operation");
      }
      return call;
    }
    stars(select);
    SqlCall distinctOn = distinctOn(select);
    groupByAll(select);
    if (order == null) {
      if (distinctOn != null) {
        firstOfEach(select, distinctOn, List.of());
      }
      return call;
    }
    SqlNodeList keys = orderByAll(order.orderList, select);
    if (distinctOn != null) {
      if (hasTies) {
        throw EngineException.unsupported("WITH TIES beside DISTINCT ON (use a sub-query)");
      }
      firstOfEach(select, distinctOn, keys);
    }
    if (hasTies) {
      return withTies(order, select, keys);
    }
    return order.orderList.stream().anyMatch(SelectClauses::isAll)
        ? new SqlOrderBy(order.getParserPosition(), order.query, keys, order.offset, order.fetch)
        : call;
  }

  private static @Nullable SqlSelect block(SqlCall call) {
    SqlNode query = call instanceof SqlOrderBy order ? order.query : call;
    if (call instanceof SqlOrderBy && query instanceof SqlWith with) {
      query = with.body;
    }
    return query instanceof SqlSelect select ? select : null;
  }

  private static boolean isWithTies(SqlNode fetch, QueryText text) {
    SqlParserPos position = fetch.getParserPosition();
    int last =
        new SqlText(text.text()).offset(position.getEndLineNum(), position.getEndColumnNum());
    return text.hasTies(last + 1);
  }

  /** A star and the item behind it that says what to leave out or to replace. */
  private static void stars(SqlSelect select) {
    SqlNodeList items = select.getSelectList();
    if (items.stream().noneMatch(item -> isCall(item, "$exclude") || isCall(item, "$replace"))) {
      return;
    }
    List<SqlNode> rewritten = new ArrayList<>();
    for (SqlNode item : items) {
      if (!isCall(item, "$exclude") && !isCall(item, "$replace")) {
        rewritten.add(item);
        continue;
      }
      SqlNode star = rewritten.isEmpty() ? item : rewritten.remove(rewritten.size() - 1);
      if (!(star instanceof SqlIdentifier identifier) || !identifier.isStar()) {
        throw EngineException.unsupported("EXCLUDE and REPLACE of one star");
      }
      List<SqlNode> operands = ((SqlCall) item).getOperandList();
      SqlParserPos position = item.getParserPosition();
      rewritten.add(
          isCall(item, "$exclude")
              ? new SqlStarExclude(position, identifier, new SqlNodeList(operands, position))
              : new SqlStarReplace(position, identifier, replacements(operands, position)));
    }
    select.setSelectList(new SqlNodeList(rewritten, items.getParserPosition()));
  }

  private static SqlNodeList replacements(List<SqlNode> operands, SqlParserPos position) {
    SqlNodeList list = new SqlNodeList(position);
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      list.add(SqlStdOperatorTable.AS.createCall(position, operands.get(i), operands.get(i + 1)));
    }
    return list;
  }

  /** The call that stands for DISTINCT ON, taken out of the SELECT list. */
  private static @Nullable SqlCall distinctOn(SqlSelect select) {
    SqlNodeList items = select.getSelectList();
    if (!isCall(items.get(0), DISTINCT_ON)) {
      return null;
    }
    if (select.getQualify() != null) {
      throw EngineException.unsupported("DISTINCT ON beside QUALIFY");
    }
    select.setSelectList(
        new SqlNodeList(items.getList().subList(1, items.size()), items.getParserPosition()));
    return (SqlCall) items.get(0);
  }

  private static void firstOfEach(SqlSelect select, SqlCall distinctOn, List<SqlNode> keys) {
    SqlParserPos position = distinctOn.getParserPosition();
    List<SqlNode> partition = new ArrayList<>();
    for (SqlNode key : distinctOn.getOperandList()) {
      partition.add(resolved(key, select));
    }
    SqlNode number = over(SqlStdOperatorTable.ROW_NUMBER, partition, allResolved(keys, select));
    select.setQualify(
        SqlStdOperatorTable.EQUALS.createCall(
            position, number, SqlLiteral.createExactNumeric("1", position)));
  }

  static SqlCall withTies(SqlOrderBy order, SqlSelect select, SqlNodeList keys) {
    if (select.isDistinct() || select.getQualify() != null) {
      throw EngineException.unsupported(
          "WITH TIES beside DISTINCT or QUALIFY (put them into a sub-query in FROM)");
    }
    SqlNode fetch = order.fetch;
    if (keys.isEmpty() || fetch == null) {
      throw EngineException.unsupported("WITH TIES without ORDER BY");
    }
    SqlParserPos position = fetch.getParserPosition();
    SqlNode count = SelectCopies.bigint(fetch);
    SqlNode last = count;
    if (order.offset != null) {
      last =
          SqlStdOperatorTable.PLUS.createCall(position, count, SelectCopies.bigint(order.offset));
    }
    SqlNode rank = over(SqlStdOperatorTable.RANK, List.of(), allResolved(keys, select));
    // no row is asked for where the number is zero, and then none ties with the last
    select.setQualify(
        SqlStdOperatorTable.AND.createCall(
            position,
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(position, rank, last),
            SqlStdOperatorTable.GREATER_THAN.createCall(
                position,
                SelectCopies.bigint(fetch),
                SqlLiteral.createExactNumeric("0", position))));
    return new SqlOrderBy(order.getParserPosition(), order.query, keys, order.offset, null);
  }

  /** The place of a row of a SELECT by the keys of its ORDER BY. */
  static SqlNode rowNumber(SqlNodeList keys, SqlSelect select) {
    return over(SqlStdOperatorTable.ROW_NUMBER, List.of(), allResolved(keys, select));
  }

  private static SqlNode over(SqlOperator function, List<SqlNode> partition, List<SqlNode> order) {
    SqlParserPos position = SqlParserPos.ZERO;
    SqlWindow window =
        SqlWindow.create(
            null,
            null,
            new SqlNodeList(partition, position),
            new SqlNodeList(order, position),
            SqlLiteral.createBoolean(false, position),
            null,
            null,
            null,
            position);
    return SqlStdOperatorTable.OVER.createCall(position, function.createCall(position), window);
  }

  private static void groupByAll(SqlSelect select) {
    SqlNodeList group = select.getGroup();
    if (group == null || group.size() != 1 || !isAll(group.get(0))) {
      return;
    }
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode value = value(item);
      if (isStar(value)) {
        throw EngineException.unsupported("GROUP BY ALL with a star among the columns");
      }
      boolean isComputed = hasAggregate(value) || WindowedCalls.first(value) != null;
      if (!(value instanceof SqlLiteral) && !isComputed) {
        keys.add(SelectCopies.of(value));
      }
    }
    select.setGroupBy(new SqlNodeList(keys, group.getParserPosition()));
  }

  private static boolean hasAggregate(SqlNode node) {
    if (!(node instanceof SqlCall call) || call.isA(SqlKind.QUERY)) {
      return false;
    }
    if (call.getKind() == SqlKind.OVER) {
      // an aggregate over a window sees rows, or groups: its arguments tell
      return call.operand(0) instanceof SqlCall windowed
          && windowed.getOperandList().stream().anyMatch(SelectClauses::hasAggregate);
    }
    return FunctionTable.INSTANCE.isAggregate(call)
        || call.getOperandList().stream()
            .anyMatch(operand -> operand != null && hasAggregate(operand));
  }

  /** Every column by its number, in the direction that stands behind ALL. */
  private static SqlNodeList orderByAll(SqlNodeList keys, SqlSelect select) {
    if (keys.size() != 1 || !isAll(keys.get(0))) {
      return keys;
    }
    SqlNodeList all = new SqlNodeList(keys.getParserPosition());
    for (int i = 0; i < select.getSelectList().size(); i++) {
      if (isStar(select.getSelectList().get(i))) {
        throw EngineException.unsupported("ORDER BY ALL with a star among the columns");
      }
      SqlParserPos position = keys.getParserPosition();
      SqlNode number = SqlLiteral.createExactNumeric(Integer.toString(i + 1), position);
      all.add(SelectCopies.inside(keys.get(0), number));
    }
    return all;
  }

  private static boolean isAll(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> isAll(((SqlCall) key).operand(0));
      case IDENTIFIER ->
          ((SqlIdentifier) key).isSimple() && ((SqlIdentifier) key).getSimple().equals(ALL);
      default -> false;
    };
  }

  private static List<SqlNode> allResolved(List<SqlNode> keys, SqlSelect select) {
    List<SqlNode> resolved = new ArrayList<>();
    for (SqlNode key : keys) {
      resolved.add(resolved(key, select));
    }
    return resolved;
  }

  /** A key of ORDER BY as a window takes it: without numbers and names of output columns. */
  private static SqlNode resolved(SqlNode key, SqlSelect select) {
    SqlNode plain = key;
    while (plain.getKind() == SqlKind.DESCENDING
        || plain.getKind() == SqlKind.NULLS_FIRST
        || plain.getKind() == SqlKind.NULLS_LAST) {
      plain = ((SqlCall) plain).operand(0);
    }
    SqlNodeList items = select.getSelectList();
    SqlNode value = plain;
    if (plain instanceof SqlLiteral number && number.getTypeName() == SqlTypeName.DECIMAL) {
      if (items.stream().anyMatch(SelectClauses::isStar)) {
        throw EngineException.unsupported(
            "the number of a column with a star among the columns, beside WITH TIES or DISTINCT ON");
      }
      int index = number.intValue(true) - 1;
      if (index < 0 || index >= items.size()) {
        throw new EngineException(
            dev.frazil.error.SqlState.UNDEFINED_COLUMN,
            "there is no column " + (index + 1) + ": the query has " + items.size());
      }
      value = value(items.get(index));
    } else if (plain instanceof SqlIdentifier name && name.isSimple()) {
      for (SqlNode item : items) {
        if (item.getKind() == SqlKind.AS
            && ((SqlCall) item).operand(1) instanceof SqlIdentifier alias
            && alias.getSimple().equalsIgnoreCase(name.getSimple())) {
          value = value(item);
        }
      }
    }
    return SelectCopies.inside(key, SelectCopies.of(value));
  }

  private static SqlNode value(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlStarExclude
        || item instanceof SqlStarReplace
        || (item instanceof SqlIdentifier identifier && identifier.isStar());
  }

  private static boolean isCall(SqlNode node, String name) {
    return node instanceof SqlCall call
        && call.getOperator().getName().toLowerCase(Locale.ROOT).equals(name);
  }
}
