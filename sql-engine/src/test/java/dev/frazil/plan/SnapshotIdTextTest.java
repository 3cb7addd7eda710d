package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts that are ids of snapshots, and texts that are names of branches. */
class SnapshotIdTextTest {
  @Test
  void everyIdIsANumberAndNoOtherTextIs() {
    assertThat(TableReferences.snapshotId("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(TableReferences.snapshotId("9112808219932343237")).isEqualTo(9112808219932343237L);
    assertThat(TableReferences.snapshotId("0")).isEqualTo(0L);
    assertThat(TableReferences.snapshotId("9223372036854775808")).isNull();
    assertThat(TableReferences.snapshotId("-1")).isNull();
    assertThat(TableReferences.snapshotId("main")).isNull();
  }
}
