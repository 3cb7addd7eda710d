package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * NULL as it is written gets a type where the type of the result is that of the argument: {@code
 * sum(NULL)} is null, as in PostgreSQL, rather than a number that must become something unknown.
 */
final class NullArguments {
  private NullArguments() {}

  /** The call with casts around its NULLs; the call itself if there is nothing to do. */
  static SqlCall typed(SqlCall call) {
    List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
    boolean changed = false;
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand != null && SqlUtil.isNullLiteral(operand, false)) {
        SqlTypeName type = type(call, i);
        if (type != null) {
          operands.set(i, cast(operand, type));
          changed = true;
        }
      }
    }
    return changed
        ? call.getOperator()
            .createCall(
                call.getFunctionQuantifier(),
                call.getParserPosition(),
                operands.toArray(SqlNode[]::new))
        : call;
  }

  private static @Nullable SqlTypeName type(SqlCall call, int operand) {
    if (call.getKind() == SqlKind.FILTER) {
      return operand == 1 ? SqlTypeName.BOOLEAN : null;
    }
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "SUM", "MOD", "%" -> SqlTypeName.BIGINT;
      case "BOOL_AND", "BOOL_OR", "EVERY", "SOME" -> SqlTypeName.BOOLEAN;
      case "SUBSTRING", "SUBSTR" -> operand == 0 ? SqlTypeName.VARCHAR : null;
      default -> null;
    };
  }

  private static SqlNode cast(SqlNode value, SqlTypeName type) {
    SqlParserPos position = value.getParserPosition();
    SqlDataTypeSpec spec = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position);
    return SqlStdOperatorTable.CAST.createCall(position, value, spec);
  }
}
