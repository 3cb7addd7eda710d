package dev.frazil.exec;

import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.Unnest;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row for each element of the collections of its input's rows. */
final class UnnestOperator implements Operator {
  private final Unnest unnest;
  private final Operator input;
  private final QueryContext context;
  private final List<Evaluator> evaluators;
  private @Nullable RowBatch batch;
  private List<ColumnVector> collections = List.of();
  private int row;
  private int element;

  UnnestOperator(Unnest unnest, Operator input, QueryContext context) {
    this.unnest = unnest;
    this.input = input;
    this.context = context;
    this.evaluators = ExpressionEvaluator.compileAll(unnest.collections(), context);
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      context.cancellation().check();
      RowBatch current = batch;
      if (current == null) {
        RowBatch next = input.next();
        if (next == null) {
          return null;
        }
        current = RowBatches.compact(next);
        batch = current;
        collections = evaluate(current);
        row = 0;
        element = 0;
      }
      RowBatch result = elements(current);
      if (row >= current.rowCount()) {
        batch = null;
      }
      if (result != null) {
        return result;
      }
    }
  }

  private List<ColumnVector> evaluate(RowBatch current) {
    List<ColumnVector> values = new ArrayList<>();
    for (Evaluator evaluator : evaluators) {
      values.add(evaluator.evaluate(current));
    }
    return values;
  }

  private @Nullable RowBatch elements(RowBatch current) {
    int[] rows = new int[RowBatch.TARGET_ROWS];
    int[] numbers = new int[RowBatch.TARGET_ROWS];
    int[][] positions = new int[collections.size()][RowBatch.TARGET_ROWS];
    int count = 0;
    while (row < current.rowCount() && count < rows.length) {
      int length = 0;
      for (ColumnVector collection : collections) {
        length = Math.max(length, length(collection, row));
      }
      if (length == 0 && unnest.keepsEmpty()) {
        rows[count] = row;
        numbers[count] = 0;
        for (int[] position : positions) {
          position[count] = -1;
        }
        count++;
      }
      while (element < length && count < rows.length) {
        rows[count] = row;
        numbers[count] = element + 1;
        for (int i = 0; i < positions.length; i++) {
          ColumnVector collection = collections.get(i);
          positions[i][count] =
              element < length(collection, row) ? offsets(collection)[row] + element : -1;
        }
        count++;
        element++;
      }
      if (element >= length) {
        row++;
        element = 0;
      }
    }
    return count == 0 ? null : output(current, rows, positions, numbers, count);
  }

  private RowBatch output(
      RowBatch current, int[] rows, int[][] positions, int[] numbers, int count) {
    List<ColumnVector> columns = new ArrayList<>();
    for (int i = 0; i < current.columns().size(); i++) {
      ColumnVector column = current.column(i);
      // a collection that is not wanted itself would be copied for each of its elements
      columns.add(
          unnest.unread().contains(i)
              ? ConstantVectors.nulls(column.type(), count)
              : VectorGather.gather(column, rows, count));
    }
    for (int i = 0; i < positions.length; i++) {
      add(collections.get(i), unnest.kinds().get(i), positions[i], count, columns);
    }
    if (unnest.ordinality()) {
      columns.add(ordinality(numbers, count));
    }
    return new RowBatch(columns, count);
  }

  private static void add(
      ColumnVector collection,
      Unnest.Kind kind,
      int[] positions,
      int count,
      List<ColumnVector> columns) {
    switch (kind) {
      case ELEMENT ->
          columns.add(
              VectorGather.gatherOrNull(((ListVector) collection).elements(), positions, count));
      case ENTRY -> {
        MapVector map = (MapVector) collection;
        columns.add(VectorGather.gatherOrNull(map.keys(), positions, count));
        columns.add(VectorGather.gatherOrNull(map.mapValues(), positions, count));
      }
      case FIELDS -> {
        StructVector structs = (StructVector) ((ListVector) collection).elements();
        int[] present = positions.clone();
        for (int i = 0; i < count; i++) {
          if (present[i] >= 0 && structs.isNull(present[i])) {
            present[i] = -1;
          }
        }
        for (ColumnVector field : structs.fields()) {
          columns.add(VectorGather.gatherOrNull(field, present, count));
        }
      }
    }
  }

  /** Null for a row that comes out although it has no element. */
  private static ColumnVector ordinality(int[] numbers, int count) {
    boolean @Nullable [] nulls = null;
    for (int i = 0; i < count; i++) {
      if (numbers[i] == 0) {
        nulls = nulls == null ? new boolean[count] : nulls;
        nulls[i] = true;
      }
    }
    return new IntVector(Primitive.INTEGER, count, Arrays.copyOf(numbers, count), nulls);
  }

  private static int length(ColumnVector collection, int row) {
    if (collection.isNull(row)) {
      return 0;
    }
    int[] offsets = offsets(collection);
    return offsets[row + 1] - offsets[row];
  }

  private static int[] offsets(ColumnVector collection) {
    return collection instanceof ListVector list
        ? list.offsets()
        : ((MapVector) collection).offsets();
  }

  @Override
  public void close() {
    input.close();
  }
}
