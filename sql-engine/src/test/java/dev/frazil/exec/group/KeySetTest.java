package dev.frazil.exec.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final int KEYS = 5000;

  @ParameterizedTest
  @ValueSource(longs = {100, 1 << 20, 1L << 40, Long.MAX_VALUE})
  void passesEveryKeyAndFewOthers(long range) {
    Random random = new Random(range);
    long[] keys = new long[KEYS];
    boolean[] nulls = new boolean[KEYS];
    Set<Long> distinct = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = random.nextLong() % range;
      nulls[i] = i % 10 == 3;
      if (!nulls[i]) {
        distinct.add(keys[i]);
      }
    }
    KeySet set = KeySet.of(new LongVector(Primitive.BIGINT, KEYS, keys, nulls), bytes -> true);
    assertThat(set).isNotNull();
    int[] chosen = new int[KEYS];
    assertThat(set.select(new LongVector(Primitive.BIGINT, KEYS, keys, nulls), null, KEYS, chosen))
        .isEqualTo(KEYS - KEYS / 10);
    long[] probes = new long[KEYS];
    int[] rows = new int[KEYS / 2];
    int expected = 0;
    for (int i = 0; i < KEYS; i++) {
      probes[i] = random.nextBoolean() ? random.nextLong() % range : keys[i];
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 2 * i;
      expected += distinct.contains(probes[2 * i]) ? 1 : 0;
    }
    int found =
        set.select(new LongVector(Primitive.BIGINT, KEYS, probes, null), rows, rows.length, chosen);
    assertThat(found).isBetween(expected, expected + KEYS / 50);
    Set<Integer> passed = new HashSet<>();
    for (int i = 0; i < found; i++) {
      passed.add(chosen[i]);
    }
    for (int row : rows) {
      if (distinct.contains(probes[row])) {
        assertThat(passed).contains(row);
      }
    }
  }

  @Test
  void extremesOfTheirTypesAreKeysLikeOthers() {
    long[] keys = {Long.MIN_VALUE, 0, Long.MAX_VALUE};
    LongVector column = new LongVector(Primitive.BIGINT, 3, keys, null);
    assertThat(KeySet.of(column, bytes -> true).select(column, null, 3, new int[3])).isEqualTo(3);
    int[] ints = {Integer.MIN_VALUE, -1, Integer.MAX_VALUE};
    IntVector narrow = new IntVector(Primitive.INTEGER, 3, ints, null);
    assertThat(KeySet.of(narrow, bytes -> true).select(narrow, null, 3, new int[3])).isEqualTo(3);
  }

  @Test
  void isNotMadeOfNullsAlone() {
    assertThat(
            KeySet.of(
                new IntVector(Primitive.INTEGER, 1, new int[1], new boolean[] {true}),
                bytes -> true))
        .isNull();
  }

  @Test
  void takesTheRoomThereIs() {
    long[] keys = new Random(7).longs(1000, 0, 8_000_000).toArray();
    LongVector column = new LongVector(Primitive.BIGINT, keys.length, keys, null);
    List<Long> asked = new ArrayList<>();
    KeySet bloom =
        KeySet.of(
            column,
            bytes -> {
              asked.add(bytes);
              return bytes < 10_000;
            });
    assertThat(asked).hasSize(2).last().isEqualTo(2048L);
    assertThat(bloom).isNotNull();
    assertThat(bloom.select(column, null, keys.length, new int[keys.length])).isEqualTo(1000);
    long[] others = new Random(8).longs(1000, 8_000_000, 9_000_000).toArray();
    assertThat(
            bloom.select(
                new LongVector(Primitive.BIGINT, others.length, others, null),
                null,
                others.length,
                new int[others.length]))
        .isLessThan(100);
    assertThat(KeySet.of(column, bytes -> false)).isNull();
  }
}
