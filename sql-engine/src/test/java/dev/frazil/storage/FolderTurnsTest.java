package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** First come, first served; and nobody depends on it. */
@Timeout(60)
class FolderTurnsTest {
  private static final long PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;

  private final FolderTurns turns = new FolderTurns(TimeSource.system(), 5_000);

  @Test
  void threadsComeInTheOrderOfTheirArrival() throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (ObjectStore.Turn first = turns.take(folder)) {
      assertThat(first.waited()).isFalse();
      for (int i = 0; i < 5; i++) {
        int number = i;
        Thread thread =
            new Thread(
                () -> {
                  try (ObjectStore.Turn turn = turns.take(folder)) {
                    assertThat(turn.waited()).isTrue();
                    order.add(number);
                  }
                });
        threads.add(thread);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.sleep(1);
        }
      }
      assertThat(order).isEmpty();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aFolderThatIsMissingHasNoTurns() {
    try (ObjectStore.Turn turn = turns.take(folder.resolve("missing"))) {
      assertThat(turn).isSameAs(ObjectStore.Turn.NONE);
    }
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void aBrokenCounterStartsAnew() throws Exception {
    Path file = folder.resolve(FolderTurns.FILE_NAME);
    for (byte[] broken :
        List.of(new byte[] {1, 2}, bytes("\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f"))) {
      Files.write(file, broken);
      for (int i = 0; i < 2; i++) {
        try (ObjectStore.Turn turn = turns.take(folder)) {
          assertThat(turn).isNotSameAs(ObjectStore.Turn.NONE);
          assertThat(turn.waited()).isFalse();
        }
      }
    }
  }

  @Tag("slow")
  @Test
  void anotherProcessComesFirstUntilItIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "turn", folder.toString())) {
      child.awaitLine("taken", PATIENCE_MILLIS);
      Thread killer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                  child.kill();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      killer.start();
      long start = System.nanoTime();
      try (ObjectStore.Turn turn = turns.take(folder)) {
        assertThat(turn.waited()).isTrue();
        assertThat((System.nanoTime() - start) / 1_000_000).isBetween(250L, 4_000L);
      }
      killer.join();
    }
  }

  @Tag("slow")
  @Test
  void aFrozenProcessIsWaitedForOnce() throws Exception {
    FolderTurns impatient = new FolderTurns(TimeSource.system(), 400);
    try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "turn", folder.toString())) {
      child.awaitLine("taken", PATIENCE_MILLIS);
      child.pause();
      long start = System.nanoTime();
      impatient.take(folder).close();
      assertThat((System.nanoTime() - start) / 1_000_000).isBetween(350L, 3_000L);
      start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        impatient.take(folder).close();
      }
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(350L);
      child.kill();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
