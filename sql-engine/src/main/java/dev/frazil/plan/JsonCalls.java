package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * The constructors of JSON. JSON is text here, so what is JSON already is handed over as bytes,
 * which the constructors embed as it is; any other text becomes a JSON string.
 */
final class JsonCalls {
  private static final Set<String> CONSTRUCTORS =
      Set.of(
          "json_build_object",
          "json_build_array",
          "json_object_absent_on_null",
          "json_array_absent_on_null");

  /** Functions whose text is JSON. */
  private static final Set<String> MAKERS =
      Set.of(
          "json_extract",
          "json_get",
          "json_array_get",
          "json_query",
          "json_wrapped",
          "json_parse",
          "json_joined",
          "json_get_path",
          "json_pretty",
          "json_set",
          "json_strip_nulls",
          "json_array_path",
          "jsonb_delete",
          "jsonb_delete_path",
          "jsonb_concat",
          "json_merge_patch",
          "json_insert",
          "json_path_query_first",
          "to_json");

  private JsonCalls() {}

  static boolean isConstructor(String function) {
    return CONSTRUCTORS.contains(function);
  }

  /** The function of the library for JSON_OBJECT or JSON_ARRAY with its clause for nulls. */
  static Call ofIso(RexCall call, RexConverter expressions) {
    boolean isObject = call.getOperator().getName().toUpperCase(Locale.ROOT).equals("JSON_OBJECT");
    RexNode clause = call.getOperands().get(0);
    boolean absent =
        clause instanceof RexLiteral literal
            && String.valueOf(literal.getValue()).equals("ABSENT_ON_NULL");
    String name =
        isObject
            ? (absent ? "json_object_absent_on_null" : "json_build_object")
            : (absent ? "json_array_absent_on_null" : "json_build_array");
    List<ScalarExpression> operands = new ArrayList<>();
    operands.add(new Literal(name, Primitive.VARCHAR));
    List<RexNode> values = call.getOperands();
    for (RexNode operand : values.subList(1, values.size())) {
      operands.add(
          RexCallConverter.isInterval(operand)
              ? expressions.convert(operand, Primitive.VARCHAR)
              : operand(expressions.convert(operand)));
    }
    return new Call(ScalarFunction.LIBRARY, operands, Primitive.VARCHAR);
  }

  /** An operand of a constructor. */
  static ScalarExpression operand(ScalarExpression value) {
    if (value.type() == Primitive.VARBINARY || value.type() instanceof SqlType.FixedType) {
      throw EngineException.unsupported("a byte string in JSON (use to_base64 or to_hex)");
    }
    return isJson(value) ? new Cast(value, Primitive.VARBINARY, false) : value;
  }

  private static boolean isJson(ScalarExpression value) {
    if (value instanceof Cast cast && cast.type() == Primitive.VARCHAR) {
      return isJson(cast.operand());
    }
    if (!(value instanceof Call call)
        || call.function() != ScalarFunction.LIBRARY
        || !(call.operands().get(0) instanceof Literal name)) {
      return false;
    }
    String function = String.valueOf(name.value());
    return CONSTRUCTORS.contains(function) || MAKERS.contains(function);
  }
}
