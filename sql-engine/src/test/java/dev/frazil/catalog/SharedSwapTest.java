package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.catalog.Namespace;
import org.junit.jupiter.api.Test;

/** Commits of one process that wait at the same time share a swap. */
class SharedSwapTest {
  private static final int COMMITS = 200;

  @Test
  void manyWaitingCommitsShareFewSwapsAndEachIsApplied() throws Exception {
    MemoryObjectStore memory = new MemoryObjectStore();
    FaultyObjectStore store = new FaultyObjectStore(memory, 1);
    BucketDatabase database = Databases.open(store, "/warehouse", 30_000);
    database.prepareWrite();
    memory.takeRequests();
    CountDownLatch go = new CountDownLatch(1);
    // The first swap is held until all others wait behind it.
    store.hookOnce(
        FaultyObjectStore.Point.BEFORE_PUT_IF,
        "root.json",
        location -> {
          try {
            go.await();
            Thread.sleep(300);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    ExecutorService threads = Executors.newFixedThreadPool(COMMITS);
    try {
      List<Future<CommitOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < COMMITS; i++) {
        RootEdit edit =
            new RootEdit(
                "id-" + i,
                null,
                List.of(new RootChange.CreateNamespace(Namespace.of("n" + i), Map.of())));
        outcomes.add(threads.submit(() -> database.commit(edit)));
      }
      go.countDown();
      for (Future<CommitOutcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(CommitOutcome.Applied.class);
      }
    } finally {
      threads.shutdownNow();
    }
    int puts = memory.takeRequests().get(MemoryObjectStore.Request.CONDITIONAL_PUT);
    System.out.println(COMMITS + " commits of one process took " + puts + " swaps");
    assertThat(puts).isLessThan(COMMITS / 10);
    assertThat(database.snapshot().root().namespaces()).hasSize(COMMITS + 1);
  }
}
