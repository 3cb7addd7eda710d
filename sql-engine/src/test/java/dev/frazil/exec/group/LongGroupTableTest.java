package dev.frazil.exec.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.RowsFixture;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense, hashed, or first one and then the other: groups are numbered by first appearance. */
class LongGroupTableTest {
  private static final int ROWS = 60_000;
  private static final int BATCH_ROWS = 1_000;

  static Stream<Arguments> keys() {
    Random random = new Random(RowsFixture.seed(LongGroupTableTest.class.getSimpleName()));
    return Stream.of(
        keys("ascending", row -> row / 3),
        keys("descending", row -> ROWS - row),
        keys("one range of many", row -> 40_000_000L + row),
        keys("every second range", row -> row / 5_000 * 10_000L + row % 5_000),
        keys("random among few", row -> random.nextInt(150_000)),
        keys("random among many", row -> random.nextInt(1 << 30)),
        keys("dense, then sparse", row -> row < ROWS / 2 ? row : row * 1_000_003L),
        keys("sparse, then dense", row -> row < 500 ? (row * 7_919L) % 300_000 : row),
        keys("around zero", row -> (row % 2 == 0 ? row : -row)),
        keys("the ends", row -> row % 2 == 0 ? Long.MIN_VALUE + row : Long.MAX_VALUE - row));
  }

  private static Arguments keys(String name, IntToLongFunction key) {
    return Arguments.of(name, key);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void numbersByFirstAppearance(String name, IntToLongFunction key) {
    for (GroupTable.Nulls rule : GroupTable.Nulls.values()) {
      GroupTable table = GroupTable.create(List.of(Primitive.BIGINT), rule);
      Map<Object, Integer> expected = new HashMap<>();
      List<ColumnVector> batches = new ArrayList<>();
      int[] groups = new int[BATCH_ROWS];
      for (int from = 0; from < ROWS; from += BATCH_ROWS) {
        long[] values = new long[BATCH_ROWS];
        boolean[] nulls = new boolean[BATCH_ROWS];
        for (int i = 0; i < BATCH_ROWS; i++) {
          values[i] = key.applyAsLong(from + i);
          nulls[i] = (from + i) % 97 == 5;
        }
        LongVector batch = new LongVector(Primitive.BIGINT, BATCH_ROWS, values, nulls);
        table.assign(List.of(batch), null, BATCH_ROWS, groups);
        assertThat(groups).isEqualTo(numbers(batch, rule, expected, true));
        batches.add(batch);
      }
      assertThat(table.groupCount()).isEqualTo(expected.size());
      for (ColumnVector batch : batches) {
        table.finder().find(List.of(batch), null, BATCH_ROWS, groups);
        assertThat(groups).isEqualTo(numbers((LongVector) batch, rule, expected, false));
      }
      assertThat(table.sizeBytes()).isLessThan(table.groupCount() * 200L + 600_000L);
    }
  }

  private static int[] numbers(
      LongVector batch, GroupTable.Nulls rule, Map<Object, Integer> expected, boolean adds) {
    int[] numbers = new int[batch.rowCount()];
    for (int row = 0; row < numbers.length; row++) {
      if (batch.isNull(row) && rule == GroupTable.Nulls.SKIP) {
        numbers[row] = GroupTable.NONE;
      } else {
        Object key = batch.isNull(row) ? "null" : (Object) batch.values()[row];
        if (adds) {
          expected.putIfAbsent(key, expected.size());
        }
        numbers[row] = expected.getOrDefault(key, GroupTable.NONE);
      }
    }
    return numbers;
  }

  @Test
  void absentKeysAreInNoGroup() {
    GroupTable table = GroupTable.create(List.of(Primitive.BIGINT), GroupTable.Nulls.SKIP);
    long[] absent = {-1, 5, 1L << 40, Long.MIN_VALUE, Long.MAX_VALUE};
    int[] groups = new int[absent.length];
    LongVector batch = new LongVector(Primitive.BIGINT, absent.length, absent, null);
    table.finder().find(List.of(batch), null, absent.length, groups);
    assertThat(Arrays.stream(groups)).containsOnly(GroupTable.NONE);
  }
}
