package dev.frazil.exec.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultArraysTest {
  @Test
  void givesEachArrayOnceABatch() {
    ResultArrays arrays = new ResultArrays(true);
    arrays.nextBatch();
    long[] first = arrays.longs(10);
    long[] second = arrays.longs(10);
    double[] third = arrays.doubles(10);
    assertThat(second).isNotSameAs(first);
    arrays.nextBatch();
    assertThat(arrays.longs(8)).isSameAs(first);
    assertThat(arrays.longs(11)).isNotSameAs(second).hasSize(11);
    assertThat(arrays.doubles(1)).isSameAs(third);
    assertThat(arrays.doubles(1)).isNotSameAs(third);
  }

  @Test
  void givesNewOnesWhereBatchesAreKept() {
    ResultArrays arrays = new ResultArrays(false);
    arrays.nextBatch();
    long[] first = arrays.longs(10);
    arrays.nextBatch();
    assertThat(arrays.longs(10)).isNotSameAs(first);
  }
}
