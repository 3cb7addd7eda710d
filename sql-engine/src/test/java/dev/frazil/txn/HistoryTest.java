package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.Databases;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.History.Outcome;
import dev.frazil.testing.History.Run;
import dev.frazil.testing.HistoryChecker;
import dev.frazil.testing.HistoryChecker.Anomaly;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.PersistentStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 6: no history of concurrent transactions shows what its isolation level rules out. With a
 * rule of conflicts turned off, histories do. Replay with {@code -Dfrazil.seed=}; threads are not
 * replayed.
 */
@Tag("slow")
class HistoryTest {
  private static final int TRANSACTIONS = Integer.getInteger("frazil.history.transactions", 1_500);
  private static final int TRANSACTIONS_PER_ROUND = 60;
  private static final int KEYS = 8;

  /** What was found over several rounds, of which the even ones may be faulty. */
  private static final class Findings {
    final Map<Anomaly, String> anomalies = new EnumMap<>(Anomaly.class);
    final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    void add(List<Run> history) {
      HistoryChecker.check(history).forEach(anomalies::putIfAbsent);
      history.forEach(run -> outcomes.merge(run.outcome(), 1, Integer::sum));
    }
  }

  private static Findings run(
      IsolationLevel level,
      int faultyRounds,
      int transactions,
      Set<ConflictRule> disabled,
      Set<Anomaly> enough,
      String... disabledGuards)
      throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    String what = level + " " + disabled + List.of(disabledGuards);
    System.out.println("history, " + what + ": -Dfrazil.seed=" + seed);
    Findings findings = new Findings();
    for (int done = 0; done < transactions; done += TRANSACTIONS_PER_ROUND) {
      MemoryObjectStore shared = new MemoryObjectStore();
      List<FaultyObjectStore> stores = new ArrayList<>();
      long roundSeed = seed + done;
      int round = done / TRANSACTIONS_PER_ROUND;
      HistoryRun run =
          new HistoryRun(
              process -> {
                ObjectStore store = shared;
                if (process >= 0 && round % 2 < faultyRounds) {
                  FaultyObjectStore faulty =
                      new FaultyObjectStore(shared, roundSeed * 7 + process).rates(0.4, 0.2, 0.1);
                  synchronized (stores) {
                    stores.add(faulty);
                  }
                  store = faulty;
                }
                return Databases.open(
                    new PersistentStore(store, new AtomicLong()),
                    "/warehouse",
                    5_000,
                    disabledGuards);
              },
              level,
              disabled,
              roundSeed,
              KEYS);
      findings.add(run.run(TRANSACTIONS_PER_ROUND, () -> stores.forEach(FaultyObjectStore::drain)));
      if (findings.anomalies.keySet().stream().anyMatch(enough::contains)) {
        break;
      }
    }
    System.out.println(
        "history, " + what + ": " + findings.outcomes + ", found " + findings.anomalies.keySet());
    return findings;
  }

  /** Every other round while calls to the store go wrong. */
  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void nothingIsSeenThatTheLevelRulesOut(IsolationLevel level) throws InterruptedException {
    Findings findings = run(level, 1, TRANSACTIONS, Set.of(), Set.of());
    if (level == IsolationLevel.SNAPSHOT) {
      assertThat(findings.anomalies.keySet())
          .as("write skew, which snapshot isolation lets happen, is there to be seen; no more")
          .containsExactly(Anomaly.WRITE_SKEW);
    } else {
      assertThat(findings.anomalies).isEmpty();
    }
    assertThat(findings.outcomes.get(Outcome.OK)).isGreaterThan(TRANSACTIONS / 4);
  }

  /** The suite would notice if a rule were missing. */
  @ParameterizedTest
  @EnumSource(
      value = ConflictRule.class,
      names = {"DELETE_FILES", "READS_OF_WRITTEN", "READS_OF_OTHERS"})
  void aMissingRuleIsFound(ConflictRule rule) throws InterruptedException {
    IsolationLevel level =
        rule == ConflictRule.DELETE_FILES ? IsolationLevel.SNAPSHOT : IsolationLevel.SERIALIZABLE;
    Set<Anomaly> ruledOut = EnumSet.allOf(Anomaly.class);
    if (level == IsolationLevel.SNAPSHOT) {
      ruledOut.remove(Anomaly.WRITE_SKEW);
    }
    Findings findings = run(level, 0, 20 * TRANSACTIONS_PER_ROUND, Set.of(rule), ruledOut);
    assertThat(findings.anomalies.keySet()).containsAnyElementsOf(ruledOut);
  }

  @Test
  void aMissingConditionOfTheSwapIsFound() throws InterruptedException {
    Set<Anomaly> ruledOut = EnumSet.allOf(Anomaly.class);
    Findings findings =
        run(
            IsolationLevel.SERIALIZABLE,
            0,
            20 * TRANSACTIONS_PER_ROUND,
            Set.of(),
            ruledOut,
            "CONDITION");
    assertThat(findings.anomalies.keySet()).containsAnyElementsOf(ruledOut);
  }
}
