package dev.frazil.exec.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many threads build it, a directory finds the rows of each key, in their order. */
class KeyDirectoryTest {
  private static final int ROWS = 70_000;

  private final Random random =
      new Random(RowsFixture.seed(KeyDirectoryTest.class.getSimpleName()));

  private ColumnVector longs(int count, boolean nulls, IntToLongFunction value) {
    long[] values = new long[count];
    boolean[] absent = new boolean[count];
    for (int row = 0; row < count; row++) {
      values[row] = value.applyAsLong(row);
      absent[row] = nulls && random.nextInt(9) == 0;
    }
    return new LongVector(Primitive.BIGINT, count, values, nulls ? absent : null);
  }

  private ColumnVector ints(int count, boolean nulls, IntToLongFunction value) {
    LongVector wide = (LongVector) longs(count, nulls, value);
    int[] values = new int[count];
    for (int row = 0; row < count; row++) {
      values[row] = (int) wide.values()[row];
    }
    return new IntVector(Primitive.INTEGER, count, values, wide.nulls());
  }

  private static List<Object> key(List<ColumnVector> columns, int row) {
    List<Object> key = new ArrayList<>();
    for (ColumnVector column : columns) {
      if (column.isNull(row)) {
        return List.of();
      }
      key.add(
          column instanceof LongVector vector
              ? vector.values()[row]
              : (Object) (long) ((IntVector) column).values()[row]);
    }
    return key;
  }

  private void check(List<ColumnVector> build, List<ColumnVector> probe, int threads) {
    QueryContext context = RowsFixture.context(1L << 30, threads);
    List<Integer> ordinals = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < build.size(); i++) {
      ordinals.add(i);
      types.add(build.get(i).type());
    }
    int rows = build.get(0).rowCount();
    KeyDirectory directory =
        KeyDirectory.of(new RowBatch(build, rows), ordinals, types, threads, context);
    Map<List<Object>, List<Integer>> expected = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      List<Object> key = key(build, row);
      if (!key.isEmpty()) {
        expected.computeIfAbsent(key, absent -> new ArrayList<>()).add(row);
      }
    }
    assertThat(directory.unique())
        .isEqualTo(expected.values().stream().allMatch(each -> each.size() == 1));
    int[] found = new int[RowBatch.TARGET_ROWS];
    GroupTable.Finder finder = directory.finder();
    int probes = probe.get(0).rowCount();
    for (int from = 0; from < probes; from += RowBatch.TARGET_ROWS) {
      int count = Math.min(RowBatch.TARGET_ROWS, probes - from);
      finder.find(probe, VectorGather.range(from, count), count, found);
      for (int k = 0; k < count; k++) {
        List<Integer> chain = new ArrayList<>();
        for (int row = found[k]; row != JoinTable.NONE; row = directory.nextRow(row)) {
          chain.add(row);
        }
        assertThat(chain).isEqualTo(expected.getOrDefault(key(probe, from + k), List.of()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void findsDenseKeys(int threads) {
    ColumnVector build = longs(ROWS, true, row -> -500 + random.nextInt(ROWS));
    check(List.of(build), List.of(longs(9_000, true, row -> random.nextInt(2 * ROWS))), threads);
    ColumnVector unique = ints(ROWS, false, row -> 3 * row);
    check(List.of(unique), List.of(ints(9_000, false, row -> row - 50)), threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void findsSparseKeys(int threads) {
    long[] pool = random.longs(ROWS / 2).map(key -> key >> 2).toArray();
    ColumnVector build = longs(ROWS, true, row -> pool[random.nextInt(pool.length)]);
    ColumnVector probe =
        longs(9_000, true, row -> row % 3 == 0 ? row : pool[random.nextInt(pool.length)]);
    check(List.of(build), List.of(probe), threads);
    ColumnVector unique = longs(ROWS, false, row -> row * 1_000_003L);
    check(List.of(unique), List.of(longs(9_000, false, row -> row * 1_000_003L / 2)), threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void findsKeysOfSeveralColumns(int threads) {
    check(
        List.of(
            longs(ROWS, true, row -> row / 4), ints(ROWS, true, row -> random.nextInt(1_000) - 9)),
        List.of(
            longs(9_000, true, row -> random.nextInt(ROWS / 4)),
            ints(9_000, true, row -> random.nextInt(2_000) - 500)),
        threads);
    check(
        List.of(
            ints(300, false, row -> row % 9),
            ints(300, false, row -> row % 10),
            ints(300, true, row -> row % 2)),
        List.of(
            ints(900, false, row -> row % 10),
            ints(900, false, row -> row % 11),
            ints(900, true, row -> row % 3)),
        threads);
  }

  /** Where the least and the greatest key lie too far apart to count what is between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void findsKeysFromEndToEnd(int threads) {
    IntToLongFunction far =
        row -> row % 3 == 0 ? Long.MIN_VALUE : row % 3 == 1 ? Long.MAX_VALUE : row;
    check(List.of(longs(2_000, true, far)), List.of(longs(2_000, true, far)), threads);
    IntToLongFunction wide = row -> row % 2 == 0 ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 4 + row;
    check(
        List.of(longs(2_000, true, wide), longs(2_000, true, wide)),
        List.of(longs(2_000, true, wide), longs(2_000, true, wide)),
        threads);
  }

  @Test
  void findsNothingAmongNulls() {
    ColumnVector nulls =
        new LongVector(Primitive.BIGINT, 2, new long[2], new boolean[] {true, true});
    check(List.of(nulls), List.of(longs(10, true, row -> row)), 2);
  }

  @Test
  void aCancelEndsTheBuild() {
    QueryContext context = RowsFixture.context(1L << 30, 2);
    context.cancellation().cancel("the test wants it");
    for (IntToLongFunction keys : List.<IntToLongFunction>of(row -> row, row -> row * 1_000_003L)) {
      RowBatch rows = new RowBatch(List.of(longs(ROWS, false, keys)), ROWS);
      assertThatThrownBy(
              () -> KeyDirectory.of(rows, List.of(0), List.of(Primitive.BIGINT), 2, context))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
    }
  }
}
