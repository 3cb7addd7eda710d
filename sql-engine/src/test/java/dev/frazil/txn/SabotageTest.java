package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.Databases;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.PersistentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The torture runs would notice if a guard were missing: with one guard turned off at a time, the
 * same run finds violations. With all of them on it finds none.
 */
@Tag("slow")
class SabotageTest {

  private record Findings(TortureRun.Figures figures, long deleted) {
    long all() {
      return figures.violations() + deleted;
    }
  }

  /** At most a few rounds: a guard that is off shows soon, or the suite could not be trusted. */
  private static Findings run(int rounds, long patienceMillis, String... disabledGuards)
      throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("sabotage " + List.of(disabledGuards) + ": -Dfrazil.seed=" + seed);
    Findings findings = null;
    for (int round = 0; round < rounds && (findings == null || findings.all() == 0); round++) {
      MemoryObjectStore shared = new MemoryObjectStore();
      AtomicLong deleted = new AtomicLong();
      List<FaultyObjectStore> stores = new ArrayList<>();
      long roundSeed = seed + round;
      TortureRun run =
          new TortureRun(
              writer -> {
                ObjectStore store = shared;
                if (writer >= 0) {
                  FaultyObjectStore faulty =
                      new FaultyObjectStore(store, roundSeed * 7 + writer).rates(0.5, 0.3, 0.1);
                  synchronized (stores) {
                    stores.add(faulty);
                  }
                  store = faulty;
                }
                return Databases.open(
                    new PersistentStore(store, deleted),
                    "/warehouse",
                    patienceMillis,
                    disabledGuards);
              },
              roundSeed,
              4,
              10,
              false);
      findings =
          new Findings(run.run(() -> stores.forEach(FaultyObjectStore::drain)), deleted.get());
    }
    System.out.println("sabotage " + List.of(disabledGuards) + ": " + findings);
    return findings;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 300})
  void nothingIsFoundWithAllGuardsOn(long patienceMillis) throws InterruptedException {
    assertThat(run(2, patienceMillis).all()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONDITION", "OWN_ID", "UNKNOWN_STAYS_UNKNOWN", "POINTERS", "NO_DELETES"})
  void aMissingGuardIsFound(String guard) throws InterruptedException {
    // A writer without patience meets outcomes that it cannot learn.
    long patienceMillis = guard.equals("UNKNOWN_STAYS_UNKNOWN") ? 0 : 300;
    assertThat(run(20, patienceMillis, guard).all()).isPositive();
  }
}
