package dev.frazil.exec.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.HashSet;
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
    KeySet set = KeySet.of(new LongVector(Primitive.BIGINT, KEYS, keys, nulls));
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
    assertThat(KeySet.of(column).select(column, null, 3, new int[3])).isEqualTo(3);
    int[] ints = {Integer.MIN_VALUE, -1, Integer.MAX_VALUE};
    IntVector narrow = new IntVector(Primitive.INTEGER, 3, ints, null);
    assertThat(KeySet.of(narrow).select(narrow, null, 3, new int[3])).isEqualTo(3);
  }

  @Test
  void isNotMadeOfNullsAlone() {
    assertThat(KeySet.of(new IntVector(Primitive.INTEGER, 1, new int[1], new boolean[] {true})))
        .isNull();
  }
}
