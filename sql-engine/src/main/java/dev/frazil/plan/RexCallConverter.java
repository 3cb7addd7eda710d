package dev.frazil.plan;

import static org.apache.calcite.sql.type.SqlTypeName.NULL;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.CommonType;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Calls: operators here, named functions in {@link RexFunctionConverter}. */
final class RexCallConverter {
  private final RexConverter expressions;
  private final ConstantFolder folder;
  private final RexFunctionConverter functions;

  RexCallConverter(RexConverter expressions, ConstantFolder folder) {
    this.expressions = expressions;
    this.folder = folder;
    this.functions = new RexFunctionConverter(expressions, folder);
  }

  ScalarExpression convert(RexCall call) {
    SqlType type = CalciteTypes.toSql(call.getType());
    return switch (call.getKind()) {
      case AND -> plain(ScalarFunction.AND, call, type);
      case OR -> or(call);
      case NOT -> plain(ScalarFunction.NOT, call, type);
      case IS_NULL -> plain(ScalarFunction.IS_NULL, call, type);
      case IS_NOT_NULL -> plain(ScalarFunction.IS_NOT_NULL, call, type);
      case IS_TRUE -> plain(ScalarFunction.IS_TRUE, call, type);
      case IS_FALSE -> plain(ScalarFunction.IS_FALSE, call, type);
      case IS_NOT_TRUE -> plain(ScalarFunction.IS_NOT_TRUE, call, type);
      case IS_NOT_FALSE -> plain(ScalarFunction.IS_NOT_FALSE, call, type);
      case EQUALS -> comparison(ScalarFunction.EQUAL, call);
      case NOT_EQUALS -> comparison(ScalarFunction.NOT_EQUAL, call);
      case LESS_THAN -> comparison(ScalarFunction.LESS, call);
      case LESS_THAN_OR_EQUAL -> comparison(ScalarFunction.LESS_OR_EQUAL, call);
      case GREATER_THAN -> comparison(ScalarFunction.GREATER, call);
      case GREATER_THAN_OR_EQUAL -> comparison(ScalarFunction.GREATER_OR_EQUAL, call);
      case IS_DISTINCT_FROM -> comparison(ScalarFunction.IS_DISTINCT_FROM, call);
      case IS_NOT_DISTINCT_FROM -> comparison(ScalarFunction.IS_NOT_DISTINCT_FROM, call);
      case SEARCH ->
          expressions.convert(
              RexUtil.expandSearch(new RexBuilder(new FrazilTypeFactory()), null, call));
      case PLUS, MINUS, TIMES -> arithmetic(call, type);
      case DIVIDE -> divide(call, type);
      case MOD -> modulo(call, type);
      case MINUS_PREFIX ->
          folder.call(
              ScalarFunction.NEGATE,
              List.of(expressions.convert(call.getOperands().get(0), type)),
              type);
      case PLUS_PREFIX -> expressions.convert(call.getOperands().get(0));
      case CAST -> cast(call, type, false);
      case SAFE_CAST -> cast(call, type, true);
      case CASE -> caseExpression(call, type);
      case COALESCE -> sameType(ScalarFunction.COALESCE, call, type);
      case NULLIF -> nullIf(call, type);
      case GREATEST -> sameType(ScalarFunction.GREATEST, call, type);
      case LEAST -> sameType(ScalarFunction.LEAST, call, type);
      case LIKE -> functions.like(call);
      case SIMILAR -> functions.similar(call);
      case ARRAY_VALUE_CONSTRUCTOR -> array(call, type);
      case MAP_VALUE_CONSTRUCTOR -> map(call, type);
      case ROW -> plain(ScalarFunction.ROW_CONSTRUCTOR, call, type);
      default -> functions.convert(call, type);
    };
  }

  private ScalarExpression plain(ScalarFunction function, RexCall call, SqlType type) {
    return folder.call(function, expressions.convert(call.getOperands()), type);
  }

  /** Many equalities of one column become an IN. */
  private ScalarExpression or(RexCall call) {
    ScalarExpression or =
        folder.call(ScalarFunction.OR, expressions.convert(call.getOperands()), Primitive.BOOLEAN);
    return or instanceof Call junction && junction.function() == ScalarFunction.OR
        ? InLists.collect(junction)
        : or;
  }

