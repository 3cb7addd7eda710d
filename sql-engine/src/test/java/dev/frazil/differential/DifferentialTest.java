package dev.frazil.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Verdict.Outcome;
import dev.frazil.testing.FastFolder;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries give DuckDB's answers. A run is replayed with {@code -Dfrazil.seed=}, one query of
 * it with {@code -Dfrazil.query=} besides; {@code -Dfrazil.queries=} sets the number of queries.
 */
@Tag("slow")
class DifferentialTest {
  private static final int QUERIES =
      Integer.getInteger("frazil.queries", Boolean.getBoolean("frazil.soak") ? 1_000_000 : 5_000);
  private static final int QUERIES_A_DATABASE = 250;
  private static final int TABLES = 5;
  private static final int MOST_FAILURES = Integer.getInteger("frazil.failures", 5);

  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Set<String> causes = new HashSet<>();
  private long rows;

  @Test
  void randomQueriesGiveDuckDbsAnswers() {
    long seed =
        Long.getLong(
            "frazil.seed", Boolean.getBoolean("frazil.soak") ? System.nanoTime() : 20261122);
    int only = Integer.getInteger("frazil.query", -1);
    System.out.println("DifferentialTest: replay with -Dfrazil.seed=" + seed);
    for (int first = 0; first < QUERIES && failures.size() < MOST_FAILURES; ) {
      int next = Math.min(QUERIES, first + QUERIES_A_DATABASE);
      if (only < 0 || (only >= first && only < next)) {
        database(seed, first, next, only);
      }
      first = next;
    }
    System.out.println("DifferentialTest: " + outcomes + ", " + rows + " rows of answers compared");
    failures.forEach((where, script) -> System.out.println(where + "\n" + script));
    assertThat(failures.keySet()).as("failing queries; their scripts stand above").isEmpty();
    if (only < 0) {
      assertThat(outcomes.getOrDefault(Outcome.SAME, 0)).isGreaterThan(QUERIES * 9 / 10);
    }
  }

  /** One refused query of each kind is enough to look at. */
  private boolean isNew(Verdict verdict) {
    return verdict.outcome() == Outcome.DIFFERENT_ROWS
        || causes.add(verdict.outcome() + verdict.cause());
  }

  /** Some queries over tables of their own. */
  private void database(long seed, int first, int next, int only) {
    List<TableContents> tables = new RandomTables(Dice.of(seed + first)).next(TABLES);
    try (FastFolder folder = FastFolder.create();
        Opponents opponents = new Opponents(folder.path().resolve("db"))) {
      opponents.create(tables);
      for (int query = first; query < next && failures.size() < MOST_FAILURES; query++) {
        if (only >= 0 && query != only) {
          continue;
        }
        Fragment statement = new QuerySource(Dice.of(seed * 31 + query), tables).statement();
        if (only >= 0) {
          System.out.println(statement.text(Dialect.FRAZIL));
        }
        Verdict verdict = opponents.compare(statement);
        outcomes.merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() == Outcome.SAME) {
          rows += Long.parseLong(verdict.explanation());
        } else if (!verdict.isFine() && isNew(verdict)) {
          String script =
              new Reduction(
                      tables, verdict, folder.path().resolve("reduced" + query), Opponents::compare)
                  .script(statement);
          failures.put("-Dfrazil.seed=" + seed + " -Dfrazil.query=" + query, script);
        }
      }
    }
  }
}
