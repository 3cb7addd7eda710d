package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the parameter of a lambda while Calcite validates its body: a call of the depth
 * of the lambda, the number of the parameter, and a copy of the argument that the parameter takes
 * its values from, which only tells its type.
 */
final class LambdaParameter extends SqlFunction {
  static final LambdaParameter ELEMENT = new LambdaParameter("$element");
  static final LambdaParameter KEY = new LambdaParameter("$key");
  static final LambdaParameter VALUE = new LambdaParameter("$value");

  /** The state of a reduction, of the type of its first state. */
  static final LambdaParameter STATE = new LambdaParameter("$state");

  static final List<LambdaParameter> ALL = List.of(ELEMENT, KEY, VALUE, STATE);

  private LambdaParameter(String name) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> type(name, binding),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM);
  }

  SqlCall of(int depth, int number, SqlNode source, SqlParserPos position) {
    return createCall(
        position,
        SqlLiteral.createExactNumeric(Integer.toString(depth), position),
        SqlLiteral.createExactNumeric(Integer.toString(number), position),
        source);
  }

  /** Without the argument, which is not to be computed. */
  static RexNode toRex(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    return builder.makeCall(
        context.getValidator().getValidatedNodeType(call),
        call.getOperator(),
        List.of(
            context.convertExpression(call.operand(0)),
            context.convertExpression(call.operand(1))));
  }

  static ScalarExpression convert(RexCall call) {
    return new Call(
        ScalarFunction.LAMBDA_PARAMETER,
        List.of(integer(call, 0), integer(call, 1)),
        CalciteTypes.toSql(call.getType()));
  }

  static Literal integer(RexCall call, int operand) {
    Integer value = ((RexLiteral) call.getOperands().get(operand)).getValueAs(Integer.class);
    return new Literal(value, Primitive.INTEGER);
  }

  private static RelDataType type(String name, SqlOperatorBinding binding) {
    RelDataType source = binding.getOperandType(2);
    @Nullable RelDataType type =
        switch (name) {
          case "$element" -> source.getComponentType();
          case "$key" -> source.getKeyType();
          case "$value" -> source.getValueType();
          default -> source;
        };
    SqlType sql = type == null ? null : CalciteTypes.toSql(type);
    if (sql == null || (name.equals("$state") && sql == Primitive.UNKNOWN)) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          switch (name) {
                case "$element" -> "a lambda needs an array to take its values from, not ";
                case "$state" -> "the first state of reduce needs a type (write CAST), it is ";
                default -> "a lambda needs a map to take its entries from, not ";
              }
              + source.toString().toLowerCase(Locale.ROOT));
    }
    return CalciteTypes.toCalcite(sql, true, binding.getTypeFactory());
  }
}
