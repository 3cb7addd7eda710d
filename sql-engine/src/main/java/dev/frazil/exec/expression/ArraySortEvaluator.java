package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;

/**
 * ARRAY_SORT with a comparison: elements that it calls equal keep their order; null for a null
 * array. The arrays of all rows go through one sorting network (Batcher's merge exchange; Knuth,
 * The Art of Computer Programming 3, algorithm 5.2.2 M), because the pairs of one of its steps do
 * not depend on each other: the lambda is computed once a step, not once a pair.
 *
 * @param comparison -1, 0 or 1 (22023) of two elements, which may be null
 */
record ArraySortEvaluator(Evaluator array, LambdaBody comparison, SqlType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    Elements elements = Elements.of(batch, (ListVector) array.evaluate(batch));
    int[] order = new int[elements.count()];
    Arrays.setAll(order, i -> i);
    Steps steps = new Steps(batch, elements, order);
    int longest = 0;
    for (int row = 0; row < batch.rowCount(); row++) {
      longest = Math.max(longest, elements.offsets()[row + 1] - elements.offsets()[row]);
    }
    int top = Integer.highestOneBit(Math.max(1, longest - 1));
    for (int bit = longest < 2 ? 0 : top; bit > 0; bit /= 2) {
      int remainder = 0;
      int distance = bit;
      for (int width = top; ; width /= 2) {
        steps.exchange(bit, remainder, distance);
        if (width == bit) {
          break;
        }
        distance = width - bit;
        remainder = bit;
      }
    }
    ColumnVector sorted = VectorGather.gather(elements.columns().get(0), order, order.length);
    return new ListVector(type, batch.rowCount(), elements.offsets(), sorted, elements.nulls());
  }

  /** The steps of the network over the arrays of a batch. */
  private final class Steps {
    private final RowBatch batch;
    private final Elements elements;
    private final int[] order;
    private final int[] rowOfEach;
    private final int[] lower;
    private final int[] upper;

    Steps(RowBatch batch, Elements elements, int[] order) {
      this.batch = batch;
      this.elements = elements;
      this.order = order;
      rowOfEach = elements.rowOfEach();
      lower = new int[order.length / 2 + 1];
      upper = new int[order.length / 2 + 1];
    }

    /** Puts the lesser one first of all pairs at a distance whose lower index fits. */
    void exchange(int bit, int remainder, int distance) {
      int[] offsets = elements.offsets();
      int pairs = 0;
      for (int at = 0; at + distance < order.length; at++) {
        int row = rowOfEach[at];
        if (((at - offsets[row]) & bit) == remainder && at + distance < offsets[row + 1]) {
          lower[pairs] = at;
          upper[pairs++] = at + distance;
        }
      }
      if (pairs == 0) {
        return;
      }
      int[] rows = new int[pairs];
      int[] left = new int[pairs];
      int[] right = new int[pairs];
      for (int i = 0; i < pairs; i++) {
        rows[i] = rowOfEach[lower[i]];
        left[i] = order[lower[i]];
        right[i] = order[upper[i]];
      }
      ColumnVector source = elements.columns().get(0);
      Elements compared =
          new Elements(
              pairOffsets(rows),
              null,
              List.of(
                  VectorGather.gather(source, left, pairs),
                  VectorGather.gather(source, right, pairs)));
      ColumnVector signs = comparison.evaluate(batch, compared);
      long[] values = ((LongVector) signs).values();
      for (int i = 0; i < pairs; i++) {
        if (signs.isNull(i) || values[i] < -1 || values[i] > 1) {
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE,
              "the lambda of array_sort must give -1, 0 or 1, not "
                  + (signs.isNull(i) ? "null" : values[i]));
        }
        if (values[i] > 0 || (values[i] == 0 && left[i] > right[i])) {
          order[lower[i]] = right[i];
          order[upper[i]] = left[i];
        }
      }
    }

    /** Rows ascend, for pairs are taken from the first array to the last. */
    private int[] pairOffsets(int[] rows) {
      int[] offsets = new int[batch.rowCount() + 1];
      for (int row : rows) {
        offsets[row + 1]++;
      }
      for (int row = 0; row < batch.rowCount(); row++) {
        offsets[row + 1] += offsets[row];
      }
      return offsets;
    }
  }
}
