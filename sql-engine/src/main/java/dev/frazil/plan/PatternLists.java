package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.PatternQuantifiers;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code x LIKE ANY (...)} and its like: over patterns that are written out an OR (of ALL an AND)
 * of the single comparisons, over any other array {@code any_match(array, p -> x LIKE p)}, whose
 * three-valued logic is that of a sub-query, and over a sub-query the same with the array of its
 * rows.
 */
final class PatternLists {
  private static final String PATTERN = "$pattern";

  private PatternLists() {}

  /** What stands for the call; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    SqlCall quantified = isComparison(call) ? quantified(call.operand(1)) : null;
    if (quantified == null) {
      return call;
    }
    boolean isAny = quantified.getOperator().getName().equals(PatternQuantifiers.ANY);
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> patterns = quantified.getOperandList();
    SqlNode only = patterns.size() == 1 ? patterns.get(0) : null;
    if (only instanceof SqlCall array && isArray(array)) {
      patterns = array.getOperandList();
    } else if (only != null && !(only instanceof SqlLiteral || only instanceof SqlDynamicParam)) {
      return match(call, isAny, only.isA(SqlKind.QUERY) ? array(only) : only);
    }
    if (patterns.isEmpty()) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR,
          call.getOperator().getName() + (isAny ? " ANY" : " ALL") + " () needs patterns");
    }
    SqlCall all = compare(call, patterns.get(0));
    for (SqlNode pattern : patterns.subList(1, patterns.size())) {
      all =
          (isAny ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND)
              .createCall(position, all, compare(call, pattern));
    }
    return all;
  }

  private static boolean isComparison(SqlCall call) {
    return call.operandCount() >= 2
        && (call.getOperator() instanceof SqlLikeOperator
            || call.getOperator().getName().equals("regexp_like"));
  }

  private static @Nullable SqlCall quantified(SqlNode pattern) {
    return pattern instanceof SqlCall call
            && (call.getOperator().getName().equals(PatternQuantifiers.ANY)
                || call.getOperator().getName().equals(PatternQuantifiers.ALL))
        ? call
        : null;
  }

  private static boolean isArray(SqlCall call) {
    return call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR && call.operandCount() > 0;
  }

  private static SqlNode array(SqlNode query) {
    return SqlStdOperatorTable.ARRAY_QUERY.createCall(query.getParserPosition(), query);
  }

  private static SqlCall match(SqlCall call, boolean isAny, SqlNode array) {
    SqlParserPos position = call.getParserPosition();
    SqlIdentifier pattern = new SqlIdentifier(PATTERN, position);
    SqlNode lambda =
        new SqlLambda(
            position, new SqlNodeList(List.of(pattern), position), compare(call, pattern));
    String function = isAny ? "any_match" : "all_match";
    return new SqlUnresolvedFunction(
            new SqlIdentifier(function, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .createCall(position, array, lambda);
  }

  /** The comparison with one pattern. */
  private static SqlCall compare(SqlCall call, SqlNode pattern) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    operands.set(1, pattern);
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }
}
