package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCountAggFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code COUNT([DISTINCT] a, b)}: rows without a null among the values, by one key of them; {@code
 * COUNT(DISTINCT (a, b))}: of rows, which are no null whatever they hold.
 */
final class CountCalls {
  private CountCalls() {}

  /** The call with one argument; the call itself if it has no more. */
  static SqlCall rewrite(SqlCall call) {
    boolean isCount =
        call.getOperator() instanceof SqlCountAggFunction
            || (call.getOperator() instanceof SqlUnresolvedFunction
                && call.getOperator().getName().equalsIgnoreCase("count"));
    if (!isCount || call.getKind() == SqlKind.OVER) {
      return call;
    }
    boolean isRow =
        call.operandCount() == 1
            && call.getFunctionQuantifier() != null
            && call.operand(0).getKind() == SqlKind.ROW;
    if (call.operandCount() < 2 && !isRow) {
      return call;
    }
    LibraryFunction function = FunctionLibrary.find(isRow ? "row_bytes" : "row_key");
    SqlParserPos position = call.getParserPosition();
    SqlNode key =
        new LibraryOperator(Objects.requireNonNull(function))
            .createCall(
                position,
                isRow ? ((SqlCall) call.operand(0)).getOperandList() : call.getOperandList());
    return call.getOperator().createCall(call.getFunctionQuantifier(), position, key);
  }
}
