package dev.frazil.plan;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Functions with lambdas that are made of others: {@code any_keys_match(m, k -> c)} is {@code
 * any_match(map_keys(m), k -> c)}, {@code find_first(a, x -> c)} the first that {@code filter}
 * leaves.
 */
final class LambdaForms {
  private LambdaForms() {}

  /** The call in the functions that it is made of; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    if (!(call.getOperator() instanceof SqlUnresolvedFunction) || call.operandCount() != 2) {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    SqlNode values = call.operand(0);
    SqlNode lambda = call.operand(1);
    return switch (call.getOperator().getName().toLowerCase(Locale.ROOT)) {
      case "all_keys_match" -> of("all_match", position, of("map_keys", position, values), lambda);
      case "any_keys_match" -> of("any_match", position, of("map_keys", position, values), lambda);
      case "no_keys_match" -> of("none_match", position, of("map_keys", position, values), lambda);
      case "any_values_match" ->
          of("any_match", position, of("map_values", position, values), lambda);
      case "no_values_match" ->
          of("none_match", position, of("map_values", position, values), lambda);
      case "find_first" ->
          of(
              "element_at",
              position,
              of("filter", position, values, lambda),
              SqlLiteral.createExactNumeric("1", position));
      default -> call;
    };
  }

  private static SqlCall of(String name, SqlParserPos position, SqlNode... operands) {
    return new SqlUnresolvedFunction(
            new SqlIdentifier(name, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .createCall(position, List.of(operands));
  }
}
