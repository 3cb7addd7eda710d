package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * FILTER of an aggregate over a window, which Calcite cannot convert: the argument becomes null
 * where the condition does not hold, and nulls do not count.
 */
final class WindowFilters {
  private WindowFilters() {}

  /** The aggregate of {@code aggregate FILTER (WHERE condition)} with the condition inside. */
  static SqlNode inArgument(SqlCall filter) {
    SqlCall aggregate = filter.operand(0);
    SqlNode condition = filter.operand(1);
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    if (aggregate.operandCount() == 0 || name.equals("ARRAY_AGG")) {
      throw EngineException.unsupported("FILTER of " + name + " over a window");
    }
    SqlParserPos position = aggregate.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    SqlNode first = operands.get(0);
    SqlNode value =
        first instanceof SqlIdentifier identifier && identifier.isStar()
            ? SqlLiteral.createExactNumeric("1", position)
            : first;
    operands.set(
        0,
        new SqlCase(
            position,
            null,
            SqlNodeList.of(condition),
            SqlNodeList.of(value),
            SqlLiteral.createNull(position)));
    return aggregate
        .getOperator()
        .createCall(aggregate.getFunctionQuantifier(), position, operands);
  }
}
