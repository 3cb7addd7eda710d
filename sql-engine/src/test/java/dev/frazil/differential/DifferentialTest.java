package dev.frazil.differential;

import dev.frazil.testing.Rounds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries over tables stored in random ways give DuckDB's answers; {@link RandomRun} tells
 * how to replay them. {@code -Dfrazil.queries=} sets their number.
 */
class DifferentialTest {

  @Test
  void someQueriesGiveDuckDbsAnswers() {
    new RandomRun("DifferentialTest", Rounds.of(60), QuerySource::statement, Opponents::compare)
        .run();
  }

  @Test
  @Tag("slow")
  void randomQueriesGiveDuckDbsAnswers() {
    int queries = RandomRun.size("frazil.queries", 5_000, 1_000_000);
    new RandomRun("DifferentialTest", queries, QuerySource::statement, Opponents::compare).run();
  }
}
