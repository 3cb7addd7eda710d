package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * {@code a IN (x, y)} as {@code a = x OR a = y} in the aggregates inside of a window function, as
 * in {@code sum(count(*) FILTER (WHERE a IN (1, 2))) OVER ()}: Calcite forgets to convert lists
 * there. Lists elsewhere stay what they are, to be found again in GROUP BY.
 */
final class WindowLists extends SqlShuttle {
  /** The place of WINDOW among the operands of a SELECT. */
  private static final int WINDOW_OPERAND = 6;

  private final @Nullable SqlCall windowed;
  private boolean inAggregate;

  private WindowLists(@Nullable SqlCall windowed) {
    this.windowed = windowed;
    this.inAggregate = windowed == null;
  }

  /** A call of OVER, rewritten. */
  static SqlCall rewrite(SqlCall over) {
    SqlCall windowed = over.operand(0);
    if (windowed.getKind() == SqlKind.IGNORE_NULLS || windowed.getKind() == SqlKind.RESPECT_NULLS) {
      windowed = windowed.operand(0);
    }
    SqlNode rewritten = over.accept(new WindowLists(windowed));
    return rewritten instanceof SqlCall call ? call : over;
  }

  /**
   * Of QUALIFY above groups Calcite converts no list, and in HAVING it turns NOT around one. The
   * keys of GROUP BY are found again in all clauses, so the lists change in all of them.
   *
   * @param query the block, or the ORDER BY around it
   */
  static SqlNode rewriteKeys(SqlNode query, SqlSelect select) {
    WindowLists lists = new WindowLists(null);
    SqlNode qualify = select.getQualify();
    select.setQualify(qualify == null ? null : qualify.accept(lists));
    SqlNodeList group = select.getGroup();
    if (group != null) {
      group = rewritten(group, lists);
      select.setGroupBy(group);
    } else if (!isOrderedByAggregate(query)) {
      return query;
    }
    select.setSelectList(rewritten(select.getSelectList(), lists));
    SqlNode having = select.getHaving();
    if (having != null) {
      SqlNode listed = Objects.requireNonNull(having.accept(lists), "HAVING vanished");
      boolean isQuery = containsIn(group) && listed.getKind() != SqlKind.IS_TRUE;
      // Calcite turns no NOT around below another operator than AND, OR and CASE.
      select.setHaving(
          isQuery
              ? SqlStdOperatorTable.IS_TRUE.createCall(having.getParserPosition(), listed)
              : listed);
    }
    SqlNodeList windows = select.getWindowList();
    select.setOperand(WINDOW_OPERAND, rewritten(windows, lists));
    return query instanceof SqlOrderBy order
        ? new SqlOrderBy(
            order.getParserPosition(),
            order.query,
            rewritten(order.orderList, lists),
            order.offset,
            order.fetch)
        : query;
  }

  /**
   * Whether the keys of a block, or QUALIFY or ORDER BY above them, want {@link #rewriteKeys}.
   *
   * @param query the block, or the ORDER BY around it
   */
  static boolean areInKeys(SqlNode query, SqlSelect select) {
    boolean isOrdered =
        query instanceof SqlOrderBy order
            && containsIn(order.orderList)
            && (select.getGroup() != null || isOrderedByAggregate(query));
    return isOrdered || select.getQualify() != null || containsIn(select.getGroup());
  }

  private static boolean isOrderedByAggregate(SqlNode query) {
    return query instanceof SqlOrderBy order && containsAggregate(order.orderList);
  }

  private static boolean containsAggregate(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.stream().anyMatch(WindowLists::containsAggregate);
    }
    return node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && (isAggregate(call)
            || SqlParameters.operands(call).stream().anyMatch(WindowLists::containsAggregate));
  }

  private static boolean containsIn(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.getList().stream().anyMatch(WindowLists::containsIn);
    }
    return node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && (call.getKind() == SqlKind.IN
            || call.getKind() == SqlKind.NOT_IN
            || call.getOperandList().stream().anyMatch(WindowLists::containsIn));
  }

  private static SqlNodeList rewritten(SqlNodeList nodes, WindowLists lists) {
    List<@Nullable SqlNode> rewritten = new ArrayList<>();
    for (SqlNode node : nodes) {
      rewritten.add(node == null ? null : node.accept(lists));
    }
    return new SqlNodeList(rewritten, nodes.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY)) {
      return call;
    }
    boolean around = inAggregate;
    inAggregate |= call != windowed && isAggregate(call);
    SqlNode rewritten = super.visit(inAggregate && isList(call) ? comparisons(call) : call);
    inAggregate = around;
    return rewritten;
  }

  /** Rows of a list of which one holds NULL, which Calcite finds no type for in common. */
  static SqlNode withoutNullRows(SqlNode node) {
    return node instanceof SqlCall call
            && isList(call)
            && call.<SqlNodeList>operand(1).stream().anyMatch(WindowLists::isRowWithNull)
        ? comparisons(call)
        : node;
  }

  private static boolean isRowWithNull(SqlNode row) {
    return row.getKind() == SqlKind.ROW
        && ((SqlCall) row)
            .getOperandList().stream().anyMatch(value -> SqlUtil.isNullLiteral(value, false));
  }

  private static boolean isAggregate(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_GROUP) {
      return true;
    }
    List<SqlOperator> found = new ArrayList<>(List.of(operator));
    if (operator instanceof SqlUnresolvedFunction function) {
      FunctionTable.INSTANCE.lookupOperatorOverloads(
          function.getNameAsId(),
          function.getFunctionType(),
          SqlSyntax.FUNCTION,
          found,
          SqlNameMatchers.withCaseSensitive(false));
    }
    return found.stream().anyMatch(SqlOperator::isAggregator);
  }

  private static boolean isList(SqlCall call) {
    return (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
        && call.operand(1) instanceof SqlNodeList list
        && list.size() > 0;
  }

  private static SqlCall comparisons(SqlCall call) {
    SqlNodeList list = call.operand(1);
    return call.getKind() == SqlKind.IN
        ? joined(SqlStdOperatorTable.OR, SqlStdOperatorTable.EQUALS, call.operand(0), list)
        : SqlStdOperatorTable.NOT.createCall(
            call.getParserPosition(),
            joined(SqlStdOperatorTable.OR, SqlStdOperatorTable.EQUALS, call.operand(0), list));
  }

  /** As a balanced tree, for long lists to stay shallow. */
  private static SqlCall joined(
      SqlOperator joint, SqlOperator comparison, SqlNode value, List<SqlNode> items) {
    int size = items.size();
    if (size == 1) {
      SqlParserPos position = items.get(0).getParserPosition();
      return (SqlCall) comparison.createCall(position, SelectCopies.of(value), items.get(0));
    }
    SqlCall first = joined(joint, comparison, value, items.subList(0, size / 2));
    SqlCall second = joined(joint, comparison, value, items.subList(size / 2, size));
    return (SqlCall) joint.createCall(first.getParserPosition(), first, second);
  }
}
