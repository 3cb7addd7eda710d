package dev.frazil.engine;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code VALUES (?, ...)} over many sets of parameters at once: the parameters become columns, the
 * expressions run over them batch by batch, so that 10,000 sets cost a few calls of each kernel.
 * One thread.
 */
final class ParameterRows {
  private final List<SqlType> parameters;

  /** For each row of VALUES: the expressions of each level, innermost first. */
  private final List<List<List<ScalarExpression>>> rows;

  private ParameterRows(List<SqlType> parameters, List<List<List<ScalarExpression>>> rows) {
    this.parameters = parameters;
    this.rows = rows;
  }

  /** For projections over VALUES; null for every other source. */
  static @Nullable ParameterRows of(PhysicalNode source, List<SqlType> parameters) {
    List<List<ScalarExpression>> projections = new ArrayList<>();
    PhysicalNode node = source;
    while (node instanceof PhysicalNode.Project project) {
      projections.add(0, project.expressions());
      node = project.input();
    }
    if (!(node instanceof PhysicalNode.Values values)) {
      return null;
    }
    List<List<List<ScalarExpression>>> rows = new ArrayList<>();
    for (List<ScalarExpression> row : values.rows()) {
      List<List<ScalarExpression>> levels = new ArrayList<>();
      levels.add(row);
      levels.addAll(projections);
      rows.add(asColumns(levels));
    }
    return new ParameterRows(parameters, rows);
  }

  /** Rows that one set of parameters gives. */
  int rowsPerSet() {
    return rows.size();
  }

  /** Whether what is drawn anew for each row tells the order of several rows of a set. */
  private boolean ordersRows() {
    return rows.size() > 1
        && rows.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .anyMatch(Expressions::isVolatile);
  }

  /** Hands the rows of all sets on, in batches: all rows of the first set first, if that shows. */
  void forEachBatch(List<ParameterValues> sets, QueryContext context, Consumer<RowBatch> consumer) {
    if (sets.size() > 1 && ordersRows()) {
      sets.forEach(set -> forEachBatch(List.of(set), context, consumer));
      return;
    }
    for (List<List<ScalarExpression>> levels : rows) {
      List<List<Evaluator>> compiled = new ArrayList<>();
      for (List<ScalarExpression> level : levels) {
        compiled.add(
            level.stream()
                .map(expression -> ExpressionEvaluator.compile(expression, context))
                .toList());
      }
      for (int from = 0; from < sets.size(); from += RowBatch.TARGET_ROWS) {
        context.cancellation().check();
        int to = Math.min(sets.size(), from + RowBatch.TARGET_ROWS);
        consumer.accept(evaluate(compiled, parameterColumns(sets.subList(from, to)), to - from));
      }
    }
  }

  private static RowBatch evaluate(
      List<List<Evaluator>> levels, List<ColumnVector> parameterColumns, int rowCount) {
    List<ColumnVector> columns = List.of();
    for (List<Evaluator> level : levels) {
      List<ColumnVector> input = new ArrayList<>(columns);
      input.addAll(parameterColumns);
      RowBatch batch = new RowBatch(input, rowCount);
      columns = level.stream().map(evaluator -> evaluator.evaluate(batch)).toList();
    }
    return new RowBatch(columns, rowCount);
  }

  private List<ColumnVector> parameterColumns(List<ParameterValues> sets) {
    List<ColumnVector> columns = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      VectorBuilder builder = VectorBuilder.of(parameters.get(i));
      for (ParameterValues set : sets) {
        builder.appendValue(set.values().get(i));
      }
      columns.add(builder.build());
    }
    return columns;
  }

  /** Parameter {@code i} becomes the column {@code i} after those of the level's input. */
  private static List<List<ScalarExpression>> asColumns(List<List<ScalarExpression>> levels) {
    List<List<ScalarExpression>> rewritten = new ArrayList<>();
    int inputColumns = 0;
    for (List<ScalarExpression> level : levels) {
      int base = inputColumns;
      rewritten.add(level.stream().map(expression -> asColumns(expression, base)).toList());
      inputColumns = level.size();
    }
    return rewritten;
  }

  private static ScalarExpression asColumns(ScalarExpression expression, int base) {
    if (expression instanceof ScalarExpression.Parameter parameter) {
      return new ScalarExpression.InputReference(base + parameter.index(), parameter.type());
    } else if (expression instanceof ScalarExpression.Call call) {
      return new ScalarExpression.Call(
          call.function(),
          call.operands().stream().map(operand -> asColumns(operand, base)).toList(),
          call.type());
    } else if (expression instanceof ScalarExpression.Cast cast) {
      return new ScalarExpression.Cast(asColumns(cast.operand(), base), cast.type(), cast.safe());
    }
    return expression;
  }
}
