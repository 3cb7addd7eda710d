package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.Databases;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.StoreFactory;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.HurriedTime;
import dev.frazil.testing.PersistentStore;
import dev.frazil.testing.ServerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promises 1, 2, 3 and 7 on S3: the same writers over the real client, with faults on the wire.
 * Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class TortureS3Test {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 8;
  private static final int COMMITS_PER_ROUND = 200;

  /** What a server, a proxy or a network may do; a permission that is missing does not pass. */
  private static final List<ServerFault> FAULTS =
      List.of(
          ServerFault.CONFLICT,
          ServerFault.INTERNAL_ERROR,
          ServerFault.SLOW_DOWN,
          ServerFault.DROPPED,
          ServerFault.LOST_ANSWER,
          ServerFault.APPLIED_THEN_CONFLICT,
          ServerFault.APPLIED_THEN_PRECONDITION_FAILED,
          ServerFault.APPLIED_THEN_INTERNAL_ERROR,
          ServerFault.APPLIED_THEN_SLOW_DOWN,
          ServerFault.ARRIVES_LATE,
          ServerFault.DUPLICATED);

  @Test
  void noAcknowledgedCommitIsLostAndNoneIsAppliedTwice() throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("torture, S3 server: -Dfrazil.seed=" + seed);
    int rounds = Integer.getInteger("frazil.torture.rounds", ROUNDS);
    AtomicLong deleted = new AtomicLong();
    AtomicInteger calls = new AtomicInteger();
    TortureRun.Figures sum = null;
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      for (int round = 0; round < rounds; round++) {
        TortureRun.Figures figures = round(server, round, seed + round, deleted, calls);
        sum = sum == null ? figures : sum.plus(figures);
        for (String key : server.keys(ConditionalS3Server.BUCKET, "round-" + round + "/")) {
          server.remove(ConditionalS3Server.BUCKET, key);
        }
      }
      long faults = server.faults().injected().values().stream().mapToLong(Long::longValue).sum();
      System.out.printf(
          "torture, S3 server: %s, %d of %d calls faulted (%d %%): %s; %d objects deleted%n",
          sum,
          faults,
          calls.get(),
          100 * faults / calls.get(),
          server.faults().injected(),
          deleted.get());
      assertThat(sum.violations()).as(sum.toString()).isZero();
      assertThat(deleted).hasValue(0);
      assertThat(100 * faults / calls.get()).isGreaterThanOrEqualTo(25);
      assertThat(sum.acknowledged()).isGreaterThan(sum.commits() / 2);
    }
  }

  private static TortureRun.Figures round(
      ConditionalS3Server server, int round, long seed, AtomicLong deleted, AtomicInteger calls)
      throws InterruptedException {
    String prefix = "round-" + round;
    String warehouse = "s3://" + ConditionalS3Server.BUCKET + "/" + prefix;
    List<ObjectStore> stores = new ArrayList<>();
    TortureRun run =
        new TortureRun(
            writer -> {
              ObjectStore store =
                  StoreFactory.open(server.config(prefix), HurriedTime.INSTANCE, Ids.system());
              synchronized (stores) {
                stores.add(store);
              }
              if (writer >= 0) {
                server
                    .faults()
                    .random(
                        seed,
                        0.27,
                        request -> {
                          calls.incrementAndGet();
                          return true;
                        },
                        FAULTS);
              }
              return Databases.open(new PersistentStore(store, deleted), warehouse, 10_000);
            },
            seed,
            WRITERS,
            COMMITS_PER_ROUND / WRITERS,
            round % 2 == 0);
    return run.run(
        () -> {
          server.faults().calm();
          // Requests that arrive late do so within this time.
          try {
            Thread.sleep(500);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
