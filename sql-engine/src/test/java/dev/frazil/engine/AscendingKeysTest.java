package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AscendingKeysTest {
  private final AscendingKeys keys = new AscendingKeys(List.of(0));

  private AscendingKeysTest add(long... values) {
    add(new LongVector(Primitive.BIGINT, values.length, values, null));
    return this;
  }

  private void add(LongVector vector) {
    int count = vector.rowCount();
    keys.add(new RowBatch(List.of(vector), count), 0, IntStream.range(0, count).toArray(), count);
  }

  @Test
  void noRowsHold() {
    assertThat(keys.hold()).isTrue();
  }

  @Test
  void runsThatDoNotOverlapHold() {
    add(10, 20).add(100, 110).add(21, 30).add(111, 120, 1, 2).add(31, 32).add(99);
    assertThat(keys.hold()).isTrue();
    AscendingKeysTest within = new AscendingKeysTest();
    within.add(10, 20).add(100, 110).add(21, 30).add(25);
    assertThat(within.keys.hold()).isFalse();
  }

  @Test
  void aKeyThatComesTwiceDoesNotHold() {
    assertThat(new AscendingKeysTest().add(1, 2, 2, 3).keys.hold()).isFalse();
    assertThat(new AscendingKeysTest().add(1, 2).add(2, 3).keys.hold()).isFalse();
    assertThat(new AscendingKeysTest().add(5, 6).add(1, 5).keys.hold()).isFalse();
    assertThat(new AscendingKeysTest().add(5, 9).add(7).keys.hold()).isFalse();
    assertThat(new AscendingKeysTest().add(7).add(7).keys.hold()).isFalse();
  }

  @Test
  void nullsDoNotHold() {
    add(new LongVector(Primitive.BIGINT, 2, new long[] {1, 2}, new boolean[] {false, true}));
    assertThat(keys.hold()).isFalse();
  }

  @Test
  void manyRunsAreJoined() {
    AscendingKeysTest descending = new AscendingKeysTest();
    descending.add(IntStream.range(0, 40_000).mapToLong(i -> -i).toArray());
    assertThat(descending.keys.hold()).isTrue();
    AscendingKeysTest twice = new AscendingKeysTest();
    twice.add(IntStream.range(0, 40_000).mapToLong(i -> i == 39_000 ? -7 : -i).toArray());
    assertThat(twice.keys.hold()).isFalse();
    AscendingKeysTest mixed = new AscendingKeysTest();
    mixed.add(IntStream.range(0, 40_000).mapToLong(i -> i * 7_919L % 40_009).toArray());
    assertThat(mixed.keys.hold()).isFalse();
  }
}
