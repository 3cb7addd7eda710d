package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Next to the least number truncation wraps to the other end of the numbers. */
class TruncatedReadsTest {
  @TempDir Path folder;

  @Test
  void rowsThatOthersAddToPartitionsThatWrapAreFound() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner other = EngineRunner.local(folder)) {
      one.script(
          "CREATE TABLE t (k bigint, v integer) PARTITIONED BY (truncate(10, k))",
          "CREATE TABLE w (a bigint)",
          "START TRANSACTION ISOLATION LEVEL SERIALIZABLE",
          "INSERT INTO w SELECT count(*) FROM t WHERE k < -9223372036854775000 OR v = 3");
      other.update("INSERT INTO t VALUES (-9223372036854775807, 2), (-9223372036854775806, 9)");
      assertThatThrownBy(() -> one.update("COMMIT"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    }
  }
}
