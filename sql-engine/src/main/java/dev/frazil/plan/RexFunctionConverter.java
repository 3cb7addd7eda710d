package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.function.LibraryFunction;
import dev.frazil.function.Signature.Binding;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;

/** Functions by name. */
final class RexFunctionConverter {
  private final RexConverter expressions;
  private final ConstantFolder folder;
  private int volatileCalls;

  RexFunctionConverter(RexConverter expressions, ConstantFolder folder) {
    this.expressions = expressions;
    this.folder = folder;
  }

  ScalarExpression like(RexCall call) {
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    ScalarExpression like =
        new Call(
            operator.isCaseSensitive() ? ScalarFunction.LIKE : ScalarFunction.ILIKE,
            texts(call.getOperands()),
            Primitive.BOOLEAN);
    return operator.isNegated()
        ? folder.call(ScalarFunction.NOT, List.of(like), Primitive.BOOLEAN)
        : like;
  }

  /** SIMILAR TO is a function of the library. */
  ScalarExpression similar(RexCall call) {
    List<ScalarExpression> operands = new ArrayList<>();
    operands.add(new Literal("similar_to", Primitive.VARCHAR));
    operands.addAll(texts(call.getOperands()));
    ScalarExpression similar = new Call(ScalarFunction.LIBRARY, operands, Primitive.BOOLEAN);
    return ((SqlLikeOperator) call.getOperator()).isNegated()
        ? folder.call(ScalarFunction.NOT, List.of(similar), Primitive.BOOLEAN)
        : similar;
  }

  private ScalarExpression isJson(RexCall call, String kind, boolean negated) {
    List<ScalarExpression> operands = new ArrayList<>();
    operands.add(new Literal("json_valid", Primitive.VARCHAR));
    operands.addAll(texts(call.getOperands()));
    operands.add(new Literal(kind.toLowerCase(Locale.ROOT), Primitive.VARCHAR));
    ScalarExpression valid = new Call(ScalarFunction.LIBRARY, operands, Primitive.BOOLEAN);
    return negated ? folder.call(ScalarFunction.NOT, List.of(valid), Primitive.BOOLEAN) : valid;
  }

