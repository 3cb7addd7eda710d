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
    keys.add(
        new RowBatch(List.of(vector), count), 0, IntStream.range(0, count).toArray(), count);
  }

  @Test
  void noRowsHold() {
    assertThat(keys.hold()).isTrue();
  }

  @Test
  void runsThatDoNotOverlapHold() {
    add(100, 101).add(40, 50).add(10, 20, 21).add(30, 31).add(1, 2, 3).add(4, 9).add(60, 70);
    assertThat(keys.hold()).isFalse(); // 1 to 70 is one run
    AscendingKeysTest apart = new AscendingKeysTest();
    apart.add(100, 101, 40, 50).add(10, 20, 21).add(30, 31).add(1, 2, 3).add(4, 9);
    assertThat(apart.keys.hold()).isTrue();
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
  void nullsAndTooManyRunsDoNotHold() {
    add(new LongVector(Primitive.BIGINT, 2, new long[] {1, 2}, new boolean[] {false, true}));
    assertThat(keys.hold()).isFalse();
    AscendingKeysTest descending = new AscendingKeysTest();
    descending.add(IntStream.range(0, 20_000).mapToLong(i -> -i).toArray());
    assertThat(descending.keys.hold()).isFalse();
    AscendingKeysTest few = new AscendingKeysTest();
    few.add(IntStream.range(0, 10_000).mapToLong(i -> -i).toArray());
    assertThat(few.keys.hold()).isTrue();
  }
}
