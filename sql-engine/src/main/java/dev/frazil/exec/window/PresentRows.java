package dev.frazil.exec.window;

import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Counts the rows of a column that IGNORE NULLS leaves, and finds them by number. Immutable. */
final class PresentRows {
  /** Every row is present. */
  static final PresentRows ALL = new PresentRows(null, new int[0]);

  /** Rows present before each row; null where all are. */
  private final int @Nullable [] before;

  private final int[] places;

  private PresentRows(int @Nullable [] before, int[] places) {
    this.before = before;
    this.places = places;
  }

  /**
   * @param ignoreNulls whether nulls are absent
   */
  static PresentRows of(ColumnVector column, boolean ignoreNulls) {
    boolean[] nulls = column.nulls();
    if (!ignoreNulls || nulls == null) {
      return ALL;
    }
    int count = column.rowCount();
    int[] before = new int[count + 1];
    int[] places = new int[count];
    for (int row = 0; row < count; row++) {
      before[row + 1] = before[row];
      if (!nulls[row]) {
        places[before[row + 1]++] = row;
      }
    }
    return new PresentRows(before, places);
  }

  /** How many of rows {@code 0..row} are present. */
  int before(int row) {
    return before == null ? row : before[row];
  }

  /** The {@code number}th row that is present, from 0. */
  int place(int number) {
    return before == null ? number : places[number];
  }
}
