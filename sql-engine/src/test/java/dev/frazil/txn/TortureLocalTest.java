package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.Databases;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.PersistentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promises 1, 2, 3 and 7 on a local folder. Replay with {@code -Dfrazil.seed=}; {@code
 * -Dfrazil.torture.rounds=} lengthens the run.
 */
@Tag("slow")
class TortureLocalTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 8;
  private static final int COMMITS_PER_ROUND = 200;

  @Test
  void noAcknowledgedCommitIsLostAndNoneIsAppliedTwice() throws InterruptedException {
    run(Integer.getInteger("frazil.torture.rounds", ROUNDS));
  }

  private void run(int rounds) throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("torture, local folder: -Dfrazil.seed=" + seed);
    TortureRun.Figures sum = null;
    long calls = 0;
    long faults = 0;
    AtomicLong deleted = new AtomicLong();
    for (int round = 0; round < rounds; round++) {
      FastFolder folder = FastFolder.create();
      String warehouse = folder.path().resolve("db").toString();
      List<FaultyObjectStore> stores = new ArrayList<>();
      long roundSeed = seed + round;
      boolean turns = round % 4 == 3;
      TortureRun run =
          new TortureRun(
              writer -> {
                ObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
                if (writer >= 0) {
                  FaultyObjectStore faulty =
                      new FaultyObjectStore(store, roundSeed * 7 + writer).rates(0.4, 0.28, 0.28);
                  if (turns) {
                    faulty.withTurns();
                  }
                  synchronized (stores) {
                    stores.add(faulty);
                  }
                  store = faulty;
                }
                return Databases.open(new PersistentStore(store, deleted), warehouse, 5_000);
              },
              roundSeed,
              WRITERS,
              COMMITS_PER_ROUND / WRITERS,
              round % 2 == 0);
      TortureRun.Figures figures;
      try (folder) {
        figures = run.run(() -> stores.forEach(FaultyObjectStore::drain));
      }
      sum = sum == null ? figures : sum.plus(figures);
      calls += stores.stream().mapToLong(FaultyObjectStore::calls).sum();
      faults += stores.stream().mapToLong(FaultyObjectStore::faults).sum();
    }
    System.out.printf(
        "torture, local folder: %s, %d of %d calls faulted (%d %%), %d objects deleted%n",
        sum, faults, calls, 100 * faults / calls, deleted.get());
    assertThat(sum.violations()).as(sum.toString()).isZero();
    assertThat(deleted).hasValue(0);
    assertThat(100 * faults / calls).isGreaterThanOrEqualTo(25);
    assertThat(sum.acknowledged()).isGreaterThan(sum.commits() / 2);
  }
}
