package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors: the right SQLState, naming the values, and only from rows that reach the operation. */
class ExpressionErrorsTest {
  private static void assertFails(
      SqlState state, String words, ScalarExpression expression, ColumnVector... columns) {
    assertThatThrownBy(() -> evaluate(expression, columns))
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(words);
  }

  private static ScalarExpression binary(ScalarFunction function, SqlType type) {
    return call(function, type, column(0, type), column(1, type));
  }

  @Test
  void integersOverflow() {
    ColumnVector max = vector(INTEGER, 1, Integer.MAX_VALUE, 3);
    ColumnVector min = vector(BIGINT, 1L, Long.MIN_VALUE, 3L);
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "2147483647 + 2147483647",
        binary(ScalarFunction.ADD, INTEGER),
        max,
        max);
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "2147483647 * 2147483647",
        binary(ScalarFunction.MULTIPLY, INTEGER),
        max,
        max);
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "-9223372036854775808 - 1",
        binary(ScalarFunction.SUBTRACT, BIGINT),
        min,
        vector(BIGINT, 1L, 1L, 1L));
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint",
        binary(ScalarFunction.DIVIDE, BIGINT),
        min,
        vector(BIGINT, 1L, -1L, 1L));
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint",
        call(ScalarFunction.NEGATE, BIGINT, column(0, BIGINT)),
        min);
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint",
        call(ScalarFunction.ABS, BIGINT, column(0, BIGINT)),
        min);
  }

  @Test
  void divisionByZero() {
    assertFails(
        SqlState.DIVISION_BY_ZERO,
        "division of 7 by zero",
        binary(ScalarFunction.DIVIDE, INTEGER),
        vector(INTEGER, 7),
        vector(INTEGER, 0));
    assertFails(
        SqlState.DIVISION_BY_ZERO,
        "7",
        binary(ScalarFunction.MODULO, BIGINT),
        vector(BIGINT, 7L),
        vector(BIGINT, 0L));
    assertFails(
        SqlState.DIVISION_BY_ZERO,
        "7.0",
        binary(ScalarFunction.DIVIDE, DOUBLE),
        vector(DOUBLE, 7d),
        vector(DOUBLE, -0d));
    assertFails(
        SqlState.DIVISION_BY_ZERO,
        "7.25",
        binary(ScalarFunction.DIVIDE, decimal(5, 2)),
        vector(decimal(5, 2), new BigDecimal("7.25")),
        vector(decimal(5, 2), BigDecimal.ZERO));
  }

  @Test
  void decimalsOverflow() {
    BigDecimal big = BigDecimal.TEN.pow(37);
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "decimal(38,0)",
        call(
            ScalarFunction.MULTIPLY,
            decimal(38, 0),
            column(0, decimal(38, 0)),
            column(0, decimal(38, 0))),
        vector(decimal(38, 0), big));
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "decimal(38,0)",
        call(
            ScalarFunction.ADD,
            decimal(38, 0),
            column(0, decimal(38, 0)),
            column(0, decimal(38, 0))),
        vector(decimal(38, 0), new BigDecimal("9".repeat(38))));
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "decimal(3,1)",
        cast(column(0, decimal(5, 2)), decimal(3, 1)),
        vector(decimal(5, 2), new BigDecimal("99.95")));
  }

  @Test
  void nullsAndDeadRowsDoNotFail() {
    ColumnVector max = vector(INTEGER, Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    ColumnVector other = vector(INTEGER, null, 1, 5);
    RowBatch batch =
        new RowBatch(List.of(max, other), 3, new SelectionVector(new int[] {0, 1, 99}, 2));
    ColumnVector sum =
        ExpressionEvaluator.compile(binary(ScalarFunction.ADD, INTEGER), context()).evaluate(batch);
    assertThat(VectorValues.read(sum, 0)).isNull();
    assertThat(VectorValues.read(sum, 1)).isEqualTo(2);
  }

  @Test
  void branchesOnlySeeTheirRows() {
    ScalarExpression failing = call(ScalarFunction.DIVIDE, INTEGER, number(1), column(0, INTEGER));
    ScalarExpression isZero = test(ScalarFunction.EQUAL, column(0, INTEGER), number(0));
    ColumnVector zeros = vector(INTEGER, 0, 1, 0, 2, 0);
    assertThat(evaluate(call(ScalarFunction.CASE, INTEGER, isZero, number(-1), failing), zeros))
        .containsExactly(-1, 1, -1, 0, -1);
    assertThat(
            evaluate(
                call(
                    ScalarFunction.COALESCE,
                    INTEGER,
                    call(ScalarFunction.CASE, INTEGER, isZero, number(9), nothing(INTEGER)),
                    failing),
                zeros))
        .containsExactly(9, 1, 9, 0, 9);
    assertThat(
            evaluate(
                test(ScalarFunction.OR, isZero, test(ScalarFunction.EQUAL, failing, number(1))),
                zeros))
        .containsExactly(true, true, true, false, true);
    // a constant that fails does so only where a row asks for it
    ScalarExpression bad = call(ScalarFunction.DIVIDE, INTEGER, number(1), number(0));
    ScalarExpression guarded =
        call(
            ScalarFunction.CASE,
            INTEGER,
            test(ScalarFunction.LESS, column(0, INTEGER), number(0)),
            bad,
            number(5));
    assertThat(evaluate(guarded, zeros)).containsExactly(5, 5, 5, 5, 5);
    assertFails(SqlState.DIVISION_BY_ZERO, "zero", guarded, vector(INTEGER, -1));
  }

  @Test
  void domainsOfFunctions() {
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "LN(0.0)",
        call(ScalarFunction.LN, DOUBLE, column(0, DOUBLE)),
        vector(DOUBLE, 0d));
    assertFails(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "SQRT(-1.0)",
        call(ScalarFunction.SQRT, DOUBLE, column(0, DOUBLE)),
        vector(DOUBLE, -1d));
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "fortnight",
        call(ScalarFunction.DATE_TRUNC, TIMESTAMP, text("fortnight"), column(0, TIMESTAMP)),
        vector(TIMESTAMP, 0L));
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "-1",
        call(ScalarFunction.SUBSTRING, VARCHAR, column(0, VARCHAR), number(1), number(-1)),
        vector(VARCHAR, "x"));
    assertFails(
        SqlState.DATETIME_OVERFLOW,
        "date",
        call(ScalarFunction.ADD, DATE, column(0, DATE), number(1)),
        vector(DATE, Integer.MAX_VALUE));
    assertFails(
        SqlState.DATATYPE_MISMATCH,
        "boolean",
        cast(column(0, BOOLEAN), DATE),
        vector(BOOLEAN, true));
  }

  @Test
  void missingParameter() {
    ScalarExpression parameter = new ScalarExpression.Parameter(1, INTEGER);
    assertThat(value(parameter, context(4, 5))).isEqualTo(5);
    assertThatThrownBy(() -> value(parameter, context(4)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("parameter 2");
  }
}