  ScalarExpression convert(RexCall call, SqlType type) {
    List<RexNode> operands = call.getOperands();
    if (call.getOperator() instanceof LibraryOperator operator) {
      return library(operator.function(), call, type);
    } else if (call.getOperator() instanceof LambdaOperator operator) {
      return operator.convert(call, expressions, folder);
    } else if (call.getOperator() instanceof LambdaParameter) {
      return LambdaParameter.convert(call);
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "UPPER" -> text(ScalarFunction.UPPER, call, type);
      case "LOWER" -> text(ScalarFunction.LOWER, call, type);
      case "||", "CONCAT" -> concat(call, type);
      case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" ->
          text(ScalarFunction.CHAR_LENGTH, call, type);
      case "OCTET_LENGTH" -> plain(ScalarFunction.OCTET_LENGTH, call, type);
      case "SUBSTRING" -> substring(call, type);
      case "TRIM" -> trim(call, type);
      case "POSITION" -> {
        if (operands.size() > 2) {
          throw EngineException.unsupported("POSITION ... FROM");
        }
        yield text(ScalarFunction.POSITION, call, type);
      }
      case "REPLACE" -> text(ScalarFunction.REPLACE, call, type);
      case "STARTS_WITH" -> text(ScalarFunction.STARTS_WITH, call, type);
      case "ABS" -> sameType(ScalarFunction.ABS, call, type);
      case "SIGN" -> plain(ScalarFunction.SIGN, call, type);
      case "FLOOR" -> floor(ScalarFunction.FLOOR, call, type);
      case "CEIL" -> floor(ScalarFunction.CEIL, call, type);
      case "ROUND" -> plain(ScalarFunction.ROUND, call, type);
      case "TRUNCATE" -> plain(ScalarFunction.TRUNCATE_NUMBER, call, type);
      case "POWER" -> doubles(ScalarFunction.POWER, call);
      case "SQRT" -> doubles(ScalarFunction.SQRT, call);
      case "EXP" -> doubles(ScalarFunction.EXP, call);
      case "LN" -> doubles(ScalarFunction.LN, call);
      case "LOG10" -> doubles(ScalarFunction.LOG10, call);
      case "EXTRACT" -> extract(flag(operands.get(0)), operands.get(1), type);
      case "YEAR", "QUARTER", "MONTH", "WEEK", "HOUR", "MINUTE", "SECOND" ->
          extract(name, operands.get(0), type);
      case "DAYOFMONTH" -> extract("DAY", operands.get(0), type);
      case "DAYOFWEEK" -> extract("DOW", operands.get(0), type);
      case "DAYOFYEAR" -> extract("DOY", operands.get(0), type);
      case "JSON_OBJECT", "JSON_ARRAY" -> JsonCalls.ofIso(call, expressions);
      case "JSON_TYPE" -> {
        // FORMAT JSON: the text is JSON
        List<ScalarExpression> parsed = new ArrayList<>(texts(operands));
        parsed.add(0, new Literal("json_parse", Primitive.VARCHAR));
        yield new Call(ScalarFunction.LIBRARY, parsed, Primitive.VARCHAR);
      }
      case "IS JSON VALUE", "IS JSON OBJECT", "IS JSON ARRAY", "IS JSON SCALAR" ->
          isJson(call, name.substring("IS JSON ".length()), false);
      case "IS NOT JSON VALUE", "IS NOT JSON OBJECT", "IS NOT JSON ARRAY", "IS NOT JSON SCALAR" ->
          isJson(call, name.substring("IS NOT JSON ".length()), true);
      case "INTERVAL_MICROSECONDS" -> IntervalOperators.convert(call);
      case "INTERVAL_WIDENED" -> MixedIntervals.number(operands.get(0), expressions);
      case "DATE_TRUNC" -> plain(ScalarFunction.DATE_TRUNC, call, type);
      case "TRY" -> plain(ScalarFunction.TRY, call, type);
      case "ITEM" -> item(call, type);
      case "$EMPTY_ARRAY" -> new Call(ScalarFunction.ARRAY_CONSTRUCTOR, List.of(), type);
      case "$EMPTY_MAP" -> new Call(ScalarFunction.MAP_CONSTRUCTOR, List.of(), type);
      case "CARDINALITY" -> plain(ScalarFunction.CARDINALITY, call, type);
      case "CURRENT_TIMESTAMP" -> new Call(ScalarFunction.CURRENT_TIMESTAMP, List.of(), type);
      case "LOCALTIMESTAMP" -> new Call(ScalarFunction.LOCAL_TIMESTAMP, List.of(), type);
      case "LOCALTIME", "CURRENT_TIME" ->
          new Cast(
              new Call(ScalarFunction.LOCAL_TIMESTAMP, List.of(), Primitive.TIMESTAMP),
              type,
              false);
      case "CURRENT_DATE" -> new Call(ScalarFunction.CURRENT_DATE, List.of(), type);
      default ->
          throw EngineException.unsupported("the function or operator " + call.getOperator());
    };
  }

  /** A volatile call is told from every other one by a number behind its name. */
  private ScalarExpression library(LibraryFunction function, RexCall call, SqlType type) {
    List<RexNode> operands = call.getOperands();
    Binding binding =
        LibraryOperator.bind(function, operands.stream().map(RexNode::getType).toList());
    if (binding == null) {
      throw EngineException.internal("no signature of " + function.name() + " fits " + call);
    }
    String identity = function.name();
    if (identity.equals("to_char") && RexCallConverter.isInterval(operands.get(0))) {
      // in the engine the number that stands for it could not be told from any other
      identity = "interval_to_char";
    }
    if (function.isVolatile()) {
      identity += ScalarFunction.VOLATILE_MARK + Integer.toString(volatileCalls++);
    }
    List<ScalarExpression> converted = new ArrayList<>();
    converted.add(new Literal(identity, Primitive.VARCHAR));
    for (int i = 0; i < operands.size(); i++) {
      ScalarExpression operand =
          RexCallConverter.isInterval(operands.get(i))
              ? MixedIntervals.number(operands.get(i), expressions)
              : expressions.convert(operands.get(i), binding.arguments().get(i));
      converted.add(
          JsonCalls.isConstructor(function.name()) ? JsonCalls.operand(operand) : operand);
    }
    return folder.cast(new Call(ScalarFunction.LIBRARY, converted, binding.result()), type, false);
  }

