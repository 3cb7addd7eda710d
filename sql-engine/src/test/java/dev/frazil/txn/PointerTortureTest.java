package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.Databases;
import dev.frazil.catalog.FaultyPointerStore;
import dev.frazil.catalog.MemoryPointerStore;
import dev.frazil.catalog.PointerStore;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.PersistentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises 1, 2, 3 and 7 over a catalog that keeps pointers, while its server loses swaps, lands
 * them without an answer, is sent them twice, or gets them late; and with one guard turned off at a
 * time the same run finds violations. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class PointerTortureTest {
  private record Findings(TortureRun.Figures figures, long deleted) {
    long all() {
      return figures.violations() + deleted;
    }
  }

  private static Findings run(
      int rounds, int commitsPerWriter, boolean onDemand, long patienceMillis, String... guards)
      throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("torture, pointers " + List.of(guards) + ": -Dfrazil.seed=" + seed);
    Findings findings = null;
    for (int round = 0; round < rounds && (findings == null || findings.all() == 0); round++) {
      MemoryObjectStore files = new MemoryObjectStore();
      MemoryPointerStore server = new MemoryPointerStore(100, onDemand);
      AtomicLong deleted = new AtomicLong();
      List<FaultyPointerStore> lines = new ArrayList<>();
      long roundSeed = seed + round;
      TortureRun run =
          new TortureRun(
              writer -> {
                PointerStore pointers = server;
                if (writer >= 0) {
                  FaultyPointerStore faulty =
                      new FaultyPointerStore(
                          server, roundSeed * 7 + writer, 0.4, patienceMillis == 0);
                  synchronized (lines) {
                    lines.add(faulty);
                  }
                  pointers = faulty;
                }
                return Databases.open(
                    pointers,
                    new PersistentStore(files, deleted),
                    "/warehouse",
                    patienceMillis,
                    guards);
              },
              roundSeed,
              4,
              commitsPerWriter,
              round % 2 == 1);
      findings =
          new Findings(run.run(() -> lines.forEach(FaultyPointerStore::drain)), deleted.get());
    }
    System.out.println("torture, pointers " + List.of(guards) + ": " + findings);
    return findings;
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1500, false", "1500, true"})
  void nothingIsFoundWithAllGuardsOn(long patienceMillis, boolean onDemand)
      throws InterruptedException {
    Findings findings = run(2, 25, onDemand, patienceMillis);
    // What is asked for table by table is of a moment of its own, table by table.
    int uneven = onDemand ? findings.figures().unevenReads() : 0;
    assertThat(findings.all() - uneven).as(findings.toString()).isZero();
    assertThat(findings.figures().acknowledged()).isGreaterThan(findings.figures().commits() / 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONDITION", "OWN_ID", "UNKNOWN_STAYS_UNKNOWN"})
  void aMissingGuardIsFound(String guard) throws InterruptedException {
    long patienceMillis = guard.equals("UNKNOWN_STAYS_UNKNOWN") ? 0 : 300;
    assertThat(run(10, 10, false, patienceMillis, guard).all()).isPositive();
  }
}
