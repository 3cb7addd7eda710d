package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.LambdaFunction;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A function of lambdas as Calcite sees it: the depth of its lambdas, its values, and the bodies of
 * its lambdas, whose parameters are {@link LambdaParameter}s.
 */
final class LambdaOperator extends SqlFunction {
  private static final Map<LambdaFunction, LambdaOperator> OPERATORS =
      new EnumMap<>(LambdaFunction.class);

  static {
    for (LambdaFunction function : LambdaFunction.values()) {
      OPERATORS.put(function, new LambdaOperator(function));
    }
  }

  private final LambdaFunction function;

  private LambdaOperator(LambdaFunction function) {
    super(
        function.operatorName(),
        SqlKind.OTHER_FUNCTION,
        binding ->
            CalciteTypes.toCalcite(
                resultType(function, operandTypes(binding)), true, binding.getTypeFactory()),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  static LambdaOperator of(LambdaFunction function) {
    return java.util.Objects.requireNonNull(OPERATORS.get(function));
  }

  /** The call in the plan: its name, its depth, and the operands in the types that they need. */
  ScalarExpression convert(RexCall call, RexConverter expressions, ConstantFolder folder) {
    List<RexNode> operands = call.getOperands();
    List<ScalarExpression> converted = new ArrayList<>();
    converted.add(new Literal(function.sqlName(), Primitive.VARCHAR));
    converted.add(LambdaParameter.integer(call, 0));
    SqlType result = CalciteTypes.toSql(call.getType());
    for (int i = 1; i < operands.size(); i++) {
      ScalarExpression operand =
          expressions.convert(operands.get(i), CalciteTypes.toSql(operands.get(i).getType()));
      SqlType wanted = operandType(i, operand.type(), converted, result);
      converted.add(folder.cast(operand, wanted, false));
    }
    return new Call(ScalarFunction.LAMBDA, converted, result);
  }

  /** The type of an operand where the function, not the operand, tells it. */
  private SqlType operandType(
      int operand, SqlType own, List<ScalarExpression> before, SqlType result) {
    boolean isLambda = operand > function.valueCount();
    return switch (function) {
      case TRANSFORM, ZIP_WITH -> isLambda ? ((ArrayType) result).element() : own;
      case FILTER, MAP_FILTER -> isLambda ? Primitive.BOOLEAN : result;
      case ANY_MATCH, ALL_MATCH, NONE_MATCH -> isLambda ? Primitive.BOOLEAN : own;
      case REDUCE -> operand == 3 ? before.get(3).type() : operand == 4 ? result : own;
      case TRANSFORM_VALUES -> isLambda ? ((MapType) result).value() : own;
      case TRANSFORM_KEYS -> isLambda ? ((MapType) result).key() : own;
      case ARRAY_SORT -> isLambda ? Primitive.BIGINT : result;
      case MAP_ZIP_WITH -> isLambda ? ((MapType) result).value() : own;
    };
  }

  private static List<SqlType> operandTypes(SqlOperatorBinding binding) {
    List<SqlType> types = new ArrayList<>();
    for (RelDataType type : binding.collectOperandTypes()) {
      if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
        throw EngineException.unsupported("an interval in " + binding.getOperator().getName());
      }
      types.add(CalciteTypes.toSql(type));
    }
    return types;
  }

  private static SqlType resultType(LambdaFunction function, List<SqlType> operands) {
    SqlType last = operands.get(operands.size() - 1);
    return switch (function) {
      case TRANSFORM -> {
        array(function, operands.get(1));
        yield new ArrayType(last);
      }
      case FILTER -> {
        condition(function, last);
        yield array(function, operands.get(1));
      }
      case ANY_MATCH, ALL_MATCH, NONE_MATCH -> {
        array(function, operands.get(1));
        condition(function, last);
        yield Primitive.BOOLEAN;
      }
      case REDUCE -> {
        array(function, operands.get(1));
        state(operands.get(2), operands.get(3));
        yield last;
      }
      case ZIP_WITH -> {
        array(function, operands.get(1));
        array(function, operands.get(2));
        yield new ArrayType(last);
      }
      case TRANSFORM_VALUES -> new MapType(map(function, operands.get(1)).key(), last);
      case TRANSFORM_KEYS -> new MapType(last, map(function, operands.get(1)).value());
      case MAP_FILTER -> {
        condition(function, last);
        yield map(function, operands.get(1));
      }
      case ARRAY_SORT -> {
        if (!TypeRules.isInteger(last) && last != Primitive.UNKNOWN) {
          throw mismatch(function, "needs an integer as its lambda, not " + last.sqlName());
        }
        yield array(function, operands.get(1));
      }
      case MAP_ZIP_WITH -> {
        SqlType key = map(function, operands.get(1)).key();
        SqlType other = map(function, operands.get(2)).key();
        if (!key.equals(other)) {
          throw mismatch(
              function,
              "needs keys of one type, not "
                  + key.sqlName()
                  + " and "
                  + other.sqlName()
                  + ": CAST a map");
        }
        yield new MapType(key, last);
      }
    };
  }

  private static ArrayType array(LambdaFunction function, SqlType type) {
    if (type instanceof ArrayType array) {
      return array;
    }
    throw mismatch(function, "needs an array, not " + type.sqlName());
  }

  private static MapType map(LambdaFunction function, SqlType type) {
    if (type instanceof MapType map) {
      return map;
    }
    throw mismatch(function, "needs a map, not " + type.sqlName());
  }

  private static void condition(LambdaFunction function, SqlType type) {
    if (type != Primitive.BOOLEAN && type != Primitive.UNKNOWN) {
      throw mismatch(function, "needs a condition as its lambda, not " + type.sqlName());
    }
  }

  /** Each state must fit the type of the first one without losing digits. */
  private static void state(SqlType first, SqlType next) {
    boolean fits =
        first.equals(next)
            || next == Primitive.UNKNOWN
            || (TypeRules.isInteger(first) && TypeRules.isInteger(next))
            || (first instanceof DecimalType && TypeRules.isInteger(next))
            || (first instanceof DecimalType decimal
                && next instanceof DecimalType other
                && other.scale() <= decimal.scale())
            || (first == Primitive.DOUBLE
                && (next == Primitive.REAL
                    || next instanceof DecimalType
                    || TypeRules.isInteger(next)));
    if (!fits) {
      throw mismatch(
          LambdaFunction.REDUCE,
          "makes a state of type "
              + next.sqlName()
              + " of one of type "
              + first.sqlName()
              + ": CAST the first state");
    }
  }

  private static EngineException mismatch(LambdaFunction function, String what) {
    return new EngineException(
        SqlState.DATATYPE_MISMATCH, function.sqlName() + " " + what + "; it is " + function.form());
  }
}