  private ScalarExpression plain(ScalarFunction function, RexCall call, SqlType type) {
    return folder.call(function, expressions.convert(call.getOperands()), type);
  }

  private ScalarExpression sameType(ScalarFunction function, RexCall call, SqlType type) {
    List<ScalarExpression> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(expressions.convert(operand, type));
    }
    return folder.call(function, operands, type);
  }

  private ScalarExpression text(ScalarFunction function, RexCall call, SqlType type) {
    return new Call(function, texts(call.getOperands()), type);
  }

  private List<ScalarExpression> texts(List<RexNode> operands) {
    List<ScalarExpression> texts = new ArrayList<>();
    for (RexNode operand : operands) {
      texts.add(expressions.convert(operand, Primitive.VARCHAR));
    }
    return texts;
  }

  private ScalarExpression concat(RexCall call, SqlType type) {
    ScalarExpression element =
        type instanceof SqlType.ArrayType array
            ? ArrayConcatenation.convert(call.getOperands(), array, expressions)
            : null;
    if (element != null) {
      return element;
    }
    SqlType result = type instanceof SqlType.FixedType ? Primitive.VARBINARY : type;
    List<ScalarExpression> parts = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      parts.add(expressions.convert(operand, result));
    }
    if (type instanceof SqlType.ArrayType) {
      parts.add(0, new Literal("array_concat", Primitive.VARCHAR));
      return new Call(ScalarFunction.LIBRARY, parts, type);
    }
    ScalarExpression joined = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      joined = new Call(ScalarFunction.CONCAT, List.of(joined, parts.get(i)), result);
    }
    return folder.cast(joined, type, false);
  }

  private ScalarExpression substring(RexCall call, SqlType type) {
    List<ScalarExpression> operands = new ArrayList<>();
    ScalarExpression value = expressions.convert(call.getOperands().get(0));
    if (value.type() instanceof SqlType.FixedType) {
      value = folder.cast(value, Primitive.VARBINARY, false);
    }
    if (value.type() != Primitive.VARCHAR && value.type() != Primitive.VARBINARY) {
      throw EngineException.unsupported("SUBSTRING of " + value.type().sqlName());
    }
    operands.add(value);
    for (int i = 1; i < call.getOperands().size(); i++) {
      operands.add(expressions.convert(call.getOperands().get(i), Primitive.INTEGER));
    }
    return folder.cast(new Call(ScalarFunction.SUBSTRING, operands, value.type()), type, false);
  }

  private ScalarExpression trim(RexCall call, SqlType type) {
    String flag = flag(call.getOperands().get(0));
    ScalarFunction function =
        switch (flag) {
          case "LEADING" -> ScalarFunction.TRIM_LEADING;
          case "TRAILING" -> ScalarFunction.TRIM_TRAILING;
          default -> ScalarFunction.TRIM_BOTH;
        };
    ScalarExpression characters = expressions.convert(call.getOperands().get(1), Primitive.VARCHAR);
    ScalarExpression text = expressions.convert(call.getOperands().get(2), Primitive.VARCHAR);
    return new Call(function, List.of(text, characters), type);
  }

  private static String flag(RexNode node) {
    if (RexCallConverter.isFlag(node)) {
      return String.valueOf(((RexLiteral) node).getValue()).toUpperCase(Locale.ROOT);
    }
    throw EngineException.unsupported("the flag " + node);
  }

  private ScalarExpression floor(ScalarFunction function, RexCall call, SqlType type) {
    if (call.getOperands().size() == 2) {
      if (function == ScalarFunction.CEIL) {
        throw EngineException.unsupported("CEIL(... TO unit)");
      }
      String unit = flag(call.getOperands().get(1)).toLowerCase(Locale.ROOT);
      return new Call(
          ScalarFunction.DATE_TRUNC,
          List.of(
              new Literal(unit, Primitive.VARCHAR), expressions.convert(call.getOperands().get(0))),
          type);
    }
    return sameTypeUnlessDecimal(function, call, type);
  }

  private ScalarExpression sameTypeUnlessDecimal(
      ScalarFunction function, RexCall call, SqlType type) {
    ScalarExpression operand = expressions.convert(call.getOperands().get(0));
    if (TypeRules.isInteger(operand.type())) {
      return folder.cast(operand, type, false);
    }
    if (!(operand.type() instanceof DecimalType)) {
      operand = folder.cast(operand, type, false);
    }
    return new Call(function, List.of(operand), type);
  }

  private ScalarExpression doubles(ScalarFunction function, RexCall call) {
    List<ScalarExpression> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(expressions.convert(operand, Primitive.DOUBLE));
    }
    return folder.cast(
        new Call(function, operands, Primitive.DOUBLE), CalciteTypes.toSql(call.getType()), false);
  }

  private ScalarExpression extract(String unit, RexNode operand, SqlType type) {
    if (RexCallConverter.isInterval(operand)) {
      return new IntervalFields(folder).extract(unit, expressions.convert(operand), type);
    }
    ScalarFunction function =
        switch (unit) {
          case "YEAR" -> ScalarFunction.EXTRACT_YEAR;
          case "QUARTER" -> ScalarFunction.EXTRACT_QUARTER;
          case "MONTH" -> ScalarFunction.EXTRACT_MONTH;
          case "WEEK" -> ScalarFunction.EXTRACT_WEEK;
          case "DAY" -> ScalarFunction.EXTRACT_DAY;
          case "DOW" -> ScalarFunction.EXTRACT_DAY_OF_WEEK;
          case "DOY" -> ScalarFunction.EXTRACT_DAY_OF_YEAR;
          case "HOUR" -> ScalarFunction.EXTRACT_HOUR;
          case "MINUTE" -> ScalarFunction.EXTRACT_MINUTE;
          case "SECOND" -> ScalarFunction.EXTRACT_SECOND;
          case "EPOCH" -> ScalarFunction.EXTRACT_EPOCH;
          case "MILLENNIUM",
              "CENTURY",
              "DECADE",
              "ISOYEAR",
              "ISODOW",
              "MILLISECOND",
              "MICROSECOND" ->
              ScalarFunction.LIBRARY;
          default -> throw EngineException.unsupported("EXTRACT(" + unit + ")");
        };
    if (function == ScalarFunction.LIBRARY) {
      Literal name = new Literal("date_part", Primitive.VARCHAR);
      Literal field = new Literal(unit.toLowerCase(Locale.ROOT), Primitive.VARCHAR);
      return folder.cast(
          new Call(function, List.of(name, field, expressions.convert(operand)), Primitive.DOUBLE),
          type,
          false);
    }
    return new Call(function, List.of(expressions.convert(operand)), type);
  }

  private ScalarExpression item(RexCall call, SqlType type) {
    ScalarExpression container = expressions.convert(call.getOperands().get(0));
    if (container.type() == Primitive.VARIANT) {
      ScalarExpression key = expressions.convert(call.getOperands().get(1));
      boolean isName = key.type() == Primitive.VARCHAR;
      return new Call(
          ScalarFunction.ITEM,
          List.of(container, folder.cast(key, isName ? key.type() : Primitive.BIGINT, false)),
          type);
    }
    SqlType keyType =
        container.type() instanceof SqlType.MapType map ? map.key() : Primitive.INTEGER;
    return new Call(
        ScalarFunction.ITEM,
        List.of(container, expressions.convert(call.getOperands().get(1), keyType)),
        type);
  }
}
