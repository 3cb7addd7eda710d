package dev.frazil.exec.expression;

import dev.frazil.kernel.LikeMatcher;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;

/** LIKE and ILIKE with a constant pattern. */
record LikeEvaluator(Evaluator text, LikeMatcher matcher) implements VectorEvaluator {
  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = text.evaluate(batch);
    boolean[] truth = new boolean[batch.rowCount()];
    int[] ids = vector instanceof DictionaryVector dictionary ? dictionary.ids() : null;
    BytesVector entries =
        vector instanceof DictionaryVector dictionary
            ? dictionary.dictionary()
            : (BytesVector) vector;
    byte[] data = entries.data();
    int[] offsets = entries.offsets();
    AliveRows alive = new AliveRows(batch, vector.nulls());
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      int entry = ids == null ? row : ids[row];
      truth[row] = matcher.matches(data, offsets[entry], offsets[entry + 1]);
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, truth.length, truth, vector.nulls());
  }
}
