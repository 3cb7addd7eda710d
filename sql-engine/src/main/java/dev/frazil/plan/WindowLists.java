package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * {@code a IN (x, y)} as {@code a = x OR a = y} in the aggregates inside of a window function, as
 * in {@code sum(count(*) FILTER (WHERE a IN (1, 2))) OVER ()}: Calcite forgets to convert lists
 * there. Lists elsewhere stay what they are, to be found again in GROUP BY.
 */
final class WindowLists extends SqlShuttle {
  private final @Nullable SqlCall windowed;
  private final @Nullable SqlNodeList keys;
  private boolean inAggregate;

  private WindowLists(@Nullable SqlCall windowed, @Nullable SqlNodeList keys) {
    this.windowed = windowed;
    this.keys = keys;
    this.inAggregate = windowed == null;
  }

  /** A call of OVER, rewritten. */
  static SqlCall rewrite(SqlCall over) {
    SqlCall windowed = over.operand(0);
    if (windowed.getKind() == SqlKind.IGNORE_NULLS || windowed.getKind() == SqlKind.RESPECT_NULLS) {
      windowed = windowed.operand(0);
    }
    SqlNode rewritten = over.accept(new WindowLists(windowed, null));
    return rewritten instanceof SqlCall call ? call : over;
  }

  /** Of QUALIFY above groups Calcite converts no list that is not a key. */
  static void rewriteQualify(SqlSelect select) {
    SqlNode qualify = select.getQualify();
    if (qualify != null) {
      select.setQualify(qualify.accept(new WindowLists(null, select.getGroup())));
    }
  }

  private static boolean contains(Iterable<? extends @Nullable SqlNode> nodes, SqlCall call) {
    for (SqlNode node : nodes) {
      if (node instanceof SqlCall other
          && (other.equalsDeep(call, Litmus.IGNORE) || contains(other.getOperandList(), call))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY) || (keys != null && isList(call) && contains(keys, call))) {
      return call;
    }
    boolean around = inAggregate;
    inAggregate |= call != windowed && isAggregate(call);
    SqlNode rewritten = super.visit(inAggregate && isList(call) ? comparisons(call) : call);
    inAggregate = around;
    return rewritten;
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
