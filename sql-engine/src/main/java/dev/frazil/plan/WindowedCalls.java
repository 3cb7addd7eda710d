package dev.frazil.plan;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/** Window functions in expressions. */
final class WindowedCalls {
  private WindowedCalls() {}

  /** The first in an expression, sub-queries left aside. */
  static @Nullable SqlNode first(SqlNode node) {
    if (!(node instanceof SqlCall call) || node.isA(SqlKind.QUERY)) {
      return null;
    }
    if (call.getKind() == SqlKind.OVER) {
      return call;
    }
    for (SqlNode operand : SqlParameters.operands(call)) {
      SqlNode window = first(operand);
      if (window != null) {
        return window;
      }
    }
    return null;
  }

  /**
   * Types the arguments of window functions by the groups that they see: Calcite takes them for
   * arguments of aggregates, which see rows, where a key is not null that a roll-up makes null.
   */
  static void type(SqlCall call, AggregatingSelectScope groups, SqlValidator validator) {
    if (call.isA(SqlKind.QUERY)) {
      return;
    }
    if (call.getKind() == SqlKind.OVER && call.operand(0) instanceof SqlCall function) {
      SqlCall windowed =
          function.getKind() == SqlKind.IGNORE_NULLS || function.getKind() == SqlKind.RESPECT_NULLS
              ? function.operand(0)
              : function;
      for (SqlNode argument : windowed.getOperandList()) {
        boolean isStar = argument instanceof SqlIdentifier identifier && identifier.isStar();
        if (!isStar && (argument instanceof SqlIdentifier || argument instanceof SqlCall)) {
          validator.deriveType(groups, argument);
        }
      }
    } else {
      for (SqlNode operand : SqlParameters.operands(call)) {
        if (operand instanceof SqlCall inner) {
          type(inner, groups, validator);
        }
      }
    }
  }
}
