package dev.frazil.engine;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the keys of rows, as they come, are runs that ascend and do not overlap: then none is
 * there twice, and nobody needs to look. Bulk loads often come in the order of their key, and where
 * several threads read what is loaded, in runs of it. One thread.
 */
final class AscendingKeys {
  /** Runs are joined when there are so many; keys in no order at all are found out then. */
  private static final int MOST_RUNS = 1 << 14;

  private final List<Integer> columns;
  private final List<Run> runs = new ArrayList<>();
  private boolean ascending = true;

  /** The first key of the run that has not ended, as vectors of one row. */
  private ColumnVector @Nullable [] first;

  /** The last key so far, as vectors of one row. */
  private ColumnVector @Nullable [] last;

  /** Keys that ascend from the first to the last. */
  private record Run(ColumnVector[] first, ColumnVector[] last) {}

  AscendingKeys(List<Integer> columns) {
    this.columns = columns;
  }

  /** Whether no key came twice; false where the order does not tell. */
  boolean hold() {
    endRun();
    if (ascending) {
      ascending = sortApart();
    }
    return ascending;
  }

  /** Sorts the runs; false where two of them overlap. */
  private boolean sortApart() {
    runs.sort((left, right) -> compare(left.first(), 0, right.first(), 0));
    for (int i = 1; i < runs.size(); i++) {
      if (compare(runs.get(i - 1).last(), 0, runs.get(i).first(), 0) >= 0) {
        return false;
      }
    }
    return true;
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
    // A batch may be of another thread than the one before: its run is another one, too.
    begin(vectors, positions[0]);
    for (int i = 1; i < count && ascending; i++) {
      if (compare(vectors, positions[i - 1], vectors, positions[i]) >= 0) {
        last = copy(vectors, positions[i - 1]);
        begin(vectors, positions[i]);
      }
    }
    if (ascending) {
      last = copy(vectors, positions[count - 1]);
    }
  }

  private void begin(ColumnVector[] vectors, int row) {
    endRun();
    first = copy(vectors, row);
    // A key whose order is not known is not even equal to itself.
    ascending &= compare(vectors, row, vectors, row) == 0;
    if (!ascending) {
      runs.clear();
    }
  }

  private void endRun() {
    ColumnVector[] start = first;
    ColumnVector[] end = last;
    first = null;
    last = null;
    if (start == null || end == null) {
      return;
    }
    runs.add(new Run(start, end));
    if (runs.size() >= MOST_RUNS) {
      ascending = sortApart();
      // Should a key come that lies between two runs that were joined, somebody has to look.
      for (int i = 0; i < MOST_RUNS / 2 && ascending; i++) {
        runs.set(i, new Run(runs.get(2 * i).first(), runs.get(2 * i + 1).last()));
      }
      runs.subList(MOST_RUNS / 2, runs.size()).clear();
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
