package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY within an aggregate in one form: {@code string_agg(x, ',' ORDER BY y)} becomes {@code
 * WITHIN GROUP (ORDER BY y)} with nulls last unless said otherwise; {@code percentile_cont(0.5)
 * WITHIN GROUP (ORDER BY x DESC)} becomes a call with the arguments x, 0.5 and whether it is
 * descending.
 */
final class OrderedAggregates {
  private OrderedAggregates() {}

  /** The call in its one form. */
  static SqlCall rewrite(SqlCall call) {
    if (call.getKind() == SqlKind.WITHIN_GROUP) {
      return withinGroup(call);
    }
    List<SqlNode> operands = call.getOperandList();
    String name = name(call);
    if (name.equals("MODE") || AggregateLibrary.find(name) == null || operands.isEmpty()) {
      return call;
    }
    if (operands.get(operands.size() - 1) instanceof SqlNodeList order) {
      SqlCall plain = with(call, operands.subList(0, operands.size() - 1));
      return SqlStdOperatorTable.WITHIN_GROUP.createCall(
          call.getParserPosition(), plain, nullsLast(order));
    }
    return call;
  }

  private static String name(SqlCall call) {
    return call.getOperator().getName().toUpperCase(Locale.ROOT);
  }

  private static SqlCall withinGroup(SqlCall call) {
    SqlCall aggregate = call.operand(0);
    SqlNodeList order = call.operand(1);
    if (!AggregateLibrary.isInverseDistribution(name(aggregate))) {
      return SqlStdOperatorTable.WITHIN_GROUP.createCall(
          call.getParserPosition(), with(aggregate, aggregate.getOperandList()), nullsLast(order));
    }
    if (order.size() != 1) {
      throw EngineException.unsupported(name(aggregate) + " WITHIN GROUP of several sort keys");
    }
    SqlNode value = order.get(0);
    boolean isDescending = false;
    while (value instanceof SqlCall key) {
      if (key.getKind() == SqlKind.DESCENDING) {
        isDescending = true;
      } else if (key.getKind() != SqlKind.NULLS_FIRST && key.getKind() != SqlKind.NULLS_LAST) {
        break;
      }
      value = key.operand(0);
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(value);
    operands.addAll(aggregate.getOperandList());
    if (!name(aggregate).equals("MODE")) {
      operands.add(SqlLiteral.createBoolean(isDescending, SqlParserPos.ZERO));
    }
    return with(aggregate, operands);
  }

  /**
   * Calls our operator at once: Calcite's parser knows some of the names, and would hold our calls
   * against its own rules where it looks at them before it looks them up.
   */
  private static SqlCall with(SqlCall call, List<SqlNode> operands) {
    SqlOperator known = AggregateLibrary.find(name(call));
    return (known == null ? call.getOperator() : known)
        .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
  }

  /** Calcite would put the nulls of a descending key first. */
  private static SqlNodeList nullsLast(SqlNodeList order) {
    List<SqlNode> keys = new ArrayList<>();
    for (@Nullable SqlNode key : order) {
      boolean isOpen = key != null && key.getKind() == SqlKind.DESCENDING;
      keys.add(
          isOpen ? SqlStdOperatorTable.NULLS_LAST.createCall(key.getParserPosition(), key) : key);
    }
    return new SqlNodeList(keys, order.getParserPosition());
  }
}
