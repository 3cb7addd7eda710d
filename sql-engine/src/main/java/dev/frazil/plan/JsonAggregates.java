package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.plan.parser.JsonAggregateForms;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * JSON_ARRAYAGG and JSON_OBJECTAGG: each row becomes JSON of one member, without its brackets; a
 * string_agg puts commas between them, and the brackets come around. Null over no rows.
 */
final class JsonAggregates {
  private static final Set<SqlKind> AROUND =
      EnumSet.of(SqlKind.WITHIN_GROUP, SqlKind.FILTER, SqlKind.OVER);

  private JsonAggregates() {}

  /** What stands for the aggregate and what is around it; the call itself if it is none. */
  static SqlCall rewrite(SqlCall call) {
    List<SqlCall> around = new ArrayList<>();
    SqlNode inner = call;
    while (inner instanceof SqlCall outer && AROUND.contains(outer.getKind())) {
      around.add(0, outer);
      inner = outer.operand(0);
    }
    return inner instanceof SqlCall aggregate ? rewrite(call, aggregate, around) : call;
  }

  private static SqlCall rewrite(SqlCall call, SqlCall aggregate, List<SqlCall> around) {
    SqlParserPos position = call.getParserPosition();
    boolean isArray;
    boolean absent;
    String name = aggregate.getOperator().getName();
    if (aggregate.getOperator() instanceof SqlJsonArrayAggAggFunction array) {
      absent = array.getNullClause() == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
      isArray = true;
    } else if (aggregate.getOperator() instanceof SqlJsonObjectAggAggFunction object) {
      absent = object.getNullClause() == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
      isArray = false;
    } else if (aggregate.getOperator() instanceof SqlUnresolvedFunction
        && (name.startsWith(JsonAggregateForms.ARRAY)
            || name.startsWith(JsonAggregateForms.OBJECT))) {
      isArray = name.startsWith(JsonAggregateForms.ARRAY);
      absent = name.endsWith(JsonAggregateForms.ABSENT);
      checkArguments(aggregate, isArray);
    } else {
      return call;
    }
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
    SqlCall rows = SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position));
    for (SqlCall each : around) {
      SqlNode clause = each.operand(1);
      members = each.getOperator().createCall(position, members, clause);
      if (each.getKind() != SqlKind.WITHIN_GROUP) {
        rows = each.getOperator().createCall(position, rows, copy(clause));
      }
    }
    return function("json_joined")
        .createCall(
            position,
            text(isArray ? "[" : "{", position),
            members,
            text(isArray ? "]" : "}", position),
            rows);
  }

  private static void checkArguments(SqlCall aggregate, boolean isArray) {
    String name = isArray ? "json_arrayagg" : "json_objectagg";
    if (aggregate.operandCount() != (isArray ? 1 : 2)) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION,
          name + (isArray ? " takes one value" : " takes a key and a value (KEY k VALUE v)"));
    }
    if (aggregate.getFunctionQuantifier() != null) {
      throw EngineException.unsupported("DISTINCT in " + name);
    }
  }

  /** A copy down to the leaves: the validator writes into the clauses of a call. */
  private static SqlNode copy(SqlNode clause) {
    SqlNode copied =
        clause.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler copier = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copier);
                return copier.result();
              }
            });
    return Objects.requireNonNull(copied);
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
