package dev.frazil.exec.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many elements or entries each row has, and which rows are null. */
final class Offsets {
  private int[] ends = new int[17];
  private boolean[] nulls = new boolean[16];
  private int rows;
  private boolean anyNull;

  int rowCount() {
    return rows;
  }

  void append(int count) {
    if (rows == nulls.length) {
      nulls = Arrays.copyOf(nulls, 2 * rows);
      ends = Arrays.copyOf(ends, 2 * rows + 1);
    }
    ends[rows + 1] = Math.addExact(ends[rows], count);
    rows++;
  }

  void appendNull() {
    append(0);
    nulls[rows - 1] = true;
    anyNull = true;
  }

  /** The mask of the rows that are null; null where none is. Before {@link #build()}. */
  boolean @Nullable [] nulls() {
    return anyNull ? nulls : null;
  }

  /** Hands over the offsets; nothing is appended afterwards but the rows of the next batch. */
  int[] build() {
    int[] built = ends;
    ends = new int[17];
    nulls = new boolean[16];
    rows = 0;
    anyNull = false;
    return built;
  }
}
