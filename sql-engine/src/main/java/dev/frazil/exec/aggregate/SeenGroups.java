package dev.frazil.exec.aggregate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which groups have had a value that is not null. A group comes into being by a row, so as long as
 * no null was met every group counts as seen and nothing needs to be marked. One thread.
 */
final class SeenGroups {
  private final boolean skipsRows;
  private int groupCount;
  private int settled;
  private boolean @Nullable [] seen;

  /**
   * @param skipsRows whether a filter may keep a group's rows away
   */
  SeenGroups(boolean skipsRows) {
    this.skipsRows = skipsRows;
  }

  void grow(int newGroupCount) {
    groupCount = newGroupCount;
    boolean[] marks = seen;
    if (marks != null && marks.length < newGroupCount) {
      seen = Arrays.copyOf(marks, capacity(marks.length, newGroupCount));
    }
  }

  static int capacity(int held, int needed) {
    return Math.max(needed, Math.max(16, held + (held >> 1) + (held >> 2)));
  }

  /** Whether all groups so far count as seen with rows of such nulls, which then need no mark. */
  boolean seeAll(boolean @Nullable [] nulls) {
    if (nulls == null && !skipsRows && seen == null) {
      settled = groupCount;
      return true;
    }
    return false;
  }

  void mark(int @Nullable [] groups, int @Nullable [] rows, int count, boolean @Nullable [] nulls) {
    if (groups != null && seeAll(nulls)) {
      return;
    }
    boolean[] marks = seen;
    if (marks == null) {
      marks = new boolean[capacity(0, groupCount)];
      Arrays.fill(marks, 0, settled, true);
      seen = marks;
    }
    for (int k = 0; k < count; k++) {
      if (nulls == null || !nulls[rows == null ? k : rows[k]]) {
        marks[groups == null ? 0 : groups[k]] = true;
      }
    }
  }

  /** The null mask of the groups: true where nothing was seen; null when all were. */
  boolean @Nullable [] unseen(int from, int count) {
    boolean[] marks = seen;
    if (marks == null && settled >= from + count) {
      return null;
    }
    boolean[] unseen = new boolean[count];
    boolean any = false;
    for (int k = 0; k < count; k++) {
      int group = from + k;
      unseen[k] = marks == null ? group >= settled : !marks[group];
      any |= unseen[k];
    }
    return any ? unseen : null;
  }

  long sizeBytes() {
    boolean[] marks = seen;
    return marks == null ? 0 : marks.length;
  }
}
