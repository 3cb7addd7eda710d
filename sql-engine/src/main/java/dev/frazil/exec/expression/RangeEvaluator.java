package dev.frazil.exec.expression;

import dev.frazil.kernel.RangeKernels;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.Optional;

/**
 * A value of kind INT or LONG against constants: {@code least <= value <= greatest}.
 *
 * @param outside whether the answer is turned around
 */
record RangeEvaluator(Evaluator value, long least, long greatest, boolean outside)
    implements Evaluator {

  /** {@code value <function> constant}, where a range can say it. */
  static Optional<RangeEvaluator> of(ScalarFunction function, Evaluator value, long constant) {
    return switch (function) {
      case EQUAL -> Optional.of(new RangeEvaluator(value, constant, constant, false));
      case NOT_EQUAL -> Optional.of(new RangeEvaluator(value, constant, constant, true));
      case LESS -> Optional.of(new RangeEvaluator(value, constant, Long.MAX_VALUE, true));
      case LESS_OR_EQUAL -> Optional.of(new RangeEvaluator(value, Long.MIN_VALUE, constant, false));
      case GREATER -> Optional.of(new RangeEvaluator(value, Long.MIN_VALUE, constant, true));
      case GREATER_OR_EQUAL ->
          Optional.of(new RangeEvaluator(value, constant, Long.MAX_VALUE, false));
      // not exhaustive on purpose: the other functions are no ranges
      default -> Optional.empty();
    };
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    int[] positions = PredicateSelection.positions(batch);
    int count = batch.selectedCount();
    int[] chosen = new int[count];
    if (vector instanceof LongVector longs) {
      int found =
          RangeKernels.select(
              longs.values(), longs.nulls(), positions, count, least, greatest, outside, chosen);
      return new SelectionVector(chosen, found);
    }
    IntVector ints = (IntVector) vector;
    // constants of an INT comparison are ints; only the open ends are wider
    int from = (int) Math.max(least, Integer.MIN_VALUE);
    int to = (int) Math.min(greatest, Integer.MAX_VALUE);
    int found =
        RangeKernels.select(
            ints.values(), ints.nulls(), positions, count, from, to, outside, chosen);
    return new SelectionVector(chosen, found);
  }

  @Override
  @SuppressWarnings("ShortCircuitBoolean") // without branches the loop can be vectorised
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    int rows = batch.rowCount();
    boolean[] truth = new boolean[rows];
    if (vector instanceof LongVector longs) {
      long[] values = longs.values();
      for (int row = 0; row < rows; row++) {
        truth[row] = (values[row] >= least & values[row] <= greatest) != outside;
      }
    } else {
      int[] values = ((IntVector) vector).values();
      for (int row = 0; row < rows; row++) {
        truth[row] = (values[row] >= least & values[row] <= greatest) != outside;
      }
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, vector.nulls());
  }
}
