package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * JSON_ARRAYAGG and JSON_OBJECTAGG: each row becomes JSON of one member, without its brackets; a
 * string_agg puts commas between them, and the brackets come around. Null over no rows.
 */
final class JsonAggregates {
  private JsonAggregates() {}

  /** What stands for the aggregate and its order; the call itself if it is none. */
  static SqlCall rewrite(SqlCall call) {
    boolean isOrdered = call.getKind() == SqlKind.WITHIN_GROUP;
    SqlNode inner = isOrdered ? call.operand(0) : call;
    return inner instanceof SqlCall aggregate
        ? rewrite(call, aggregate, isOrdered ? call.operand(1) : null)
        : call;
  }

  private static SqlCall rewrite(SqlCall call, SqlCall aggregate, @Nullable SqlNode order) {
    SqlParserPos position = call.getParserPosition();
    SqlJsonConstructorNullClause nulls;
    boolean isArray;
    if (aggregate.getOperator() instanceof SqlJsonArrayAggAggFunction array) {
      nulls = array.getNullClause();
      isArray = true;
    } else if (aggregate.getOperator() instanceof SqlJsonObjectAggAggFunction object) {
      nulls = object.getNullClause();
      isArray = false;
    } else {
      return call;
    }
    boolean absent = nulls == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    String maker =
        isArray
            ? (absent ? "json_array_absent_on_null" : "json_build_array")
            : (absent ? "json_object_absent_on_null" : "json_build_object");
    SqlCall single =
        function(maker).createCall(position, aggregate.getOperandList().toArray(SqlNode[]::new));
    SqlCall opened =
        SqlStdOperatorTable.SUBSTRING.createCall(position, single, number("2", position));
    SqlCall member = function("left").createCall(position, opened, number("-1", position));
    SqlCall known = SqlStdOperatorTable.NULLIF.createCall(position, member, text("", position));
    SqlCall members =
        Objects.requireNonNull(AggregateLibrary.find("STRING_AGG"))
            .createCall(position, known, text(",", position));
    if (order != null) {
      members = SqlStdOperatorTable.WITHIN_GROUP.createCall(position, members, order);
    }
    SqlCall rows = SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position));
    return function("json_joined")
        .createCall(
            position,
            text(isArray ? "[" : "{", position),
            members,
            text(isArray ? "]" : "}", position),
            rows);
  }

  private static SqlNode number(String digits, SqlParserPos position) {
    return SqlLiteral.createExactNumeric(digits, position);
  }

  private static SqlNode text(String characters, SqlParserPos position) {
    return SqlLiteral.createCharString(characters, position);
  }

  private static LibraryOperator function(String name) {
    LibraryFunction function = FunctionLibrary.find(name);
    return new LibraryOperator(Objects.requireNonNull(function));
  }
}
