package dev.frazil.exec.expression;

import dev.frazil.kernel.HashKernels;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.Objects;

/**
 * SAMPLED: draws a row by a hash of where it stands, so that the same seed draws the same rows
 * whatever thread reads them. Rows of one block are drawn together.
 */
record SampleEvaluator(Evaluator file, Evaluator position, long seed, long blockRows, double share)
    implements VectorEvaluator {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  /** The evaluator of a call: file, position, and three literals: seed, rows of a block, share. */
  static SampleEvaluator of(
      List<ScalarExpression> operands, ExpressionEvaluator expressions, long statementStart) {
    Object seed = ((Literal) operands.get(2)).value();
    Object blockRows = ((Literal) operands.get(3)).value();
    Object share = ((Literal) operands.get(4)).value();
    return new SampleEvaluator(
        expressions.node(operands.get(0)),
        expressions.node(operands.get(1)),
        seed == null ? statementStart : (Long) seed,
        (Long) Objects.requireNonNull(blockRows),
        (Double) Objects.requireNonNull(share));
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector files = file.evaluate(batch);
    long[] positions = ((LongVector) position.evaluate(batch)).values();
    boolean[] drawn = new boolean[batch.rowCount()];
    for (int row = 0; row < drawn.length; row++) {
      long fileHash = mix(HashKernels.hash(files, row) + seed * MULTIPLIER);
      long hash = mix(fileHash + positions[row] / blockRows);
      drawn[row] = (hash >>> 11) * UNIT < share;
    }
    return new BooleanVector(Primitive.BOOLEAN, drawn.length, drawn, null);
  }

  /** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
