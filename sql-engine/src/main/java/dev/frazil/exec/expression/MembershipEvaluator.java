package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;

/** IN of a value of kind INT or LONG among constants, none of them null. */
final class MembershipEvaluator implements VectorEvaluator {
  /** Up to so many candidates are compared one by one. */
  private static final int LINEAR = 8;

  private final Evaluator value;
  private final long[] sorted;

  MembershipEvaluator(Evaluator value, long[] candidates) {
    this.value = value;
    this.sorted = candidates.clone();
    Arrays.sort(sorted);
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    int rows = batch.rowCount();
    boolean[] truth = new boolean[rows];
    if (vector instanceof LongVector longs) {
      long[] values = longs.values();
      for (int row = 0; row < rows; row++) {
        truth[row] = contains(values[row]);
      }
    } else {
      int[] values = ((IntVector) vector).values();
      for (int row = 0; row < rows; row++) {
        truth[row] = contains(values[row]);
      }
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, vector.nulls());
  }

  private boolean contains(long candidate) {
    if (sorted.length > LINEAR) {
      return Arrays.binarySearch(sorted, candidate) >= 0;
    }
    boolean found = false;
    for (long member : sorted) {
      found |= member == candidate;
    }
    return found;
  }
}
