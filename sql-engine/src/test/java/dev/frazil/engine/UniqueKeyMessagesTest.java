package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a key that is there twice. */
class UniqueKeyMessagesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "decimal(9, 2); 1.5; 1.50",
        "date; DATE '2020-02-03'; 2020-02-03",
        "time; TIME '04:05:06'; 04:05:06",
        "timestamp; TIMESTAMP '2020-02-03 04:05:06.5'; 2020-02-03T04:05:06.5",
        "timestamp with time zone; TIMESTAMP '2020-02-03 04:05:06 UTC'; 2020-02-03T04:05:06+00:00",
        "uuid; UUID '80000000-0000-4000-8000-000000000001'; 80000000-0000-4000-8000-000000000001",
        "varbinary; X'01aB'; X'01AB'",
        "varchar; 'a'; a",
      })
  void theKeyIsShownAsItReads(String type, String value, String shown) {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      String insert = "INSERT INTO t VALUES (" + value + ")";
      frazil.script("CREATE TABLE t (k " + type + " UNIQUE)", insert);
      assertThatThrownBy(() -> frazil.update(insert))
          .hasMessageContaining("= [" + shown + "] 2 times");
    }
  }
}
