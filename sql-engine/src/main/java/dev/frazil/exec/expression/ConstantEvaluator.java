package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression without columns: its one value is computed for the first row that asks for it, so
 * that one that fails does so only where a row reaches it.
 */
final class ConstantEvaluator implements VectorEvaluator {
  private static final RowBatch ONE_ROW = new RowBatch(List.of(), 1);

  private final SqlType type;
  private final @Nullable Evaluator expression;
  private @Nullable ColumnVector single;
  private @Nullable ColumnVector repeated;

  private ConstantEvaluator(
      SqlType type, @Nullable Evaluator expression, @Nullable ColumnVector single) {
    this.type = type;
    this.expression = expression;
    this.single = single;
  }

  static ConstantEvaluator ofValue(@Nullable Object value, SqlType type) {
    return new ConstantEvaluator(type, null, ConstantVectors.of(value, type, 1));
  }

  /** Of the one row of a vector. */
  static ConstantEvaluator ofVector(ColumnVector single) {
    return new ConstantEvaluator(single.type(), null, single);
  }

  static ConstantEvaluator ofExpression(Evaluator expression, SqlType type) {
    return new ConstantEvaluator(type, expression, null);
  }

  /** Whether the value is known without evaluating anything. */
  boolean known() {
    return single != null;
  }

  /** A vector of one row with the value. */
  ColumnVector single() {
    ColumnVector known = single;
    if (known == null) {
      if (expression == null) {
        throw new IllegalStateException("a constant has a value or an expression");
      }
      known = expression.evaluate(ONE_ROW);
      single = known;
    }
    return known;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    int rows = batch.rowCount();
    if (batch.selectedCount() == 0) {
      return ConstantVectors.nulls(type, rows);
    }
    ColumnVector vector = repeated;
    if (vector == null || vector.rowCount() != rows) {
      vector = ConstantVectors.repeat(single(), rows);
      repeated = vector;
    }
    return vector;
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    boolean holds =
        batch.selectedCount() > 0
            && !single().isNull(0)
            && VectorEvaluator.truth(single()).values()[0];
    return holds ? PredicateSelection.alive(batch) : new SelectionVector(new int[0], 0);
  }
}
