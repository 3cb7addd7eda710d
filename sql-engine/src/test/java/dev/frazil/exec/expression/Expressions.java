package dev.frazil.exec.expression;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** Short ways to write expressions and vectors in tests. */
final class Expressions {
  static final SqlType BOOLEAN = Primitive.BOOLEAN;
  static final SqlType INTEGER = Primitive.INTEGER;
  static final SqlType BIGINT = Primitive.BIGINT;
  static final SqlType REAL = Primitive.REAL;
  static final SqlType DOUBLE = Primitive.DOUBLE;
  static final SqlType VARCHAR = Primitive.VARCHAR;
  static final SqlType DATE = Primitive.DATE;
  static final SqlType TIMESTAMP = Primitive.TIMESTAMP;

  private Expressions() {}

  static QueryContext context(Object... parameters) {
    return context(ZoneId.of("UTC"), parameters);
  }

  static QueryContext context(ZoneId zone, Object... parameters) {
    return new QueryContext(
        new MemoryBudget(1 << 30),
        new CancellationToken(),
        Arrays.asList(parameters),
        1_700_000_000_000_000L,
        zone,
        table -> {
          throw new UnsupportedOperationException("no files in this test");
        },
        1,
        Path.of("unused"),
        new QueryCounters());
  }

  static DecimalType decimal(int precision, int scale) {
    return new DecimalType(precision, scale);
  }

  static InputReference column(int index, SqlType type) {
    return new InputReference(index, type);
  }

  static Literal literal(Object value, SqlType type) {
    return new Literal(value, type);
  }

  static Literal text(String value) {
    return new Literal(value, VARCHAR);
  }

  static Literal number(int value) {
    return new Literal(value, INTEGER);
  }

  static Literal number(String decimal) {
    BigDecimal value = new BigDecimal(decimal);
    return new Literal(value, decimal(Math.max(value.precision(), value.scale()), value.scale()));
  }

  static Literal nothing(SqlType type) {
    return new Literal(null, type);
  }

  static Call call(ScalarFunction function, SqlType type, ScalarExpression... operands) {
    return new Call(function, List.of(operands), type);
  }

  static Call test(ScalarFunction function, ScalarExpression... operands) {
    return call(function, BOOLEAN, operands);
  }

  static Cast cast(ScalarExpression operand, SqlType type) {
    return new Cast(operand, type, false);
  }

  static Cast tryCast(ScalarExpression operand, SqlType type) {
    return new Cast(operand, type, true);
  }

  /** The value of an expression without columns. */
  static Object value(ScalarExpression expression) {
    return value(expression, context());
  }

  static Object value(ScalarExpression expression, QueryContext context) {
    ColumnVector vector =
        ExpressionEvaluator.compile(expression, context).evaluate(new RowBatch(List.of(), 1));
    return VectorValues.read(vector, 0);
  }

  /** A value as a column, so that nothing is folded. */
  static Object applied(ScalarFunction function, SqlType type, Literal... operands) {
    List<ColumnVector> columns =
        Arrays.stream(operands)
            .map(operand -> ConstantVectors.of(operand.value(), operand.type(), 3))
            .toList();
    ScalarExpression[] references = new ScalarExpression[operands.length];
    for (int i = 0; i < references.length; i++) {
      references[i] = column(i, operands[i].type());
    }
    ColumnVector vector =
        ExpressionEvaluator.compile(call(function, type, references), context())
            .evaluate(new RowBatch(columns, 3));
    return VectorValues.read(vector, 2);
  }

  static ColumnVector vector(SqlType type, Object... values) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (Object value : values) {
      builder.appendValue(value);
    }
    return builder.build();
  }

  static List<Object> evaluate(ScalarExpression expression, ColumnVector... columns) {
    RowBatch batch = new RowBatch(List.of(columns), columns[0].rowCount());
    return VectorValues.readAll(ExpressionEvaluator.compile(expression, context()).evaluate(batch));
  }
}
