package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.function.LambdaFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.List;

/** Functions of an array and a lambda of its elements; null for a null array. */
record ArrayLambdaEvaluator(LambdaFunction function, Evaluator array, LambdaBody body, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    Elements elements = Elements.of(batch, (ListVector) array.evaluate(batch));
    ColumnVector values;
    try {
      values = body.evaluate(batch, elements);
    } catch (EngineException e) {
      boolean isMatch =
          function == LambdaFunction.ANY_MATCH
              || function == LambdaFunction.ALL_MATCH
              || function == LambdaFunction.NONE_MATCH;
      if (!isMatch || !e.state().code().startsWith("22")) {
        throw e;
      }
      // what fails may stand behind the element that decides
      boolean isDecisive = function != LambdaFunction.ALL_MATCH;
      boolean answer = function == LambdaFunction.ANY_MATCH;
      return matchInTurns(batch, elements, isDecisive, answer);
    }
    return switch (function) {
      case TRANSFORM -> new ListVector(type, rows, elements.offsets(), values, elements.nulls());
      case FILTER -> {
        Elements kept = elements.keep(values, rows);
        yield new ListVector(type, rows, kept.offsets(), kept.columns().get(0), kept.nulls());
      }
      case ANY_MATCH -> match(elements, values, rows, true, true);
      case ALL_MATCH -> match(elements, values, rows, false, false);
      case NONE_MATCH -> match(elements, values, rows, true, false);
      case REDUCE,
          ZIP_WITH,
          TRANSFORM_VALUES,
          TRANSFORM_KEYS,
          MAP_FILTER,
          ARRAY_SORT,
          MAP_ZIP_WITH ->
          throw EngineException.internal(function + " is not of one array");
    };
  }

  /** The first element of all arrays, then the second of those that are open, and so on. */
  private BooleanVector matchInTurns(
      RowBatch batch, Elements elements, boolean decisive, boolean answer) {
    int rows = batch.rowCount();
    boolean[] found = new boolean[rows];
    boolean[] nulls = new boolean[rows];
    int[] open = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      boolean isNull = elements.nulls() != null && elements.nulls()[row];
      nulls[row] = isNull;
      open[count] = row;
      count += isNull ? 0 : 1;
    }
    for (int index = 0; count > 0; index++) {
      int[] going = new int[count];
      int[] positions = new int[count];
      int still = 0;
      for (int i = 0; i < count; i++) {
        int position = elements.offsets()[open[i]] + index;
        if (position < elements.offsets()[open[i] + 1]) {
          going[still] = open[i];
          positions[still++] = position;
        }
      }
      ColumnVector element = VectorGather.gather(elements.columns().get(0), positions, still);
      ColumnVector values = body.evaluate(batch, going, still, List.of(element));
      boolean[] truth = VectorEvaluator.truth(values).values();
      count = 0;
      for (int i = 0; i < still; i++) {
        if (values.isNull(i)) {
          nulls[going[i]] = true;
          open[count++] = going[i];
        } else if (truth[i] == decisive) {
          found[going[i]] = true;
          nulls[going[i]] = false;
        } else {
          open[count++] = going[i];
        }
      }
    }
    boolean[] result = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      result[row] = found[row] == answer;
    }
    return new BooleanVector(type, rows, result, nulls);
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
