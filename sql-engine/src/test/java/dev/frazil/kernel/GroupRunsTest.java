package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in the order of their groups count and add up as they do one at a time. */
class GroupRunsTest {
  private final GroupRuns runs = new GroupRuns();

  @ParameterizedTest
  @CsvSource({"1, 256", "2, 257", "5, 300", "64, 4096", "7, 65536"})
  void sumsAndCountsAsRowsDo(int groupCount, int count) {
    Random random = new Random(Long.getLong("frazil.seed", 42));
    for (boolean selected : new boolean[] {false, true, false}) {
      int[] rows = selected ? random.ints(count, 0, 2 * count).sorted().toArray() : null;
      int[] groups = random.ints(count, 0, groupCount).toArray();
      long[] longs = random.longs(2L * count, -(1L << 45), 1L << 45).toArray();
      double[] doubles = random.doubles(2L * count).toArray();
      runs.order(groups, rows, count, groupCount);

      long[] counts = new long[groupCount];
      long[] high = new long[groupCount + 3];
      long[] low = new long[groupCount + 3];
      double[] sums = new double[groupCount];
      runs.count(counts);
      assertThat(runs.sumLongs(longs, high, low)).isTrue();
      runs.sumDoubles(doubles, sums);

      long[] expectedCounts = new long[groupCount];
      long[] expectedHigh = new long[groupCount + 3];
      long[] expectedLow = new long[groupCount + 3];
      double[] expectedSums = new double[groupCount];
      for (int i = 0; i < count; i++) {
        int row = rows == null ? i : rows[i];
        expectedCounts[groups[i]]++;
        AggregateKernels.add(expectedHigh, expectedLow, groups[i], longs[row]);
        expectedSums[groups[i]] += doubles[row];
      }
      assertThat(counts).isEqualTo(expectedCounts);
      assertThat(high).isEqualTo(expectedHigh);
      assertThat(low).isEqualTo(expectedLow);
      assertThat(sums).isEqualTo(expectedSums);
    }
  }

  @Test
  void leavesLargeValuesToOthers() {
    int[] groups = new int[300];
    runs.order(groups, null, 300, 1);
    for (long large : new long[] {1L << 46, -(1L << 46) - 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      long[] values = new long[300];
      values[150] = large;
      long[] high = new long[1];
      long[] low = new long[1];
      assertThat(runs.sumLongs(values, high, low)).isFalse();
      assertThat(high[0]).isZero();
      assertThat(low[0]).isZero();
    }
  }

  @Test
  void suitsFewGroupsOfManyRows() {
    assertThat(GroupRuns.suit(64, 256)).isTrue();
    assertThat(GroupRuns.suit(65, 256)).isFalse();
    assertThat(GroupRuns.suit(1, 255)).isFalse();
    assertThat(GroupRuns.suit(1, (1 << 16) + 1)).isFalse();
  }
}
