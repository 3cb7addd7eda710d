package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script {@code series.sql} cannot compare with DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesTest {
  @TempDir static Path folder;

  private EngineRunner frazil;

  @BeforeAll
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterAll
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate_series(1, 3, 0) | never reaches its end",
        "sequence(1, 3, -1) | never reaches its end",
        "sequence(DATE '2024-01-01', DATE '2023-01-01', INTERVAL '1' DAY) | never reaches its end",
        "generate_series(DATE '2024-01-01', DATE '2024-01-02', INTERVAL '1' HOUR) | a date has no"
            + " time",
      })
  void refusesSteps(String call, String message) {
    assertThatThrownBy(() -> frazil.query("SELECT " + call))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo("22023"))
        .hasMessageContaining(message);
  }

  @Test
  void hasALimit() {
    assertThatThrownBy(() -> frazil.query("SELECT count(*) FROM generate_series(1, 10000000000)"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo("54000"));
  }

  /** The 31st comes back after a shorter month; the last day that a date can be is reached. */
  @Test
  void countsMonthsFromTheFirst() {
    assertThat(
            frazil
                .query(
                    "SELECT d FROM generate_series(DATE '2024-01-31', DATE '2024-04-30',"
                        + " INTERVAL '1' MONTH) AS g (d)")
                .lines())
        .containsExactly("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30");
    assertThat(
            frazil
                .query(
                    "SELECT count(*) FROM generate_series(DATE '0001-01-01', DATE '9999-12-31',"
                        + " INTERVAL '12' MONTH)")
                .lines())
        .containsExactly("9999");
  }

  @Test
  void theCurrentSchemaFollowsUse() {
    assertThat(frazil.query("SELECT CURRENT_SCHEMA").lines()).containsExactly("main");
    frazil.execute("CREATE SCHEMA other");
    frazil.execute("USE other");
    assertThat(frazil.query("SELECT CURRENT_SCHEMA").lines()).containsExactly("other");
    assertThat(
            frazil
                .query("SELECT \"current_schema\" FROM (VALUES (1)) AS v (\"current_schema\")")
                .lines())
        .containsExactly("1");
    frazil.execute("USE main");
  }
}
