package dev.frazil.exec.expression;

import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import org.jspecify.annotations.Nullable;

/** The same values under another null mask. */
final class VectorMasks {
  private VectorMasks() {}

  /**
   * @param nulls at least null where the vector is
   */
  static ColumnVector withNulls(ColumnVector vector, boolean @Nullable [] nulls) {
    int rows = vector.rowCount();
    if (vector instanceof LongVector v) {
      return new LongVector(v.type(), rows, v.values(), nulls);
    } else if (vector instanceof IntVector v) {
      return new IntVector(v.type(), rows, v.values(), nulls);
    } else if (vector instanceof DoubleVector v) {
      return new DoubleVector(v.type(), rows, v.values(), nulls);
    } else if (vector instanceof FloatVector v) {
      return new FloatVector(v.type(), rows, v.values(), nulls);
    } else if (vector instanceof BooleanVector v) {
      return new BooleanVector(v.type(), rows, v.values(), nulls);
    } else if (vector instanceof Int128Vector v) {
      return v.fitsLongs()
          ? Int128Vector.ofLongs(v.type(), rows, v.low(), nulls)
          : new Int128Vector(v.type(), rows, v.high(), v.low(), nulls);
    } else if (vector instanceof DictionaryVector v && v.dictionary().rowCount() > 0) {
      return new DictionaryVector(rows, maskedIds(v.ids(), nulls, rows), v.dictionary(), nulls);
    } else if (vector instanceof BytesVector && nulls == null) {
      return vector;
    }
    // a null row of the other vectors must be empty as well
    VectorBuilder builder = VectorBuilder.of(vector.type());
    for (int row = 0; row < rows; row++) {
      if (nulls != null && nulls[row]) {
        builder.appendNull();
      } else {
        builder.appendFrom(vector, row);
      }
    }
    return builder.build();
  }

  private static int[] maskedIds(int[] ids, boolean @Nullable [] nulls, int rows) {
    if (nulls == null) {
      return ids;
    }
    int[] masked = new int[rows];
    for (int row = 0; row < rows; row++) {
      masked[row] = nulls[row] ? 0 : ids[row];
    }
    return masked;
  }
}
