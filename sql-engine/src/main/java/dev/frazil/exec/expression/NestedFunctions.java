package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.kernel.NullMasks;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The functions that make and take apart arrays, maps and rows. */
final class NestedFunctions {
  private NestedFunctions() {}

  /** FIELD: one field of a row. */
  record FieldEvaluator(Evaluator operand, int field) implements VectorEvaluator {
    @Override
    public ColumnVector evaluate(RowBatch batch) {
      StructVector row = (StructVector) operand.evaluate(batch);
      ColumnVector value = row.fields().get(field);
      return row.nulls() == null
          ? value
          : VectorMasks.withNulls(
              value, NullMasks.union(value.nulls(), row.nulls(), batch.rowCount()));
    }
  }

  /** ROW_CONSTRUCTOR: never null itself. */
  record RowEvaluator(List<Evaluator> fields, SqlType type) implements VectorEvaluator {
    RowEvaluator {
      fields = List.copyOf(fields);
    }

    @Override
    public ColumnVector evaluate(RowBatch batch) {
      List<ColumnVector> vectors = evaluateAll(fields, batch);
      return new StructVector(type, batch.rowCount(), vectors, null);
    }
  }

  /** ARRAY_CONSTRUCTOR and MAP_CONSTRUCTOR: never null. */
  record CollectionEvaluator(List<Evaluator> elements, SqlType type) implements VectorEvaluator {
    CollectionEvaluator {
      elements = List.copyOf(elements);
    }

    @Override
    public ColumnVector evaluate(RowBatch batch) {
      List<ColumnVector> vectors = evaluateAll(elements, batch);
      VectorBuilder builder = VectorBuilder.of(type);
      AliveRows alive = new AliveRows(batch, null);
      for (int row = alive.next(); row >= 0; row = alive.next()) {
        while (builder.rowCount() < row) {
          builder.appendNull();
        }
        if (builder instanceof ListVectorBuilder list) {
          for (ColumnVector vector : vectors) {
            list.elements().appendFrom(vector, row);
          }
          list.endRow();
        } else if (builder instanceof MapVectorBuilder map) {
          appendMap(vectors, row, map);
        }
      }
      while (builder.rowCount() < batch.rowCount()) {
        builder.appendNull();
      }
      return builder.build();
    }

    private static void appendMap(List<ColumnVector> vectors, int row, MapVectorBuilder map) {
      for (int i = 0; i < vectors.size(); i += 2) {
        if (vectors.get(i).isNull(row)) {
          throw new EngineException(SqlState.DATA_EXCEPTION, "a key of a map must not be null");
        }
        map.keys().appendFrom(vectors.get(i), row);
        map.mapValues().appendFrom(vectors.get(i + 1), row);
      }
      map.endRow();
    }
  }

  /**
   * ITEM: an element of an array by position, a value of a map by key; null where there is none.
   */
  static void item(List<ColumnVector> operands, int row, VectorBuilder result) {
    if (operands.get(0).type() == SqlType.Primitive.VARIANT) {
      VariantCasts.item(operands, row, result);
      return;
    }
    if (operands.get(0) instanceof ListVector list) {
      long index = TextFunctions.integer(operands.get(1), row);
      int from = list.offsets()[row];
      if (index < 1 || index > list.offsets()[row + 1] - from) {
        result.appendNull();
      } else {
        result.appendFrom(list.elements(), from + (int) index - 1);
      }
      return;
    }
    MapVector map = (MapVector) operands.get(0);
    for (int entry = map.offsets()[row]; entry < map.offsets()[row + 1]; entry++) {
      if (CompareKernels.compare(map.keys(), entry, operands.get(1), row) == 0) {
        result.appendFrom(map.mapValues(), entry);
        return;
      }
    }
    result.appendNull();
  }

  /** CARDINALITY: how many elements or entries. */
  static void cardinality(List<ColumnVector> operands, int row, VectorBuilder result) {
    int[] offsets =
        operands.get(0) instanceof ListVector list
            ? list.offsets()
            : ((MapVector) operands.get(0)).offsets();
    NumberConversions.appendExact(
        BigDecimal.valueOf((long) offsets[row + 1] - offsets[row]), result);
  }

  private static List<ColumnVector> evaluateAll(List<Evaluator> operands, RowBatch batch) {
    List<ColumnVector> vectors = new ArrayList<>(operands.size());
    for (Evaluator operand : operands) {
      vectors.add(operand.evaluate(batch));
    }
    return vectors;
  }
}
