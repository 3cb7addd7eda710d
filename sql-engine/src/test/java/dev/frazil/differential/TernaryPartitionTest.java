package dev.frazil.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Verdict.Outcome;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Without an oracle: for any condition p the rows of a query are those where p is true, those where
 * NOT p is, and those where p is null (Rigger and Su, "Finding bugs in database systems via query
 * partitioning", 2020). Replay with {@code -Dfrazil.seed=}, {@code -Dfrazil.query=}.
 */
@Tag("slow")
class TernaryPartitionTest {

  @Test
  void aConditionSplitsTheRowsInThree() {
    int queries = RandomRun.size("frazil.partitions", 500, 100_000);
    RandomRun run =
        new RandomRun(
            "TernaryPartitionTest", queries, QuerySource::partition, TernaryPartitionTest::check);
    run.run();
    // Each of those has rows of several kinds.
    if (Integer.getInteger("frazil.query") == null) {
      assertThat(run.rows()).isGreaterThan(queries / 20);
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
      return new Verdict(
          e.state() == SqlState.OUT_OF_MEMORY ? Outcome.OUT_OF_MEMORY : Outcome.BOTH_FAIL,
          e.state().code(),
          e.getMessage());
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
      return new Verdict(
          e.state() == SqlState.OUT_OF_MEMORY ? Outcome.OUT_OF_MEMORY : Outcome.FRAZIL_FAILS,
          e.state().code(),
          e.getMessage());
    }
    union.sort(null);
    return union.equals(rows)
        ? new Verdict(Outcome.SAME, "", kinds > 1 ? "1" : "0")
        : new Verdict(
            Outcome.DIFFERENT_ROWS, "", rows.size() + " rows, " + union.size() + " in the parts");
  }
}
