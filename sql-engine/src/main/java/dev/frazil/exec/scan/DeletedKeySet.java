package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.group.KeySet;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys that equality deletes remove. Immutable.
 *
 * @param table the keys, nulls equal to each other; without them where {@code near} is exact
 * @param near of a single integer column: passes few rows besides those with such a key, at a
 *     fraction of the cost of looking them up; null keys are not in it
 * @param hasNull of a single integer column: whether the null key, which is not in the table, is
 *     deleted
 */
record DeletedKeySet(GroupTable table, @Nullable KeySet near, boolean hasNull) {

  boolean isEmpty() {
    return table.groupCount() == 0 && near == null && !hasNull;
  }

  /** Marks those of the rows whose key is deleted. */
  void mark(List<ColumnVector> columns, int @Nullable [] rows, int count, boolean[] marks) {
    if (hasNull) {
      markNulls(columns.get(0).nulls(), rows, count, marks);
    }
    int[] candidates = rows;
    int candidateCount = count;
    KeySet set = near;
    if (set != null) {
      int[] chosen = new int[count];
      candidateCount = set.select(columns.get(0), rows, count, chosen);
      if (set.isExact()) {
        for (int i = 0; i < candidateCount; i++) {
          marks[chosen[i]] = true;
        }
        return;
      }
      candidates = Arrays.copyOf(chosen, candidateCount);
    }
    int[] groups = new int[candidateCount];
    table.finder().find(columns, candidates, candidateCount, groups);
    for (int i = 0; i < candidateCount; i++) {
      marks[candidates == null ? i : candidates[i]] |= groups[i] != GroupTable.NONE;
    }
  }

  private static void markNulls(
      boolean @Nullable [] nulls, int @Nullable [] rows, int count, boolean[] marks) {
    if (nulls == null) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = rows == null ? i : rows[i];
      marks[row] |= nulls[row];
    }
  }
}
