package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.function.LambdaFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.RowBatch;

/** Functions of an array and a lambda of its elements; null for a null array. */
record ArrayLambdaEvaluator(LambdaFunction function, Evaluator array, LambdaBody body, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    Elements elements = Elements.of(batch, (ListVector) array.evaluate(batch));
    ColumnVector values = body.evaluate(batch, elements);
    return switch (function) {
      case TRANSFORM -> new ListVector(type, rows, elements.offsets(), values, elements.nulls());
      case FILTER -> {
        Elements kept = elements.keep(values, rows);
        yield new ListVector(type, rows, kept.offsets(), kept.columns().get(0), kept.nulls());
      }
      case ANY_MATCH -> match(elements, values, rows, true, true);
      case ALL_MATCH -> match(elements, values, rows, false, false);
      case NONE_MATCH -> match(elements, values, rows, true, false);
      case REDUCE, ZIP_WITH, TRANSFORM_VALUES, TRANSFORM_KEYS, MAP_FILTER ->
          throw EngineException.internal(function + " is not of one array");
    };
  }

  /**
   * Three-valued: {@code answer} where an element is {@code decisive}, else null where one is null,
   * else the opposite.
   */
  private BooleanVector match(
      Elements elements, ColumnVector values, int rows, boolean decisive, boolean answer) {
    boolean[] truth = VectorEvaluator.truth(values).values();
    boolean[] result = new boolean[rows];
    boolean[] nulls = new boolean[rows];
    boolean[] arrayNulls = elements.nulls();
    boolean anyNull = false;
    for (int row = 0; row < rows; row++) {
      boolean found = false;
      boolean unknown = arrayNulls != null && arrayNulls[row];
      for (int i = elements.offsets()[row]; i < elements.offsets()[row + 1] && !found; i++) {
        if (values.isNull(i)) {
          unknown = true;
        } else {
          found = truth[i] == decisive;
        }
      }
      result[row] = found == answer;
      nulls[row] = !found && unknown;
      anyNull |= nulls[row];
    }
    return new BooleanVector(type, rows, result, anyNull ? nulls : null);
  }
}
