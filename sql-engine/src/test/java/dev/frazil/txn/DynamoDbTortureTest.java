package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.aws.DynamoDbCatalogs;
import dev.frazil.catalog.aws.DynamoDbPointers;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.PersistentStore;
import dev.frazil.testing.ServerFault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.catalog.Namespace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promises 1, 2, 3 and 7 in a DynamoDB catalog: writers move amounts between three tables, each by
 * one commit, while requests to DynamoDB Local go wrong on the way. Replay with {@code
 * -Dfrazil.seed=}; {@code -Dfrazil.torture.rounds=} lengthens the run.
 */
@Tag("slow")
class DynamoDbTortureTest {
  private static final int WRITERS = 4;
  private static final int COMMITS_PER_ROUND = 80;
  private static final List<ServerFault> FAULTS =
      List.of(
          ServerFault.INTERNAL_ERROR,
          ServerFault.SLOW_DOWN,
          ServerFault.CONFLICT,
          ServerFault.DROPPED,
          ServerFault.LOST_ANSWER,
          ServerFault.APPLIED_THEN_CONFLICT,
          ServerFault.APPLIED_THEN_INTERNAL_ERROR,
          ServerFault.ARRIVES_LATE,
          ServerFault.DUPLICATED,
          ServerFault.CUT_OFF);

  private TortureRun.Figures run(long seed, int commits, long patienceMillis, String... guards)
      throws InterruptedException {
    AtomicLong deleted = new AtomicLong();
    try (FastFolder folder = FastFolder.create();
        JsonServiceServer calm = DynamoDbLocal.shared().proxy();
        JsonServiceServer faulty = DynamoDbLocal.shared().proxy()) {
      String table = "torture-" + UUID.randomUUID();
      try (DynamoDbPointers pointers = DynamoDbCatalogs.open(calm, table)) {
        pointers.prepareWrite();
        pointers.swap(List.of(new PointerChange.CreateNamespace(Namespace.of("main"), Map.of())));
      }
      if (patienceMillis > 0) {
        faulty.random(seed, 0.3, Set.of("TransactWriteItems", "Scan", "TransactGetItems"), FAULTS);
      } else {
        faulty.random(seed, 1, Set.of("TransactWriteItems"), List.of(ServerFault.ARRIVES_LATE));
      }
      TortureRun.Figures figures =
          new TortureRun(
                  writer ->
                      open(
                          writer < 0 ? calm : faulty,
                          table,
                          folder,
                          deleted,
                          patienceMillis,
                          guards),
                  seed,
                  Math.min(WRITERS, commits),
                  Math.max(1, commits / WRITERS),
                  seed % 2 == 0)
              .run(() -> settle(faulty));
      System.out.printf(
          "torture, DynamoDB %s: -Dfrazil.seed=%d: %s, %d faults, %d objects deleted%n",
          List.of(guards), seed, figures, faulty.injected(), deleted.get());
      assertThat(deleted).hasValue(0);
      assertThat(faulty.injected()).isGreaterThan(commits / 8);
      return figures;
    }
  }

  private static DatabaseCatalog open(
      JsonServiceServer server,
      String table,
      FastFolder folder,
      AtomicLong deleted,
      long patienceMillis,
      String... guards) {
    return Databases.open(
        DynamoDbCatalogs.open(server, table),
        new PersistentStore(new FileObjectStore(TimeSource.system(), Ids.system()), deleted),
        folder.path().toString(),
        patienceMillis,
        guards);
  }

  /** What arrives late has arrived. */
  private static void settle(JsonServiceServer server) {
    server.calm();
    TimeSource.system().sleepMillis(400);
  }

  @Test
  void noAcknowledgedCommitIsLostAndNoneIsAppliedTwice() throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    TortureRun.Figures sum = null;
    for (int round = 0; round < Integer.getInteger("frazil.torture.rounds", 1); round++) {
      TortureRun.Figures figures = run(seed + round, COMMITS_PER_ROUND, 5_000);
      sum = sum == null ? figures : sum.plus(figures);
    }
    assertThat(sum.violations()).as(sum.toString()).isZero();
    assertThat(sum.acknowledged()).isGreaterThan(sum.commits() / 4);
    assertThat(sum.reads()).isPositive();
  }

  @Test
  void aMissingGuardIsFound() throws InterruptedException {
    // One swap that arrives after its writer has given up, and nobody in between.
    int found = run(System.nanoTime(), 1, 0, "UNKNOWN_STAYS_UNKNOWN").failedButVisible();
    assertThat(found).isPositive();
  }
}
