package dev.frazil.engine;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the keys of rows, as they come, each lie above the one before: then none is there twice,
 * and nobody needs to look. Bulk loads often come in the order of their key. One thread.
 */
final class AscendingKeys {
  private final List<Integer> columns;
  private boolean ascending = true;

  /** The last key so far, as vectors of one row. */
  private ColumnVector @Nullable [] last;

  AscendingKeys(List<Integer> columns) {
    this.columns = columns;
  }

  boolean hold() {
    return ascending;
  }

  /** Looks at the rows at some positions of a batch. */
  void add(RowBatch batch, int leadingColumns, int[] positions, int count) {
    if (!ascending || count == 0) {
      return;
    }
    ColumnVector[] vectors = new ColumnVector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = batch.column(leadingColumns + columns.get(i));
    }
    ColumnVector[] before = last;
    ascending = before == null || compare(before, 0, vectors, positions[0]) < 0;
    for (int i = 1; i < count && ascending; i++) {
      ascending = compare(vectors, positions[i - 1], vectors, positions[i]) < 0;
    }
    if (ascending) {
      last = copy(vectors, positions[count - 1]);
    }
  }

  private static ColumnVector[] copy(ColumnVector[] vectors, int row) {
    ColumnVector[] copied = new ColumnVector[vectors.length];
    for (int i = 0; i < copied.length; i++) {
      VectorBuilder builder = VectorBuilder.of(vectors[i].type());
      builder.appendFrom(vectors[i], row);
      copied[i] = builder.build();
    }
    return copied;
  }

  /** Not below zero where the order is not known: for nulls and other kinds of vectors. */
  private static int compare(ColumnVector[] left, int leftRow, ColumnVector[] right, int rightRow) {
    for (int i = 0; i < left.length; i++) {
      int order = compare(left[i], leftRow, right[i], rightRow);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    if (left.isNull(leftRow) || right.isNull(rightRow)) {
      return 1;
    }
    if (left instanceof LongVector a && right instanceof LongVector b) {
      return Long.compare(a.values()[leftRow], b.values()[rightRow]);
    } else if (left instanceof IntVector a && right instanceof IntVector b) {
      return Integer.compare(a.values()[leftRow], b.values()[rightRow]);
    }
    BytesVector a = bytes(left);
    BytesVector b = bytes(right);
    if (a == null || b == null) {
      return 1;
    }
    int x = row(left, leftRow);
    int y = row(right, rightRow);
    return Arrays.compareUnsigned(
        a.data(), a.offsets()[x], a.offsets()[x + 1], b.data(), b.offsets()[y], b.offsets()[y + 1]);
  }

  private static @Nullable BytesVector bytes(ColumnVector vector) {
    if (vector instanceof DictionaryVector dictionary) {
      return dictionary.dictionary();
    }
    return vector instanceof BytesVector bytes ? bytes : null;
  }

  private static int row(ColumnVector vector, int row) {
    return vector instanceof DictionaryVector dictionary ? dictionary.ids()[row] : row;
  }
}
