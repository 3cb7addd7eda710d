package dev.frazil.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Verdict.Outcome;
import dev.frazil.error.EngineException;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Without an oracle: for any condition p the rows of a query are those where p is true, those where
 * NOT p is, and those where p is null (Rigger and Su, "Finding bugs in database systems via query
 * partitioning", 2020). Replay with {@code -Dfrazil.seed=}, {@code -Dfrazil.query=}.
 */
@Tag("slow")
class TernaryPartitionTest {
  private static final int QUERIES =
      Integer.getInteger("frazil.partitions", Boolean.getBoolean("frazil.soak") ? 100_000 : 500);
  private static final int QUERIES_A_DATABASE = 250;
  private static final int MOST_FAILURES = Integer.getInteger("frazil.failures", 5);

  private final Map<String, String> failures = new LinkedHashMap<>();
  private int split;

  @Test
  void aConditionSplitsTheRowsInThree() {
    long seed =
        Long.getLong(
            "frazil.seed", Boolean.getBoolean("frazil.soak") ? System.nanoTime() : 20261122);
    int only = Integer.getInteger("frazil.query", -1);
    System.out.println("TernaryPartitionTest: replay with -Dfrazil.seed=" + seed);
    for (int first = 0; first < QUERIES && failures.size() < MOST_FAILURES; ) {
      int next = Math.min(QUERIES, first + QUERIES_A_DATABASE);
      if (only < 0 || (only >= first && only < next)) {
        database(seed, first, next, only);
      }
      first = next;
    }
    System.out.println("TernaryPartitionTest: " + split + " queries with rows of several kinds");
    failures.forEach((where, script) -> System.out.println(where + "\n" + script));
    assertThat(failures.keySet()).as("failing queries; their scripts stand above").isEmpty();
    if (only < 0) {
      assertThat(split).isGreaterThan(QUERIES / 20);
    }
  }

  private void database(long seed, int first, int next, int only) {
    List<TableContents> tables = new RandomTables(Dice.of(seed + first)).next(5);
    try (FastFolder folder = FastFolder.create();
        Opponents opponents = new Opponents(folder.path().resolve("db"))) {
      opponents.create(tables);
      for (int query = first; query < next && failures.size() < MOST_FAILURES; query++) {
        if (only >= 0 && query != only) {
          continue;
        }
        Fragment statement = new QuerySource(Dice.of(seed * 31 + query), tables).partition();
        Verdict verdict = check(opponents, statement);
        split += verdict.outcome() == Outcome.SAME && verdict.explanation().equals("split") ? 1 : 0;
        if (!verdict.isFine()) {
          failures.put(
              "-Dfrazil.seed=" + seed + " -Dfrazil.query=" + query,
              new Reduction(
                      tables,
                      verdict,
                      folder.path().resolve("reduced" + query),
                      TernaryPartitionTest::check)
                  .script(statement));
        }
      }
    }
  }

  private static Verdict check(Opponents opponents, Fragment statement) {
    List<Fragment> parts = statement.parts();
    String whole = parts.get(0).text(Dialect.FRAZIL) + parts.get(1).text(Dialect.FRAZIL);
    String keyword = ((Fragment.Items) parts.get(1)).prefix();
    String begun = whole + (parts.get(1).parts().isEmpty() ? keyword : " AND ");
    String condition = parts.get(3).text(Dialect.FRAZIL);
    List<String> rows;
    try {
      rows = opponents.frazil().query(whole).sorted();
    } catch (EngineException e) {
      return new Verdict(Outcome.BOTH_FAIL, e.state().code(), e.getMessage());
    }
    List<String> union = new ArrayList<>();
    int kinds = 0;
    try {
      for (String variant :
          List.of(condition, "NOT (" + condition + ")", "(" + condition + ") IS NULL")) {
        List<String> some = opponents.frazil().query(begun + variant).lines();
        kinds += some.isEmpty() ? 0 : 1;
        union.addAll(some);
      }
    } catch (EngineException e) {
      return new Verdict(Outcome.FRAZIL_FAILS, e.state().code(), e.getMessage());
    }
    union.sort(null);
    return union.equals(rows)
        ? new Verdict(Outcome.SAME, "", kinds > 1 ? "split" : "whole")
        : new Verdict(
            Outcome.DIFFERENT_ROWS, "", rows.size() + " rows, " + union.size() + " in the parts");
  }
}
