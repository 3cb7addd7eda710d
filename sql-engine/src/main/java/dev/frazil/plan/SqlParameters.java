package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Where the parameters of an expression stand. */
final class SqlParameters {
  private SqlParameters() {}

  /** The operands that there are, lists spread out. */
  static List<SqlNode> operands(SqlCall call) {
    List<SqlNode> operands = new ArrayList<>();
    for (@Nullable SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlNodeList list) {
        for (@Nullable SqlNode element : list.getList()) {
          if (element != null) {
            operands.add(element);
          }
        }
      } else if (operand != null) {
        operands.add(operand);
      }
    }
    return operands;
  }

  /** Whether there is one below, sub-queries left aside. */
  static boolean contains(SqlNode node) {
    if (node instanceof SqlDynamicParam) {
      return true;
    }
    if (node instanceof SqlNodeList list) {
      return list.stream().anyMatch(element -> element != null && contains(element));
    }
    if (!(node instanceof SqlCall call) || node.isA(SqlKind.QUERY)) {
      return false;
    }
    for (SqlNode operand : operands(call)) {
      if (contains(operand)) {
        return true;
      }
    }
    return false;
  }
}
