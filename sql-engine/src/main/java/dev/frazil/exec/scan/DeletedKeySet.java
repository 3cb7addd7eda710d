package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.group.KeySet;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys that equality deletes remove. Immutable.
 *
 * @param table the keys; nulls are equal to each other
 * @param near of a single integer column: passes few rows besides those with such a key, at a
 *     fraction of the cost of looking them up; null keys are not in it
 */
record DeletedKeySet(GroupTable table, @Nullable KeySet near) {

  /**
   * @param room whether so many bytes may be taken
   */
  static DeletedKeySet of(GroupTable table, LongPredicate room) {
    int count = table.groupCount();
    List<ColumnVector> columns = count == 0 ? List.of() : table.keys(0, count);
    return new DeletedKeySet(table, columns.size() == 1 ? KeySet.of(columns.get(0), room) : null);
  }

  /** Marks those of the rows whose key is deleted. */
  void mark(List<ColumnVector> columns, int @Nullable [] rows, int count, boolean[] marks) {
    int[] candidates = rows;
    int candidateCount = count;
    KeySet set = near;
    if (set != null && columns.get(0).nulls() == null) {
      candidates = new int[count];
      candidateCount = set.select(columns.get(0), rows, count, candidates);
      candidates = Arrays.copyOf(candidates, candidateCount);
    }
    int[] groups = new int[candidateCount];
    table.finder().find(columns, candidates, candidateCount, groups);
    for (int i = 0; i < candidateCount; i++) {
      marks[candidates == null ? i : candidates[i]] |= groups[i] != GroupTable.NONE;
    }
  }
}
