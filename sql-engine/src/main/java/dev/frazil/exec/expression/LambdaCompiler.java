package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.function.LambdaFunction;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.MapType;
import java.util.List;

/** Picks the evaluator of a function with lambdas. */
final class LambdaCompiler {
  private final ExpressionEvaluator expressions;

  LambdaCompiler(ExpressionEvaluator expressions) {
    this.expressions = expressions;
  }

  Evaluator compile(Call call) {
    LambdaFunction function =
        LambdaFunction.find(String.valueOf(((Literal) call.operands().get(0)).value()));
    if (function == null
        || !(((Literal) call.operands().get(1)).value() instanceof Integer depth)) {
      throw EngineException.internal("no function with lambdas is " + call.operands().get(0));
    }
    List<ScalarExpression> operands = call.operands().subList(2, call.operands().size());
    Evaluator first = expressions.node(operands.get(0));
    LambdaBody body = LambdaBody.of(operands.get(function.valueCount()), depth, expressions);
    return switch (function) {
      case TRANSFORM, FILTER, ANY_MATCH, ALL_MATCH, NONE_MATCH ->
          new ArrayLambdaEvaluator(function, first, body, call.type());
      case TRANSFORM_VALUES, TRANSFORM_KEYS, MAP_FILTER ->
          new MapLambdaEvaluator(function, first, body, call.type());
      case ZIP_WITH ->
          new ZipWithEvaluator(first, expressions.node(operands.get(1)), body, call.type());
      case ARRAY_SORT -> new ArraySortEvaluator(first, body, call.type());
      case MAP_ZIP_WITH ->
          new MapZipEvaluator(
              first, expressions.node(operands.get(1)), body, (MapType) call.type());
      case REDUCE ->
          new ReduceEvaluator(
              first,
              expressions.node(operands.get(1)),
              body,
              LambdaBody.of(operands.get(3), depth, expressions));
    };
  }
}
