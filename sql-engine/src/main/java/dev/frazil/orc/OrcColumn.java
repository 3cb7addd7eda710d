package dev.frazil.orc;

import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a stripe, from its first row to its last. Belongs to one thread at a
 * time.
 */
abstract class OrcColumn {
  private final @Nullable BooleanRuns present;
  private final BatchMemory memory;

  /**
   * @param present tells which values are not null; null where all are
   * @param memory counts what vectors take
   */
  OrcColumn(@Nullable BooleanRuns present, BatchMemory memory) {
    this.present = present;
    this.memory = memory;
  }

  /**
   * The next rows.
   *
   * @param absent rows of which the column has nothing, as they are null further up; null for none
   */
  final ColumnVector read(int rows, boolean @Nullable [] absent) {
    boolean[] nulls = present == null ? absent : nulls(present, rows, absent);
    int count = rows;
    if (nulls != null) {
      for (int i = 0; i < rows; i++) {
        count -= nulls[i] ? 1 : 0;
      }
    }
    return values(rows, count == rows ? null : nulls, count);
  }

  private boolean[] nulls(BooleanRuns bits, int rows, boolean @Nullable [] absent) {
    memory.take(rows, 1);
    boolean[] nulls = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      nulls[i] = (absent != null && absent[i]) || !bits.next();
    }
    return nulls;
  }

  /** Steps over rows, of each of which the column has a value or a null. */
  final void skip(long rows) {
    skipValues(present == null ? rows : present.skipAndCount(rows));
  }

  final BatchMemory memory() {
    return memory;
  }

  /**
   * The vector of the next rows.
   *
   * @param count how many of them are not null
   */
  abstract ColumnVector values(int rows, boolean @Nullable [] nulls, int count);

  /** Steps over values that are not null. */
  abstract void skipValues(long count);
}
