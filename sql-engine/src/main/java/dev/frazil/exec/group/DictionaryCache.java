package dev.frazil.exec.group;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the group of each combination of dictionary ids, for as long as the batches bring the
 * same dictionaries. One thread.
 */
final class DictionaryCache {
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final int MAX_COMBINATIONS = 1 << 16;

  private List<BytesVector> dictionaries = List.of();
  private int[] groupOf = new int[0];
  private int[] combinations = new int[0];

  /** How the groups of rows are found without the cache. */
  interface Lookup {
    void find(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups);
  }

  /** Fills {@code groups} and says true, or says false where the keys are not of that kind. */
  boolean resolve(
      List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups, Lookup lookup) {
    if (keys.isEmpty() || !adopt(keys, count)) {
      return false;
    }
    combine(keys, rows, count);
    int missing = 0;
    for (int k = 0; k < count; k++) {
      int group = groupOf[combinations[k]];
      groups[k] = group;
      missing += group == UNKNOWN ? 1 : 0;
    }
    if (missing > 0) {
      learn(keys, rows, count, groups, lookup);
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // dictionaries are shared by identity
  private boolean adopt(List<ColumnVector> keys, int count) {
    boolean same = dictionaries.size() == keys.size();
    long size = 1;
    for (int c = 0; c < keys.size(); c++) {
      if (!(keys.get(c) instanceof DictionaryVector vector)) {
        return false;
      }
      size *= vector.dictionary().rowCount() + 1L;
      if (size > MAX_COMBINATIONS) {
        return false;
      }
      same = same && dictionaries.get(c) == vector.dictionary();
    }
    if (!same) {
      if (size > 4L * count) {
        return false;
      }
      List<BytesVector> adopted = new ArrayList<>();
      for (ColumnVector key : keys) {
        adopted.add(((DictionaryVector) key).dictionary());
      }
      dictionaries = adopted;
      groupOf = new int[(int) size];
      Arrays.fill(groupOf, UNKNOWN);
    }
    return true;
  }

  private void combine(List<ColumnVector> keys, int @Nullable [] rows, int count) {
    if (combinations.length < count) {
      combinations = new int[count];
    }
    for (int c = 0; c < keys.size(); c++) {
      DictionaryVector vector = (DictionaryVector) keys.get(c);
      int[] ids = vector.ids();
      boolean @Nullable [] nulls = vector.nulls();
      int factor = vector.dictionary().rowCount() + 1;
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        int id = nulls != null && nulls[row] ? factor - 1 : ids[row];
        combinations[k] = c == 0 ? id : combinations[k] * factor + id;
      }
    }
  }

  private void learn(
      List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups, Lookup lookup) {
    int[] missing = new int[count];
    int[] places = new int[count];
    int found = 0;
    for (int k = 0; k < count; k++) {
      if (groupOf[combinations[k]] == UNKNOWN) {
        // Marked, so that each combination is looked up once.
        groupOf[combinations[k]] = UNKNOWN + 1;
        places[found] = combinations[k];
        missing[found++] = rows == null ? k : rows[k];
      }
    }
    int[] answers = new int[found];
    lookup.find(keys, missing, found, answers);
    for (int i = 0; i < found; i++) {
      groupOf[places[i]] = answers[i];
    }
    for (int k = 0; k < count; k++) {
      groups[k] = groupOf[combinations[k]];
    }
  }

  long sizeBytes() {
    return groupOf.length * 4L;
  }
}