  private ScalarExpression sameType(ScalarFunction function, RexCall call, SqlType type) {
    List<ScalarExpression> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(expressions.convert(operand, type));
    }
    return folder.call(function, operands, type);
  }

  private ScalarExpression comparison(ScalarFunction function, RexCall call) {
    RexNode first = call.getOperands().get(0);
    RexNode second = call.getOperands().get(1);
    ShownIntervals.refuseBeside(first.getType(), second.getType());
    if (MixedIntervals.areTogether(first.getType(), second.getType())) {
      return compare(
          function,
          MixedIntervals.length(first, expressions),
          MixedIntervals.length(second, expressions));
    }
    ScalarExpression left = expressions.convert(call.getOperands().get(0));
    ScalarExpression right = expressions.convert(call.getOperands().get(1));
    return compare(function, asWritten(left), asWritten(right));
  }

  private ScalarExpression asWritten(ScalarExpression operand) {
    return NanoComparisons.asWritten(WideDecimals.asWritten(operand), folder);
  }

  /** Compares in the type of the column where the other side is a literal that fits it. */
  ScalarExpression compare(ScalarFunction function, ScalarExpression left, ScalarExpression right) {
    VariantUse.refuseIn(left.type(), "comparing");
    VariantUse.refuseIn(right.type(), "comparing");
    ScalarExpression rows = new RowComparisons(this, folder).compare(function, left, right);
    if (rows != null) {
      return rows;
    }
    if (!left.type().equals(right.type())) {
      ScalarExpression fitted = fit(right, left);
      if (fitted != null) {
        right = fitted;
      } else {
        fitted = fit(left, right);
        if (fitted != null) {
          left = fitted;
        }
      }
    }
    ScalarExpression nanos = NanoComparisons.compare(function, left, right, folder);
    if (nanos != null) {
      return nanos;
    }
    if (CommonType.isTooWide(left.type(), right.type())) {
      return WideDecimals.compare(function, left, right, folder);
    }
    SqlType common = TypeRules.common(left.type(), right.type());
    if (common == null) {
      if (right.type() == Primitive.VARCHAR) {
        common = left.type();
      } else if (left.type() == Primitive.VARCHAR) {
        common = right.type();
      } else {
        throw new EngineException(
            dev.frazil.error.SqlState.DATATYPE_MISMATCH,
            "cannot compare "
                + left.type().sqlName()
                + " with "
                + right.type().sqlName()
                + ": CAST one side");
      }
    }
    return folder.call(
        function,
        List.of(folder.cast(left, common, false), folder.cast(right, common, false)),
        Primitive.BOOLEAN);
  }

  /** The literal in the type of the other side if it is the same value there, else null. */
  private @Nullable ScalarExpression fit(ScalarExpression candidate, ScalarExpression other) {
    if (!(candidate instanceof Literal literal) || other instanceof Literal) {
      return null;
    }
    if (literal.value() == null) {
      return new Literal(null, other.type());
    }
    BigDecimal value;
    if (literal.value() instanceof BigDecimal decimal) {
      value = decimal;
    } else if (TypeRules.isInteger(literal.type())) {
      value = BigDecimal.valueOf(((Number) literal.value()).longValue());
    } else {
      return null;
    }
    if (other.type() == Primitive.DOUBLE) {
      return new Literal(value.doubleValue(), Primitive.DOUBLE);
    }
    int scale;
    if (other.type() instanceof DecimalType decimal) {
      scale = decimal.scale();
    } else if (TypeRules.isInteger(other.type())) {
      scale = 0;
    } else {
      return null;
    }
    if (value.setScale(scale, RoundingMode.DOWN).compareTo(value) != 0) {
      return null;
    }
    ScalarExpression cast = folder.cast(literal, other.type(), false);
    return cast instanceof Literal ? cast : null;
  }

  private ScalarExpression arithmetic(RexCall call, SqlType type) {
    if (call.getOperands().stream().anyMatch(each -> each.getType().getSqlTypeName() == NULL)) {
      return new Literal(null, type);
    }
    RexNode leftNode = call.getOperands().get(0);
    RexNode rightNode = call.getOperands().get(1);
    ScalarFunction function =
        switch (call.getKind()) {
          case PLUS -> ScalarFunction.ADD;
          case MINUS -> ScalarFunction.SUBTRACT;
          default -> ScalarFunction.MULTIPLY;
        };
    if (isInterval(rightNode) || isInterval(leftNode)) {
      return new IntervalArithmetic(expressions, folder).convert(function, call, type);
    }
    ScalarExpression left = expressions.convert(leftNode);
    ScalarExpression right = expressions.convert(rightNode);
    ScalarExpression time = new TimeArithmetic(folder).convert(function, left, right, call);
    if (time != null) {
      return time;
    }
    return folder.call(function, List.of(numeric(left, type), numeric(right, type)), type);
  }

  static boolean isInterval(RexNode node) {
    return SqlTypeName.INTERVAL_TYPES.contains(node.getType().getSqlTypeName());
  }

  /** Decimals keep their own scale beside a decimal result; all else takes the result's type. */
  private ScalarExpression numeric(ScalarExpression operand, SqlType result) {
    if (result instanceof DecimalType) {
      return operand.type() instanceof DecimalType
          ? operand
          : folder.cast(operand, TypeRules.asDecimal(operand.type()), false);
    }
    return folder.cast(operand, result, false);
  }

  /**
   * In the wider of the operands' types: the result of a bigint and an integer fits the latter, and
   * that of decimals the one with fewer digits before the point.
   */
  private ScalarExpression modulo(RexCall call, SqlType type) {
    SqlType left = CalciteTypes.toSql(call.getOperands().get(0).getType());
    SqlType right = CalciteTypes.toSql(call.getOperands().get(1).getType());
    boolean isFloating = type == Primitive.DOUBLE || type == Primitive.REAL;
    if (!isFloating && (left instanceof DecimalType || right instanceof DecimalType)) {
      SqlType exact = type instanceof DecimalType ? type : TypeRules.asDecimal(type);
      return folder.cast(numbers(ScalarFunction.MODULO, call, exact), type, false);
    }
    boolean isNarrowed = left == Primitive.BIGINT && type == Primitive.INTEGER;
    return folder.cast(
        sameType(ScalarFunction.MODULO, call, isNarrowed ? left : type), type, false);
  }

  private ScalarExpression divide(RexCall call, SqlType type) {
    if (isInterval(call)) {
      return new IntervalArithmetic(expressions, folder).convert(ScalarFunction.DIVIDE, call, type);
    }
    return numbers(ScalarFunction.DIVIDE, call, type);
  }

  /** Of any numbers, where the result is no integer. */
  private ScalarExpression numbers(ScalarFunction function, RexCall call, SqlType type) {
    ScalarExpression left = expressions.convert(call.getOperands().get(0));
    ScalarExpression right = expressions.convert(call.getOperands().get(1));
    return folder.call(function, List.of(numeric(left, type), numeric(right, type)), type);
  }

  private ScalarExpression cast(RexCall call, SqlType type, boolean safe) {
    RexNode operandNode = call.getOperands().get(0);
    if (isInterval(operandNode) && type == Primitive.VARCHAR) {
      return expressions.convert(operandNode, type);
    }
    if (isInterval(operandNode) != isInterval(call)) {
      throw EngineException.unsupported("a conversion to or from an interval");
    }
    ScalarExpression operand = expressions.convert(operandNode);
    if (operand.type().equals(type)) {
      return operand;
    }
    if (safe && !(operand instanceof Literal)) {
      return new Cast(operand, type, true);
    }
    return folder.cast(operand, type, safe);
  }

  private ScalarExpression caseExpression(RexCall call, SqlType type) {
    List<ScalarExpression> operands = new ArrayList<>();
    List<RexNode> nodes = call.getOperands();
    for (int i = 0; i < nodes.size(); i++) {
      boolean isCondition = i % 2 == 0 && i < nodes.size() - 1;
      if (isCondition) {
        ScalarExpression condition = expressions.convert(nodes.get(i));
        if (condition instanceof Literal literal) {
          if (!Boolean.TRUE.equals(literal.value())) {
            i++;
            continue;
          }
          operands.add(expressions.convert(nodes.get(i + 1), type));
          break;
        }
        operands.add(condition);
      } else {
        operands.add(expressions.convert(nodes.get(i), type));
      }
    }
    return operands.size() == 1 ? operands.get(0) : new Call(ScalarFunction.CASE, operands, type);
  }

  /** Compared in a type that holds both, which may not be the type of the result. */
  private ScalarExpression nullIf(RexCall call, SqlType type) {
    ScalarExpression equal = comparison(ScalarFunction.EQUAL, call);
    ScalarExpression value = expressions.convert(call.getOperands().get(0), type);
    return new Call(ScalarFunction.CASE, List.of(equal, new Literal(null, type), value), type);
  }

  private ScalarExpression array(RexCall call, SqlType type) {
    SqlType element = ((SqlType.ArrayType) type).element();
    List<ScalarExpression> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(expressions.convert(operand, element));
    }
    return new Call(ScalarFunction.ARRAY_CONSTRUCTOR, operands, type);
  }

  private ScalarExpression map(RexCall call, SqlType type) {
    SqlType.MapType map = (SqlType.MapType) type;
    List<ScalarExpression> operands = new ArrayList<>();
    for (int i = 0; i < call.getOperands().size(); i++) {
      operands.add(
          expressions.convert(call.getOperands().get(i), i % 2 == 0 ? map.key() : map.value()));
    }
    return new Call(ScalarFunction.MAP_CONSTRUCTOR, operands, type);
  }

  static boolean isFlag(RexNode node) {
    return node.getKind() == SqlKind.LITERAL
        && node.getType().getSqlTypeName() == SqlTypeName.SYMBOL;
  }
}
