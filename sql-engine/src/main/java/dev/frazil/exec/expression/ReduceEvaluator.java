package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * REDUCE: the first element of all arrays at once, then the second of all that have one, and so on.
 * Null for a null array.
 *
 * @param step the next state of a state and an element
 * @param output the result of the last state
 */
record ReduceEvaluator(Evaluator array, Evaluator first, LambdaBody step, LambdaBody output)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    Elements elements = Elements.of(batch, (ListVector) array.evaluate(batch));
    int[] offsets = elements.offsets();
    int[] rows = byLength(batch, elements);
    ColumnVector source = elements.columns().get(0);
    VectorBuilder finished = VectorBuilder.of(step.type());
    ColumnVector states = VectorGather.gather(first.evaluate(batch), rows, rows.length);
    // rows are ordered by length, the shortest first: what is behind "from" goes on
    int from = 0;
    int[] positions = new int[rows.length];
    for (int index = 0; from < rows.length; index++) {
      int ended = from;
      while (ended < rows.length && offsets[rows[ended] + 1] - offsets[rows[ended]] == index) {
        ended++;
      }
      finished.appendRange(states, 0, ended - from);
      int count = rows.length - ended;
      if (ended > from) {
        states = VectorGather.slice(states, ended - from, count);
        from = ended;
      }
      if (count == 0) {
        break;
      }
      int[] going = Arrays.copyOfRange(rows, from, rows.length);
      for (int i = 0; i < count; i++) {
        positions[i] = offsets[going[i]] + index;
      }
      ColumnVector element = VectorGather.gather(source, positions, count);
      states = step.evaluate(batch, going, count, List.of(states, element));
    }
    ColumnVector results = output.evaluate(batch, rows, rows.length, List.of(finished.build()));
    int[] places = new int[batch.rowCount()];
    Arrays.fill(places, -1);
    for (int i = 0; i < rows.length; i++) {
      places[rows[i]] = i;
    }
    return VectorGather.gatherOrNull(results, places, places.length);
  }

  /** The rows alive whose array is not null, by the length of it. */
  private static int[] byLength(RowBatch batch, Elements elements) {
    Integer[] rows = new Integer[batch.selectedCount()];
    int count = 0;
    AliveRows alive = new AliveRows(batch, elements.nulls());
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      rows[count++] = row;
    }
    int[] offsets = elements.offsets();
    Arrays.sort(rows, 0, count, Comparator.comparingInt(row -> offsets[row + 1] - offsets[row]));
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = rows[i];
    }
    return sorted;
  }
}
