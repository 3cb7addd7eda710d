package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.VectorBuilder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels against row-at-a-time references; the parameter is the share of nulls, 0 for none. */
class AggregateKernelsTest {
  private static final int ROWS = 1501;
  private static final int GROUPS = 7;

  private final long seed = Long.getLong("frazil.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final int[] groups = random.ints(ROWS, 0, GROUPS).toArray();

  private boolean[] nulls(int nullOneIn) {
    if (nullOneIn == 0) {
      return null;
    }
    boolean[] nulls = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      nulls[i] = random.nextInt(nullOneIn) == 0;
    }
    return nulls;
  }

  private List<int[]> positions() {
    List<int[]> choices = new ArrayList<>();
    choices.add(null);
    choices.add(random.ints(ROWS / 3, 0, ROWS).sorted().distinct().toArray());
    return choices;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 1})
  void sumsAndCounts(int nullOneIn) {
    System.out.println("AggregateKernelsTest -Dfrazil.seed=" + seed);
    boolean[] nulls = nulls(nullOneIn);
    long[] longs = random.longs(ROWS).toArray();
    int[] ints = random.ints(ROWS).toArray();
    long[] wideHigh = new long[ROWS];
    long[] wideLow = random.longs(ROWS).toArray();
    double[] doubles = random.doubles(ROWS).toArray();
    float[] floats = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      wideHigh[i] = random.nextInt();
      floats[i] = random.nextInt(100) / 4f;
    }
    for (int[] positions : positions()) {
      int count = positions == null ? ROWS : positions.length;
      long[] counts = new long[GROUPS];
      long[][] sums = new long[6][GROUPS];
      double[] doubleSums = new double[GROUPS];
      double[] floatSums = new double[GROUPS];
      AggregateKernels.countNotNull(groups, positions, count, nulls, counts);
      AggregateKernels.sumLongs(groups, positions, count, longs, nulls, sums[0], sums[1]);
      AggregateKernels.sumInts(groups, positions, count, ints, nulls, sums[2], sums[3]);
      AggregateKernels.sumInt128s(
          groups, positions, count, wideHigh, wideLow, nulls, sums[4], sums[5]);
      AggregateKernels.sumDoubles(groups, positions, count, doubles, nulls, doubleSums);
      AggregateKernels.sumFloats(groups, positions, count, floats, nulls, floatSums);
      BigInteger longTotal = BigInteger.ZERO;
      BigInteger wideTotal = BigInteger.ZERO;
      for (int group = 0; group < GROUPS; group++) {
        BigInteger longSum = BigInteger.ZERO;
        BigInteger intSum = BigInteger.ZERO;
        BigInteger wideSum = BigInteger.ZERO;
        double doubleSum = 0;
        double floatSum = 0;
        long notNull = 0;
        for (int i = 0; i < count; i++) {
          int row = positions == null ? i : positions[i];
          if (groups[i] == group && (nulls == null || !nulls[row])) {
            notNull++;
            longSum = longSum.add(BigInteger.valueOf(longs[row]));
            intSum = intSum.add(BigInteger.valueOf(ints[row]));
            wideSum = wideSum.add(Int128Values.toBigInteger(wideHigh[row], wideLow[row]));
            doubleSum += doubles[row];
            floatSum += floats[row];
          }
        }
        longTotal = longTotal.add(longSum);
        wideTotal = wideTotal.add(wideSum);
        assertThat(counts[group]).isEqualTo(notNull);
        assertThat(Int128Values.toBigInteger(sums[0][group], sums[1][group])).isEqualTo(longSum);
        assertThat(Int128Values.toBigInteger(sums[2][group], sums[3][group])).isEqualTo(intSum);
        assertThat(Int128Values.toBigInteger(sums[4][group], sums[5][group])).isEqualTo(wideSum);
        assertThat(doubleSums[group]).isEqualTo(doubleSum);
        assertThat(floatSums[group]).isEqualTo(floatSum);
      }
      long[] high = new long[1];
      long[] low = new long[1];
      AggregateKernels.sumLongs(0, positions, count, longs, nulls, high, low);
      assertThat(Int128Values.toBigInteger(high[0], low[0])).isEqualTo(longTotal);
      AggregateKernels.sumInt128s(0, positions, count, wideHigh, wideLow, nulls, high, low);
      assertThat(Int128Values.toBigInteger(high[0], low[0])).isEqualTo(longTotal.add(wideTotal));
      long expected = 0;
      for (long part : counts) {
        expected += part;
      }
      assertThat(AggregateKernels.countNotNull(positions, count, nulls)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesSumsBeyond128Bits(long high) {
    long[] highs = {high, high};
    assertThatThrownBy(
            () ->
                AggregateKernels.sumInt128s(
                    new int[2], null, 2, highs, new long[2], null, new long[1], new long[1]))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 1})
  void extremes(int nullOneIn) {
    boolean[] nulls = nulls(nullOneIn);
    long[] longs = random.longs(ROWS).toArray();
    int[] ints = random.ints(ROWS).toArray();
    double[] doubles = random.doubles(ROWS).map(d -> d < 0.01 ? Double.NaN : d - 0.5).toArray();
    long[] high = random.longs(ROWS, -2, 2).toArray();
    VectorBuilder texts = VectorBuilder.of(SqlType.Primitive.VARCHAR);
    for (int i = 0; i < ROWS; i++) {
      texts.appendValue(nulls != null && nulls[i] ? null : Long.toString(longs[i], 36));
    }
    var textVector = texts.build();
    for (int[] positions : positions()) {
      int count = positions == null ? ROWS : positions.length;
      long[][] best = new long[4][GROUPS];
      int[] leastInt = new int[GROUPS];
      double[] greatestDouble = new double[GROUPS];
      byte[][] leastText = new byte[GROUPS][];
      boolean[][] seen = new boolean[5][GROUPS];
      ExtremeKernels.minLongs(groups, positions, count, longs, nulls, best[0], seen[0]);
      ExtremeKernels.maxLongs(groups, positions, count, longs, nulls, best[1], seen[1]);
      ExtremeKernels.minInts(groups, positions, count, ints, nulls, leastInt, seen[2]);
      ExtremeKernels.maxDoubles(groups, positions, count, doubles, nulls, greatestDouble, seen[3]);
      ExtremeKernels.extremeInt128s(
          true, groups, positions, count, high, longs, nulls, best[2], best[3], seen[4]);
      ExtremeKernels.extremeBytes(false, groups, positions, count, textVector, leastText);
      for (int group = 0; group < GROUPS; group++) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          int row = positions == null ? i : positions[i];
          if (groups[i] == group && (nulls == null || !nulls[row])) {
            rows.add(row);
          }
        }
        assertThat(seen[0][group]).isEqualTo(!rows.isEmpty());
        if (rows.isEmpty()) {
          assertThat(leastText[group]).isNull();
          continue;
        }
        assertThat(best[0][group])
            .isEqualTo(rows.stream().mapToLong(row -> longs[row]).min().getAsLong());
        assertThat(best[1][group])
            .isEqualTo(rows.stream().mapToLong(row -> longs[row]).max().getAsLong());
        assertThat(leastInt[group])
            .isEqualTo(rows.stream().mapToInt(row -> ints[row]).min().getAsInt());
        assertThat(greatestDouble[group])
            .isEqualTo(rows.stream().map(row -> doubles[row]).max(Double::compare).orElseThrow());
        assertThat(Int128Values.toBigInteger(best[2][group], best[3][group]))
            .isEqualTo(
                rows.stream()
                    .map(row -> Int128Values.toBigInteger(high[row], longs[row]))
                    .max(BigInteger::compareTo)
                    .orElseThrow());
        assertThat(new String(leastText[group], StandardCharsets.UTF_8))
            .isEqualTo(
                rows.stream().map(row -> Long.toString(longs[row], 36)).sorted().findFirst().get());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 45, 46, 47, 48, 62, 64})
  void valuesOfEveryMagnitude(int bits) {
    long[] low = random.longs(ROWS).map(value -> value >> (64 - bits)).toArray();
    long[] high = new long[ROWS];
    Int128Kernels.widen(low, high, ROWS);
    for (int[] positions : positions()) {
      int count = positions == null ? ROWS : positions.length;
      BigInteger[] expected = new BigInteger[GROUPS];
      java.util.Arrays.fill(expected, BigInteger.ZERO);
      for (int i = 0; i < count; i++) {
        BigInteger value = BigInteger.valueOf(low[positions == null ? i : positions[i]]);
        expected[groups[i]] = expected[groups[i]].add(value);
      }
      long[][] sums = new long[4][GROUPS];
      AggregateKernels.sumLongs(groups, positions, count, low, null, sums[0], sums[1]);
      AggregateKernels.sumInt128s(groups, positions, count, high, low, null, sums[2], sums[3]);
      for (int group = 0; group < GROUPS; group++) {
        assertThat(Int128Values.toBigInteger(sums[0][group], sums[1][group]))
            .as("seed %s", seed)
            .isEqualTo(expected[group]);
        assertThat(Int128Values.toBigInteger(sums[2][group], sums[3][group]))
            .as("seed %s", seed)
            .isEqualTo(expected[group]);
      }
    }
  }
}
