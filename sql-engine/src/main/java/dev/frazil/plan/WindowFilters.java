package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  private static final Set<String> CHOICES = Set.of("MIN_BY", "MAX_BY", "ARG_MIN", "ARG_MAX");

  private WindowFilters() {}

  /** The aggregate of {@code aggregate FILTER (WHERE condition)} with the condition inside. */
  static SqlNode inArgument(SqlCall filter) {
    SqlCall aggregate = OrderedAggregates.rewrite(CountCalls.rewrite(filter.operand(0)));
    SqlNode condition = filter.operand(1);
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    if (aggregate.operandCount() == 0 || name.equals("ARRAY_AGG")) {
      throw EngineException.unsupported("FILTER of " + name + " over a window");
    }
    SqlParserPos position = aggregate.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    // the key of these decides whether a row counts, its value may be null
    int decisive = CHOICES.contains(name) && operands.size() > 1 ? 1 : 0;
    SqlNode argument = operands.get(decisive);
    SqlNode value =
        argument instanceof SqlIdentifier identifier && identifier.isStar()
            ? SqlLiteral.createExactNumeric("1", position)
            : argument;
    operands.set(
        decisive,
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
