package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.BatchMeter;
import dev.frazil.exec.QueryContext;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.OuterReference;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns an expression of the plan into an {@link Evaluator}: picks a kernel by the types, computes
 * constants once, functions of dictionaries once an entry, and branches on their own rows only.
 * Compiling is cheap; it neither generates nor loads code.
 */
public final class ExpressionEvaluator {
  private final QueryContext context;
  private final ResultArrays arrays;
  private final Casts casts;
  private final CallCompiler calls;

  /** How often each part stands in the expressions compiled together. */
  private final Map<ScalarExpression, Integer> occurrences = new HashMap<>();

  private final Map<ScalarExpression, Evaluator> shared = new HashMap<>();

  private ExpressionEvaluator(QueryContext context, ResultArrays arrays) {
    this.context = context;
    this.arrays = arrays;
    this.casts = new Casts(context);
    this.calls =
        new CallCompiler(
            this, new TimeZoneConversion(context.timeZone()), context.statementStartMicros());
  }

  /** An evaluator for one thread; 42804 where a cast or a call is not possible for the types. */
  public static Evaluator compile(ScalarExpression expression, QueryContext context) {
    return new ExpressionEvaluator(context, new ResultArrays(false)).branch(expression);
  }

  /** Evaluators for one thread that share what the expressions have in common. */
  public static List<Evaluator> compileAll(
      List<ScalarExpression> expressions, QueryContext context) {
    return compileAll(expressions, context, new ResultArrays(false));
  }

  /**
   * As the other form.
   *
   * @param arrays told by the caller when a batch begins
   */
  public static List<Evaluator> compileAll(
      List<ScalarExpression> expressions, QueryContext context, ResultArrays arrays) {
    ExpressionEvaluator compiler = new ExpressionEvaluator(context, arrays);
    expressions.forEach(compiler::count);
    return expressions.stream().map(compiler::branch).toList();
  }

  private void count(ScalarExpression expression) {
    if (occurrences.merge(expression, 1, Integer::sum) > 1) {
      return;
    }
    if (expression instanceof Call call) {
      call.operands().forEach(this::count);
    } else if (expression instanceof Cast cast) {
      count(cast.operand());
    }
  }

  QueryContext context() {
    return context;
  }

  ResultArrays arrays() {
    return arrays;
  }

  /** An evaluator that may be given few rows alive: those are gathered first. */
  Evaluator branch(ScalarExpression expression) {
    Evaluator evaluator = node(expression);
    boolean cheap =
        evaluator instanceof ReferenceEvaluator
            || evaluator instanceof ConstantEvaluator
            || evaluator instanceof LogicEvaluator
            || evaluator instanceof EntryEvaluator
            || (evaluator instanceof RangeEvaluator range
                && range.value() instanceof ReferenceEvaluator);
    if (cheap) {
      return evaluator;
    }
    BitSet columns = ExpressionShapes.columns(expression);
    boolean[] used = new boolean[columns.length()];
    for (int i = 0; i < used.length; i++) {
      used[i] = columns.get(i);
    }
    return new SparseEvaluator(evaluator, expression.type(), used);
  }

  /** The evaluator of an expression that sees the rows of the one around it. */
  Evaluator node(ScalarExpression expression) {
    if (expression instanceof InputReference reference) {
      return new ReferenceEvaluator(reference.index());
    } else if (expression instanceof Literal literal) {
      return ConstantEvaluator.ofValue(literal.value(), literal.type());
    } else if (expression instanceof Parameter parameter) {
      return parameter(parameter);
    } else if (expression instanceof OuterReference reference) {
      return ConstantEvaluator.ofVector(context.outerRow().value(reference.slot()));
    }
    if (ExpressionShapes.isConstant(expression)) {
      return ConstantEvaluator.ofExpression(computed(expression), expression.type());
    }
    if (occurrences.getOrDefault(expression, 0) < 2) {
      return columnar(expression);
    }
    Evaluator known = shared.get(expression);
    if (known == null) {
      known = new SharedEvaluator(columnar(expression));
      shared.put(expression, known);
    }
    return known;
  }

  private Evaluator columnar(ScalarExpression expression) {
    int text = ExpressionShapes.totalTextColumn(expression);
    if (text >= 0) {
      return new EntryEvaluator(computed(ExpressionShapes.onFirstColumn(expression)), text);
    }
    return computed(expression);
  }

  /** As {@link #node}, converted to {@code type} where the expression is of another. */
  Evaluator nodeAs(ScalarExpression expression, SqlType type) {
    return casts.compile(node(expression), expression.type(), type, false);
  }

  /** As {@link #branch}, converted to {@code type} where the expression is of another. */
  Evaluator branchAs(ScalarExpression expression, SqlType type) {
    return casts.compile(branch(expression), expression.type(), type, false);
  }

  private Evaluator computed(ScalarExpression expression) {
    if (expression instanceof Call call) {
      Evaluator membership = ArrayMembershipEvaluator.of(call, this);
      if (membership != null) {
        return membership;
      }
      Evaluator compiled = calls.compile(call);
      BatchMeter meter = context.meter();
      boolean makesValues =
          call.function() == ScalarFunction.LIBRARY || call.function() == ScalarFunction.LAMBDA;
      return meter != null && makesValues ? new MeteredEvaluator(compiled, meter) : compiled;
    } else if (expression instanceof Cast cast) {
      return casts.compile(node(cast.operand()), cast.operand().type(), cast.type(), cast.safe());
    }
    return node(expression);
  }

  private ConstantEvaluator parameter(Parameter parameter) {
    if (parameter.index() >= context.parameters().size()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "parameter " + (parameter.index() + 1) + " has no value");
    }
    return ConstantEvaluator.ofValue(context.parameters().get(parameter.index()), parameter.type());
  }
}
