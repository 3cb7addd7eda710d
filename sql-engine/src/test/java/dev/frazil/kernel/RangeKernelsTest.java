package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeKernelsTest {
  private static final long[] LONGS = {
    0, 1, -1, 5, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1
  };
  private static final int[] INTS = {
    0, 1, -1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE + 1, Integer.MAX_VALUE - 1
  };
  private static final boolean[] SOME_NULL = {false, true, false, false, false, true, false, false};
  private static final int[] SOME_ROWS = {0, 1, 4, 5, 7};

  @Test
  void selectsRangesOfLongs() {
    for (long least : LONGS) {
      for (long greatest : LONGS) {
        for (int shape = 0; least <= greatest && shape < 8; shape++) {
          boolean outside = (shape & 1) != 0;
          boolean[] nulls = (shape & 2) != 0 ? SOME_NULL : null;
          int[] rows = (shape & 4) != 0 ? SOME_ROWS : null;
          int count = rows == null ? LONGS.length : rows.length;
          int[] chosen = new int[count];
          int found =
              RangeKernels.select(LONGS, nulls, rows, count, least, greatest, outside, chosen);
          List<Integer> expected = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            boolean within = LONGS[row] >= least && LONGS[row] <= greatest;
            if (within != outside && (nulls == null || !nulls[row])) {
              expected.add(row);
            }
          }
          assertThat(first(chosen, found))
              .as("[%s, %s] outside %s", least, greatest, outside)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void selectsRangesOfInts() {
    for (int least : INTS) {
      for (int greatest : INTS) {
        for (int shape = 0; least <= greatest && shape < 8; shape++) {
          boolean outside = (shape & 1) != 0;
          boolean[] nulls = (shape & 2) != 0 ? SOME_NULL : null;
          int[] rows = (shape & 4) != 0 ? SOME_ROWS : null;
          int count = rows == null ? INTS.length : rows.length;
          int[] chosen = new int[count];
          int found =
              RangeKernels.select(INTS, nulls, rows, count, least, greatest, outside, chosen);
          List<Integer> expected = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            boolean within = INTS[row] >= least && INTS[row] <= greatest;
            if (within != outside && (nulls == null || !nulls[row])) {
              expected.add(row);
            }
          }
          assertThat(first(chosen, found)).isEqualTo(expected);
        }
      }
    }
  }

  private static List<Integer> first(int[] chosen, int found) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      rows.add(chosen[i]);
    }
    return rows;
  }
}
