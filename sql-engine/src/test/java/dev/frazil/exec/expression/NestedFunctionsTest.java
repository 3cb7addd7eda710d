package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NestedFunctionsTest {
  private static final SqlType ARRAY = new ArrayType(INTEGER);
  private static final SqlType MAP = new MapType(VARCHAR, INTEGER);
  private static final SqlType ROW =
      new RowType(List.of(new Field("a", INTEGER), new Field("b", VARCHAR)));

  @Test
  void takesApart() {
    ColumnVector arrays = vector(ARRAY, List.of(10, 20), null, List.of(), Arrays.asList(1, null));
    ColumnVector indexes = vector(INTEGER, 2, 1, 1, 2);
    assertThat(
            evaluate(
                call(ScalarFunction.ITEM, INTEGER, column(0, ARRAY), column(1, INTEGER)),
                arrays,
                indexes))
        .containsExactly(20, null, null, null);
    assertThat(evaluate(call(ScalarFunction.CARDINALITY, BIGINT, column(0, ARRAY)), arrays))
        .containsExactly(2L, null, 0L, 2L);
    ColumnVector maps = vector(MAP, Map.of("x", 1), Map.of(), null);
    assertThat(evaluate(call(ScalarFunction.ITEM, INTEGER, column(0, MAP), text("x")), maps))
        .containsExactly(1, null, null);
    ColumnVector rows = vector(ROW, List.of(1, "p"), null, Arrays.asList(null, "q"));
    assertThat(evaluate(call(ScalarFunction.FIELD, VARCHAR, column(0, ROW), number(1)), rows))
        .containsExactly("p", null, "q");
  }

  @Test
  void constructs() {
    ColumnVector numbers = vector(INTEGER, 1, null);
    ColumnVector texts = vector(VARCHAR, "x", "y");
    assertThat(
            evaluate(
                call(ScalarFunction.ARRAY_CONSTRUCTOR, ARRAY, column(0, INTEGER), number(7)),
                numbers))
        .containsExactly(List.of(1, 7), Arrays.asList(null, 7));
    assertThat(
            evaluate(
                call(ScalarFunction.ROW_CONSTRUCTOR, ROW, column(0, INTEGER), column(1, VARCHAR)),
                numbers,
                texts))
        .containsExactly(List.of(1, "x"), Arrays.asList(null, "y"));
    ScalarExpression map =
        call(ScalarFunction.MAP_CONSTRUCTOR, MAP, column(1, VARCHAR), column(0, INTEGER));
    assertThat(evaluate(map, vector(INTEGER, 1, 2), texts))
        .containsExactly(Map.of("x", 1), Map.of("y", 2));
    assertThatThrownBy(() -> evaluate(map, numbers, vector(VARCHAR, "x", null)))
        .hasMessageContaining("key of a map");
  }

  @Test
  void comparesAndMerges() {
    ColumnVector left = vector(ARRAY, List.of(1), List.of(1, 2), null);
    ColumnVector right = vector(ARRAY, List.of(1), List.of(1, 3), List.of());
    assertThat(
            evaluate(test(ScalarFunction.EQUAL, column(0, ARRAY), column(1, ARRAY)), left, right))
        .containsExactly(true, false, null);
    assertThat(evaluate(test(ScalarFunction.LESS, column(0, ARRAY), column(1, ARRAY)), left, right))
        .containsExactly(false, true, null);
    assertThat(
            evaluate(
                call(ScalarFunction.COALESCE, ARRAY, column(0, ARRAY), column(1, ARRAY)),
                left,
                right))
        .containsExactly(List.of(1), List.of(1, 2), List.of());
  }
}
