package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorValues;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedExpressionTest {
  private final ScalarExpression column = column(0, BIGINT);
  private final ScalarExpression doubled = call(ScalarFunction.ADD, BIGINT, column, column);
  private final ScalarExpression squared = call(ScalarFunction.MULTIPLY, BIGINT, doubled, doubled);
  private final ScalarExpression guarded =
      call(
          ScalarFunction.CASE,
          BIGINT,
          test(ScalarFunction.GREATER, column, literal(2L, BIGINT)),
          doubled,
          literal(0L, BIGINT));

  @Test
  void computesWhatExpressionsShareOnceABatch() {
    List<Evaluator> evaluators =
        ExpressionEvaluator.compileAll(List.of(doubled, squared, doubled, guarded), context());
    RowBatch first = new RowBatch(List.of(vector(BIGINT, 1L, 2L, 3L)), 3);
    RowBatch second = new RowBatch(List.of(vector(BIGINT, 4L, null, 6L)), 3);
    for (RowBatch batch : List.of(first, second, first)) {
      boolean isFirst = batch == first;
      ColumnVector once = evaluators.get(0).evaluate(batch);
      assertThat(VectorValues.readAll(once))
          .isEqualTo(Arrays.asList(isFirst ? 2L : 8L, isFirst ? 4L : null, isFirst ? 6L : 12L));
      assertThat(VectorValues.read(evaluators.get(1).evaluate(batch), 2))
          .isEqualTo(isFirst ? 36L : 144L);
      assertThat(evaluators.get(2).evaluate(batch)).isSameAs(once);
      assertThat(VectorValues.read(evaluators.get(3).evaluate(batch), 0))
          .isEqualTo(isFirst ? 0L : 8L);
    }
  }

  @Test
  void otherRowsAliveAreAnotherBatch() {
    List<Evaluator> evaluators =
        ExpressionEvaluator.compileAll(List.of(doubled, doubled), context());
    List<ColumnVector> columns = List.of(vector(BIGINT, Long.MAX_VALUE, 2L, 3L));
    RowBatch safe = new RowBatch(columns, 3, new SelectionVector(new int[] {1, 2}, 2));
    assertThat(VectorValues.read(evaluators.get(0).evaluate(safe), 1)).isEqualTo(4L);
    assertThatThrownBy(() -> evaluators.get(1).evaluate(new RowBatch(columns, 3)))
        .hasMessageContaining("out of the range of bigint");
  }
}
