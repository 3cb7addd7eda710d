package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.util.SqlVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Calls with lambdas before they are validated: {@code transform(a, x -> x + b)} becomes {@code
 * transform(0, a, $element(0, 0, a) + b)}. Calcite knows lambdas too, but no columns in them. One
 * per statement.
 */
final class LambdaCalls {
  private final LambdaBodies bodies = new LambdaBodies();
  private int depth;

  /** The function with lambdas that a call as parsed names, or null. */
  static @Nullable LambdaFunction function(SqlCall call) {
    LambdaFunction function =
        call.getOperator() instanceof SqlUnresolvedFunction
            ? LambdaFunction.find(call.getOperator().getName())
            : null;
    boolean isPlain =
        function == LambdaFunction.ARRAY_SORT
            && call.getOperandList().stream().noneMatch(SqlLambda.class::isInstance);
    return isPlain ? null : function;
  }

  /** Rewrites a call; {@code rewriter} visits the parts of the outcome once each. */
  SqlCall rewrite(SqlCall call, LambdaFunction function, SqlVisitor<SqlNode> rewriter) {
    List<SqlNode> operands = call.getOperandList();
    List<Integer> parameters = function.parameterCounts();
    int values = function.valueCount();
    boolean fits = operands.size() == values + parameters.size();
    for (int i = 0; fits && i < operands.size(); i++) {
      fits =
          i < values
              ? !(operands.get(i) instanceof SqlLambda)
              : operands.get(i) instanceof SqlLambda lambda
                  && lambda.getParameters().size() == parameters.get(i - values);
    }
    if (!fits) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION,
          function.sqlName() + " does not take these arguments; it is " + function.form());
    }
    List<SqlNode> rewritten = new ArrayList<>();
    rewritten.add(SqlLiteral.createExactNumeric(Integer.toString(depth), call.getParserPosition()));
    for (int i = 0; i < values; i++) {
      rewritten.add(operands.get(i).accept(rewriter));
    }
    for (int i = values; i < operands.size(); i++) {
      SqlLambda lambda = (SqlLambda) operands.get(i);
      List<SqlCall> sources = new ArrayList<>();
      for (int p = 0; p < lambda.getParameters().size(); p++) {
        sources.add(source(function, call, lambda, p));
      }
      SqlNode body = bodies.bind(lambda, sources);
      depth++;
      rewritten.add(body.accept(rewriter));
      depth--;
    }
    return LambdaOperator.of(function).createCall(call.getParserPosition(), rewritten);
  }

  private SqlCall source(LambdaFunction function, SqlCall call, SqlLambda lambda, int number) {
    SqlIdentifier name = (SqlIdentifier) lambda.getParameters().get(number);
    boolean isReduce = function == LambdaFunction.REDUCE;
    LambdaParameter kind =
        switch (function) {
          case TRANSFORM, FILTER, ANY_MATCH, ALL_MATCH, NONE_MATCH, ZIP_WITH, ARRAY_SORT ->
              LambdaParameter.ELEMENT;
          case REDUCE -> number == 0 ? LambdaParameter.STATE : LambdaParameter.ELEMENT;
          case TRANSFORM_VALUES, TRANSFORM_KEYS, MAP_FILTER, MAP_ZIP_WITH ->
              number == 0 ? LambdaParameter.KEY : LambdaParameter.VALUE;
        };
    int operand =
        isReduce
            ? 1 - number
            : function == LambdaFunction.ZIP_WITH
                ? number
                : function == LambdaFunction.MAP_ZIP_WITH ? number / 2 : 0;
    return kind.of(depth, number, call.operand(operand), name.getParserPosition());
  }
}
