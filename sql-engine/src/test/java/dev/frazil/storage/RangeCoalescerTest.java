package dev.frazil.storage;

import static dev.frazil.storage.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.FaultyObjectStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeCoalescerTest {
  @TempDir Path folder;

  @Test
  void mergesWhatLiesCloseTogether() throws Exception {
    String location = file(100_000);
    FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
    try (RangeCoalescer ranges = new RangeCoalescer(store, 1_000, 50_000)) {
      check(location, ranges, new ByteRange(0, 100), new ByteRange(1_000, 100));
      assertThat(store.requests().count(Kind.RANGE_GET)).isEqualTo(1);
      check(location, ranges, new ByteRange(0, 100), new ByteRange(1_101, 100));
      assertThat(store.requests().count(Kind.RANGE_GET)).as("too far apart").isEqualTo(3);
      check(location, ranges, new ByteRange(0, 30_000), new ByteRange(30_000, 30_000));
      assertThat(store.requests().count(Kind.RANGE_GET)).as("too large").isEqualTo(5);
      check(location, ranges, new ByteRange(0, 99_999));
      assertThat(store.requests().count(Kind.RANGE_GET)).as("large by itself").isEqualTo(6);
      assertThat(ranges.read(location, List.of())).isEmpty();
    }
  }

  @Test
  void answersAnyRangesInTheirOrder() throws Exception {
    String location = file(100_000);
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("answersAnyRangesInTheirOrder: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
    for (int i = 0; i < 200; i++) {
      try (RangeCoalescer ranges =
          new RangeCoalescer(store, random.nextInt(5_000), 1 + random.nextInt(30_000))) {
        List<ByteRange> wanted = new ArrayList<>();
        for (int n = random.nextInt(40); n > 0; n--) {
          int position = random.nextInt(99_000);
          wanted.add(new ByteRange(position, 1 + random.nextInt(1_000)));
        }
        check(location, ranges, wanted.toArray(ByteRange[]::new));
      }
    }
  }

  @Test
  void requestsRunSideBySide() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        ObjectStore store = StoreFactory.open(server.config("db"));
        RangeCoalescer ranges = new RangeCoalescer(store, 0, 1_000)) {
      server.poke("warehouse", "db/x", new byte[100_000]);
      List<ByteRange> wanted = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        wanted.add(new ByteRange(i * 10_000L, 100));
      }
      ranges.read("s3://warehouse/db/x", wanted);
      server.latencyMillis(100);
      long start = System.nanoTime();
      assertThat(ranges.read("s3://warehouse/db/x", wanted)).hasSize(10);
      assertThat((System.nanoTime() - start) / 1_000_000).isBetween(90L, 700L);
    }
  }

  @Test
  void passesOnFailures() throws Exception {
    String location = file(100_000);
    FaultyObjectStore store =
        new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), 1)
            .rates(0, 1, 0);
    try (RangeCoalescer ranges = new RangeCoalescer(store, 0, 10)) {
      List<ByteRange> wanted = List.of(new ByteRange(0, 10), new ByteRange(500, 10));
      assertFails(SqlState.CONNECTION_FAILURE, () -> ranges.read(location, wanted));
      store.calm();
      assertThat(ranges.read(location, wanted)).hasSize(2);
      assertFails(
          SqlState.DATA_CORRUPTED,
          () -> ranges.read(location, List.of(new ByteRange(0, 1), new ByteRange(99_999, 2))));
    }
  }

  private static void check(String location, RangeCoalescer ranges, ByteRange... wanted)
      throws Exception {
    byte[] all = Files.readAllBytes(Path.of(location));
    List<ByteBuffer> found = ranges.read(location, List.of(wanted));
    assertThat(found).hasSize(wanted.length);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found.get(i))
          .isEqualTo(ByteBuffer.wrap(all, (int) wanted[i].position(), wanted[i].length()));
    }
  }

  private String file(int length) throws Exception {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return Files.write(folder.resolve("object"), bytes).toString();
  }
}
