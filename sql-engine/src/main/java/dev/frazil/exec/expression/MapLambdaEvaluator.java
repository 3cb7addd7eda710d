package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.ElementSet;
import dev.frazil.function.LambdaFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;

/** Functions of a map and a lambda of its keys and values; null for a null map. */
record MapLambdaEvaluator(LambdaFunction function, Evaluator map, LambdaBody body, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    Elements entries = Elements.of(batch, (MapVector) map.evaluate(batch));
    ColumnVector values = body.evaluate(batch, entries);
    return switch (function) {
      case TRANSFORM_VALUES -> made(entries, rows, entries.columns().get(0), values);
      case TRANSFORM_KEYS -> {
        checkKeys(values, entries.offsets(), rows);
        yield made(entries, rows, values, entries.columns().get(1));
      }
      case MAP_FILTER -> {
        Elements kept = entries.keep(values, rows);
        yield made(kept, rows, kept.columns().get(0), kept.columns().get(1));
      }
      case TRANSFORM,
          FILTER,
          ANY_MATCH,
          ALL_MATCH,
          NONE_MATCH,
          REDUCE,
          ZIP_WITH,
          ARRAY_SORT,
          MAP_ZIP_WITH ->
          throw EngineException.internal(function + " is not of a map");
    };
  }

  private MapVector made(Elements entries, int rows, ColumnVector keys, ColumnVector values) {
    return new MapVector(type, rows, entries.offsets(), keys, values, entries.nulls());
  }

  private static void checkKeys(ColumnVector keys, int[] offsets, int rows) {
    for (int row = 0; row < rows; row++) {
      ElementSet seen = new ElementSet();
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        if (keys.isNull(i)) {
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE, "transform_keys: a key must not be null");
        } else if (!seen.add(keys, i)) {
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE, "transform_keys: a map has each key once");
        }
      }
    }
  }
}
