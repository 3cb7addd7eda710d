package dev.frazil.dml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowPositionsTest {
  @Test
  void everyRowCountsOnceAndComesOutAscending() {
    RowPositions rows = new RowPositions();
    assertThat(rows.isEmpty()).isTrue();
    assertThat(rows.add("b", 7_000_000_000L)).isTrue();
    assertThat(rows.add("b", 3)).isTrue();
    assertThat(rows.add("b", 3)).isFalse();
    assertThat(rows.add("a", 3)).isTrue();
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.files()).containsExactly("a", "b");
    assertThat(rows.positions("b")).containsExactly(3, 7_000_000_000L);
  }
}
