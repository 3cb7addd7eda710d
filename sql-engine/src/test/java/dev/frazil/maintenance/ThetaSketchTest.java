package dev.frazil.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.CompactSketch;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.UpdateSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our sketches are those of Apache DataSketches. */
class ThetaSketchTest {
  /** Of 1 to 40 bytes, so that every tail of a block is there. */
  private static byte[] value(int number) {
    String text = "v" + number + "-".repeat(Math.floorMod(number * 31, 33));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ThetaSketch ours(List<Integer> numbers) {
    ThetaSketch sketch = new ThetaSketch();
    for (int number : numbers) {
      byte[] bytes = value(number);
      byte[] within = new byte[bytes.length + 3];
      System.arraycopy(bytes, 0, within, 2, bytes.length);
      sketch.add(within, 2, bytes.length);
    }
    return sketch;
  }

  private static UpdateSketch theirs(List<Integer> numbers) {
    UpdateSketch sketch = UpdateSketch.builder().setNominalEntries(ThetaSketch.NOMINAL).build();
    numbers.forEach(number -> sketch.update(value(number)));
    sketch.rebuild();
    return sketch;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 40, 4095, 4096})
  void sketchesOfFewValuesHaveTheSameBytes(int count) {
    assertThat(ours(numbers(count)).toBytes())
        .isEqualTo(theirs(numbers(count)).compact(true, null).toByteArray());
    assertThat(ours(numbers(count)).estimate()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {4097, 8192, 8193, 20_000, 300_000})
  void sketchesOfManyValuesAreReadAndJoined(int count) {
    byte[] bytes = ours(numbers(count)).toBytes();
    CompactSketch read = CompactSketch.heapify(Memory.wrap(bytes));
    assertThat(read.getRetainedEntries()).isEqualTo(ThetaSketch.NOMINAL);
    assertThat(read.isOrdered()).isTrue();
    assertThat(ours(numbers(count)).estimate()).isEqualTo(read.getEstimate());
    assertThat((double) count).isBetween(read.getLowerBound(3), read.getUpperBound(3));
    CompactSketch both =
        SetOperation.builder().buildIntersection().intersect(read, theirs(numbers(count)));
    assertThat(both.getEstimate()).as("the same hashes").isEqualTo(read.getEstimate());
  }

  @Test
  void neitherOrderNorRepetitionCounts() {
    List<Integer> shuffled = new ArrayList<>(numbers(30_000));
    shuffled.addAll(numbers(15_000));
    Collections.shuffle(shuffled, new Random(7));
    assertThat(Arrays.equals(ours(shuffled).toBytes(), ours(numbers(30_000)).toBytes())).isTrue();
  }
}
