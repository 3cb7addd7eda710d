package dev.frazil.exec.expression;

import dev.frazil.kernel.ComparisonKernels;
import dev.frazil.kernel.NullMasks;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;

/**
 * Comparisons of two values of one type.
 *
 * @param less whether the question is {@code left < right} rather than {@code left = right}
 * @param negate whether the answer is turned around
 * @param nullsEqual whether null is a value like any other (IS [NOT] DISTINCT FROM)
 */
record ComparisonEvaluator(
    Evaluator left, Evaluator right, boolean less, boolean negate, boolean nullsEqual)
    implements VectorEvaluator {

  /** The comparison that {@code function} names. */
  static ComparisonEvaluator of(ScalarFunction function, Evaluator left, Evaluator right) {
    return switch (function) {
      case EQUAL -> new ComparisonEvaluator(left, right, false, false, false);
      case NOT_EQUAL -> new ComparisonEvaluator(left, right, false, true, false);
      case LESS -> new ComparisonEvaluator(left, right, true, false, false);
      case GREATER -> new ComparisonEvaluator(right, left, true, false, false);
      case LESS_OR_EQUAL -> new ComparisonEvaluator(right, left, true, true, false);
      case GREATER_OR_EQUAL -> new ComparisonEvaluator(left, right, true, true, false);
      case IS_NOT_DISTINCT_FROM -> new ComparisonEvaluator(left, right, false, false, true);
      case IS_DISTINCT_FROM -> new ComparisonEvaluator(left, right, false, true, true);
      // not exhaustive on purpose: the other functions compare nothing
      default -> throw new IllegalArgumentException(function + " is not a comparison");
    };
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    ColumnVector leftVector = left.evaluate(batch);
    ColumnVector rightVector = right.evaluate(batch);
    boolean[] truth = new boolean[rows];
    if (less) {
      ComparisonKernels.less(leftVector, rightVector, rows, negate, truth);
    } else {
      ComparisonKernels.equal(leftVector, rightVector, rows, negate, truth);
    }
    if (!nullsEqual) {
      boolean[] nulls = NullMasks.union(leftVector.nulls(), rightVector.nulls(), rows);
      return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, nulls);
    }
    if (leftVector.nulls() != null || rightVector.nulls() != null) {
      for (int row = 0; row < rows; row++) {
        boolean leftNull = leftVector.isNull(row);
        boolean rightNull = rightVector.isNull(row);
        if (leftNull || rightNull) {
          truth[row] = (leftNull && rightNull) != negate;
        }
      }
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, null);
  }
}
