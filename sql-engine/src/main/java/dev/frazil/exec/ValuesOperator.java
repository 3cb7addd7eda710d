package dev.frazil.exec;

import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constant rows; expressions other than literals are evaluated once, over no columns. */
final class ValuesOperator implements Operator {
  private static final RowBatch ONE_ROW = new RowBatch(List.of(), 1);

  private final PhysicalNode.Values values;
  private final QueryContext context;
  private int position;

  ValuesOperator(PhysicalNode.Values values, QueryContext context) {
    this.values = values;
    this.context = context;
  }

  @Override
  public @Nullable RowBatch next() {
    int count = Math.min(values.rows().size() - position, RowBatch.TARGET_ROWS);
    if (count <= 0) {
      return null;
    }
    context.cancellation().check();
    List<ColumnVector> columns = new ArrayList<>();
    for (int c = 0; c < values.columns().size(); c++) {
      VectorBuilder builder = VectorBuilder.of(values.columns().get(c).type());
      for (int row = position; row < position + count; row++) {
        append(builder, values.rows().get(row).get(c));
      }
      columns.add(builder.build());
    }
    position += count;
    return new RowBatch(columns, count);
  }

  private void append(VectorBuilder builder, ScalarExpression expression) {
    if (expression instanceof ScalarExpression.Literal literal) {
      builder.appendValue(literal.value());
    } else {
      builder.appendFrom(ExpressionEvaluator.compile(expression, context).evaluate(ONE_ROW), 0);
    }
  }

  @Override
  public void close() {
    position = values.rows().size();
  }
}
