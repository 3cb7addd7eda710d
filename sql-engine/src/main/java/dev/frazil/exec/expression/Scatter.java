package dev.frazil.exec.expression;

import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a dense vector back to where they stood; the rows between are undefined. */
final class Scatter {
  private Scatter() {}

  /** Row {@code i} of {@code dense} becomes row {@code rows.positions()[i]} of the result. */
  static ColumnVector to(ColumnVector dense, SelectionVector rows, int rowCount) {
    int[] positions = rows.positions();
    int count = rows.count();
    boolean[] nulls = scatter(dense.nulls(), positions, count, rowCount);
    if (dense instanceof LongVector vector) {
      return new LongVector(
          vector.type(), rowCount, scatter(vector.values(), positions, count, rowCount), nulls);
    } else if (dense instanceof IntVector vector) {
      return new IntVector(
          vector.type(), rowCount, scatter(vector.values(), positions, count, rowCount), nulls);
    } else if (dense instanceof Int128Vector vector) {
      return new Int128Vector(
          vector.type(),
          rowCount,
          scatter(vector.high(), positions, count, rowCount),
          scatter(vector.low(), positions, count, rowCount),
          nulls);
    } else if (dense instanceof DoubleVector vector) {
      double[] values = new double[rowCount];
      for (int i = 0; i < count; i++) {
        values[positions[i]] = vector.values()[i];
      }
      return new DoubleVector(vector.type(), rowCount, values, nulls);
    } else if (dense instanceof BooleanVector vector) {
      boolean[] values = new boolean[rowCount];
      for (int i = 0; i < count; i++) {
        values[positions[i]] = vector.values()[i];
      }
      return new BooleanVector(vector.type(), rowCount, values, nulls);
    } else if (dense instanceof DictionaryVector vector) {
      int[] ids = scatter(vector.ids(), positions, count, rowCount);
      return new DictionaryVector(rowCount, ids, vector.dictionary(), nulls);
    }
    int[] inverse = new int[rowCount];
    for (int i = 0; i < count; i++) {
      inverse[positions[i]] = i;
    }
    if (dense instanceof BytesVector vector) {
      // strings are not copied: the dense ones become a dictionary
      BytesVector entries =
          new BytesVector(vector.type(), count, vector.data(), vector.offsets(), null);
      return new DictionaryVector(rowCount, inverse, entries, nulls);
    }
    return VectorGather.gather(dense, inverse, rowCount);
  }

  private static long[] scatter(long[] dense, int[] positions, int count, int rowCount) {
    long[] values = new long[rowCount];
    for (int i = 0; i < count; i++) {
      values[positions[i]] = dense[i];
    }
    return values;
  }

  private static int[] scatter(int[] dense, int[] positions, int count, int rowCount) {
    int[] values = new int[rowCount];
    for (int i = 0; i < count; i++) {
      values[positions[i]] = dense[i];
    }
    return values;
  }

  private static boolean @Nullable [] scatter(
      boolean @Nullable [] dense, int[] positions, int count, int rowCount) {
    if (dense == null) {
      return null;
    }
    boolean[] nulls = new boolean[rowCount];
    for (int i = 0; i < count; i++) {
      nulls[positions[i]] = dense[i];
    }
    return nulls;
  }
}
