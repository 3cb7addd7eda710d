package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.MemoryObjectStore;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writers of several processes on a store that knows no order: nobody comes second for ever. */
@Tag("slow")
class CommitQueueTest {
  private static DatabaseCatalog open(ObjectStore shared, long millis) {
    return Databases.open(DelayedStore.of(shared, millis), "/warehouse", 60_000);
  }

  /**
   * One client is four times as far away: others commit several times in each of its attempts. Its
   * hundredth commit would read a hundred manifests to merge them, which is not what is looked at.
   */
  @Test
  void aSlowClientIsNotOvertakenForEver() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    ContentionRun.Figures figures =
        new ContentionRun(process -> open(store, process == 0 ? 25 : 6), 5, 1, true, 6_000)
            .with(Map.of(TableProperties.MANIFEST_MERGE_ENABLED, "false"))
            .run();
    System.out.println("one slow client beside four fast ones: " + figures);
    System.out.printf(
        "the slow one: %d commits, longest %.0f ms%n",
        figures.commitMillis().get(0).size(), figures.quantileMillis(0, 1));
    assertThat(figures.found()).isEqualTo(figures.acknowledged());
    assertThat(figures.failed()).isZero();
    assertThat(figures.commitMillis().get(0)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(figures.quantileMillis(0, 1)).isLessThan(5_000);
  }

  /** With the queue off the slow client waits until the others have stopped. */
  @Test
  void withoutTheQueueASlowClientIsOvertaken() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    ContentionRun.Figures figures =
        new ContentionRun(
                process ->
                    Databases.open(
                        DelayedStore.of(store, process == 0 ? 40 : 6, true), "/warehouse", 60_000),
                5,
                1,
                true,
                4_000)
            .with(Map.of(TableProperties.MANIFEST_MERGE_ENABLED, "false"))
            .run();
    System.out.println("one slow client beside four fast ones, without the queue: " + figures);
    assertThat(figures.found()).isEqualTo(figures.acknowledged());
    assertThat(figures.quantileMillis(0, 1)).isGreaterThan(2_500);
  }

  @Test
  void eightProcessesOnOneTableComeInTurn() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    ContentionRun.Figures figures =
        new ContentionRun(process -> open(store, 10), 8, 1, true, 3_000).run();
    System.out.println("8 processes on one table: " + figures);
    assertThat(figures.found()).isEqualTo(figures.acknowledged());
    assertThat(figures.failed()).isZero();
    // Fair, whatever the machine does: nobody gets less than a quarter of what another one gets.
    assertThat(figures.fewest() * 4).isGreaterThanOrEqualTo(figures.most());
  }

  /** Whoever took a place and died is waited for until its lease is over, then passed over. */
  @Test
  void aPlaceOfADeadWriterEndsWithItsLease() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    ContentionRun run = new ContentionRun(process -> open(store, 1), 1, 1, true, 200);
    run.run();
    try (DatabaseCatalog dead = open(store, 1)) {
      QueuePlace place = new QueuePlace(dead, Set.of(ContentionRun.FIRST));
      place.await(dead.snapshot(), 100);
      assertThat(dead.snapshot().root().claims()).hasSize(1);
    }
    long start = System.nanoTime();
    try (DatabaseCatalog alive = open(store, 1)) {
      Transaction transaction = Transaction.begin(alive, IsolationLevel.SERIALIZABLE, false, null);
      transaction.rows().truncate(ContentionRun.FIRST);
      transaction.commit(null);
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println("waited for a dead writer: " + millis + " ms");
      assertThat(millis).isBetween(1_500L, 6_000L);
      assertThat(alive.snapshot().root().claims()).as("it is removed").isEmpty();
    }
  }
}
