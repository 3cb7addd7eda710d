package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a swap may refer to is on the disk before the swap is. */
class DeferredForcesTest {
  @TempDir Path folder;

  /** Notes what it forces; waits and fails as it is told. */
  private static final class NotingDisk implements DeferredForces.Disk {
    final List<String> forced = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger begun = new AtomicInteger();
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile String lost = "nothing";

    @Override
    public void force(TemporaryFile file, Path target) throws IOException {
      begun.incrementAndGet();
      pass();
      if (target.endsWith(lost)) {
        throw new IOException("Input/output error");
      }
      file.force();
      forced.add(target.getFileName().toString());
    }

    @Override
    public void forceFolder(Path path) throws IOException {
      pass();
      if (path.endsWith(lost)) {
        throw new IOException("Input/output error");
      }
      Durability.forceFolder(path);
      forced.add(path.getFileName().toString());
    }

    private void pass() throws IOException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static FileObjectStore store(NotingDisk disk) {
    return new FileObjectStore(
        TimeSource.system(),
        Ids.system(),
        FileObjectStore.LOCK_TIMEOUT_MILLIS,
        new DeferredForces(disk));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static PutOutcome swap(ObjectStore store, String location) {
    return store.putIf(location, new byte[] {1}, PutCondition.ifAbsent());
  }

  @Test
  void swapWaitsForFilesAndTheirFolders() throws Exception {
    NotingDisk disk = new NotingDisk();
    disk.gate = new CountDownLatch(1);
    try (FileObjectStore store = store(disk)) {
      store.put(at("data/one"), new byte[] {1, 2});
      try (ObjectStore.UploadStream upload = store.create(at("data/two"))) {
        upload.write(new byte[100_000], 0, 100_000);
      }
      assertThat(Files.readAllBytes(folder.resolve("data/one"))).containsExactly(1, 2);
      CompletableFuture<PutOutcome> swap =
          CompletableFuture.supplyAsync(() -> swap(store, at("root")));

      assertThatThrownBy(() -> swap.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(folder.resolve("root")).doesNotExist();
      disk.gate.countDown();

      assertThat(swap.get(10, TimeUnit.SECONDS)).isInstanceOf(PutOutcome.Stored.class);
      assertThat(disk.forced).containsExactlyInAnyOrder("one", "two", "data");
    }
  }

  @Test
  void lostFileStopsEverySwapUntilItIsDeleted() {
    NotingDisk disk = new NotingDisk();
    disk.lost = "one";
    try (FileObjectStore store = store(disk)) {
      store.put(at("data/one"), new byte[] {1});
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> swap(store, at("root")))
            .isInstanceOfSatisfying(
                EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.IO_ERROR))
            .hasMessageContaining(at("data/one"))
            .hasMessageContaining("close all connections of this process to the warehouse");
      }
      assertThat(folder.resolve("root")).doesNotExist();

      store.delete(List.of(at("data/one")));
      assertThat(swap(store, at("root"))).isInstanceOf(PutOutcome.Stored.class);
    }
  }

  @Test
  void lostFolderStopsEverySwap() {
    NotingDisk disk = new NotingDisk();
    disk.lost = "data";
    try (FileObjectStore store = store(disk)) {
      store.put(at("data/one"), new byte[] {1});
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> swap(store, at("root"))).hasMessageContaining(at("data"));
      }
    }
  }

  @Test
  void writersWaitWhereManyFilesAreOpen() throws Exception {
    NotingDisk disk = new NotingDisk();
    disk.gate = new CountDownLatch(1);
    AtomicInteger written = new AtomicInteger();
    try (FileObjectStore store = store(disk)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 3 * DeferredForces.MAX_OPEN_FILES; i++) {
                  store.put(at("data/" + i), new byte[] {1});
                  written.incrementAndGet();
                }
              });
      assertThatThrownBy(() -> writer.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(written.get()).isLessThanOrEqualTo(DeferredForces.MAX_OPEN_FILES);
      disk.gate.countDown();
      writer.get(10, TimeUnit.SECONDS);
      swap(store, at("root"));
      assertThat(disk.forced).hasSize(3 * DeferredForces.MAX_OPEN_FILES + 1);
    }
  }

  @Test
  void interruptedWriterHasStoredNoSwapAndSpoilsNone() {
    NotingDisk disk = new NotingDisk();
    disk.gate = new CountDownLatch(1);
    try (FileObjectStore store = store(disk)) {
      store.put(at("data/one"), new byte[] {1});
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> swap(store, at("root")))
            .isInstanceOfSatisfying(
                EngineException.class,
                e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
        disk.gate.countDown();
      }
      assertThat(folder.resolve("root")).doesNotExist();
      assertThat(swap(store, at("root"))).isInstanceOf(PutOutcome.Stored.class);
      assertThat(disk.forced).contains("one", "data");
    }
  }

  /** A JVM that has no thread left must not leave a swap to wait for ever. */
  @Test
  void aForceThatCannotBeginStopsTheSwap() {
    AtomicInteger tasks = new AtomicInteger();
    DeferredForces forces =
        new DeferredForces(
            new NotingDisk(),
            task -> {
              if (tasks.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    try (FileObjectStore store =
        new FileObjectStore(
            TimeSource.system(), Ids.system(), FileObjectStore.LOCK_TIMEOUT_MILLIS, forces)) {
      assertThatThrownBy(() -> store.put(at("data/one"), new byte[] {1}))
          .isInstanceOf(OutOfMemoryError.class);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> swap(store, at("root")))
                  .isInstanceOfSatisfying(
                      EngineException.class,
                      e -> assertThat(e.state()).isEqualTo(SqlState.IO_ERROR)));
      assertThat(folder.resolve("root")).doesNotExist();
    }
  }
}
