package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, several processes, some of them killed or frozen. */
@Tag("slow")
class FileObjectStoreProcessTest {
  private static final int PROCESSES = 4;
  private static final long PATIENCE_MILLIS = 60_000;

  @TempDir Path folder;

  private final FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system(), 300);

  @Test
  void everyCreateRaceOfProcessesHasOneWinner() throws Exception {
    int races = 300;
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(FileStoreChild.class, "create", folder.toString(), "" + races));
      }
      for (ChildJvm child : children) {
        child.awaitLine("ready", PATIENCE_MILLIS);
      }
      long start = System.currentTimeMillis() + 100;
      for (ChildJvm child : children) {
        child.say(String.valueOf(start));
      }
      Map<Integer, String> winners = new TreeMap<>();
      TreeSet<String> distinct = new TreeSet<>();
      for (ChildJvm child : children) {
        for (String line : child.remainingLines(PATIENCE_MILLIS)) {
          String[] words = line.split(" ");
          if (words[0].equals("won")) {
            assertThat(winners.put(Integer.parseInt(words[1]), words[2]))
                .as("second winner of race %s", words[1])
                .isNull();
            distinct.add(words[2]);
          } else {
            assertThat(line).isEqualTo("done");
          }
        }
      }
      assertThat(winners).hasSize(races);
      for (Map.Entry<Integer, String> winner : winners.entrySet()) {
        assertThat(Files.readString(folder.resolve("" + winner.getKey())))
            .isEqualTo(winner.getValue());
      }
      System.out.printf(
          "%d create races of %d processes: one winner each, %d of them won at least once%n",
          races, PROCESSES, distinct.size());
      assertThat(distinct).as("a race that one process always wins is none").hasSizeGreaterThan(1);
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void noSwapOfSeveralProcessesIsLost() throws Exception {
    int times = 300;
    String location = counter("0");
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(FileStoreChild.class, "count", location, "" + times));
      }
      List<Long> acknowledged = new ArrayList<>();
      for (ChildJvm child : children) {
        collect(child.remainingLines(PATIENCE_MILLIS), acknowledged);
      }
      assertThat(acknowledged).doesNotHaveDuplicates().hasSize(PROCESSES * times);
      assertThat(value(location)).isEqualTo(PROCESSES * times);
      System.out.printf(
          "%d swaps by %d processes: 0 lost, 0 applied twice%n", acknowledged.size(), PROCESSES);
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void killedProcessesNeitherCorruptNorBlock() throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("killedProcessesNeitherCorruptNorBlock: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    String location = counter("0");
    int kills = 12;
    for (int kill = 0; kill < kills; kill++) {
      List<Long> acknowledged = new ArrayList<>();
      try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "count", location, "1000000")) {
        collect(List.of(child.awaitLine("stored", PATIENCE_MILLIS)), acknowledged);
        Thread.sleep(random.nextInt(60));
        child.kill();
        collect(child.remainingLines(PATIENCE_MILLIS), acknowledged);
      }
      long value = value(location);
      long last = acknowledged.get(acknowledged.size() - 1);
      assertThat(value).as("at most the last swap is unacknowledged").isBetween(last, last + 1);
      FetchOutcome.Fetched seen = (FetchOutcome.Fetched) store.fetch(location, null, 100);
      assertThat(
              store.putIf(
                  location, bytes("" + (value + 1)), PutCondition.ifMatch(seen.entityTag())))
          .as("the lock died with its holder")
          .isInstanceOf(PutOutcome.Stored.class);
    }
    System.out.printf("%d processes killed while swapping: 0 lost, 0 blocked%n", kills);
  }

  @Test
  void aProcessFrozenInTheMiddleOfASwapStopsOthersAndLosesNothing() throws Exception {
    String location = counter("before");
    FetchOutcome.Fetched seen = (FetchOutcome.Fetched) store.fetch(location, null, 100);
    try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "hold", location, "of the child")) {
      child.awaitLine("compared", PATIENCE_MILLIS);
      child.pause();
      for (int i = 0; i < 3; i++) {
        assertThat(
                store.putIf(
                    location, bytes("of the parent"), PutCondition.ifMatch(seen.entityTag())))
            .isInstanceOf(PutOutcome.Conflict.class);
      }
      assertThat(Files.readString(Path.of(location))).isEqualTo("before");
      child.resume();
      child.awaitLine("done", PATIENCE_MILLIS);
    }
    assertThat(Files.readString(Path.of(location))).isEqualTo("of the child");
    assertThat(
            store.putIf(location, bytes("of the parent"), PutCondition.ifMatch(seen.entityTag())))
        .isInstanceOf(PutOutcome.Refused.class);
  }

  @Test
  void aProcessKilledWhileFrozenFreesTheLock() throws Exception {
    String location = counter("before");
    FetchOutcome.Fetched seen = (FetchOutcome.Fetched) store.fetch(location, null, 100);
    try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "hold", location, "of the child")) {
      child.awaitLine("compared", PATIENCE_MILLIS);
      child.pause();
      assertThat(
              store.putIf(location, bytes("of the parent"), PutCondition.ifMatch(seen.entityTag())))
          .isInstanceOf(PutOutcome.Conflict.class);
      child.kill();
    }
    assertThat(
            store.putIf(location, bytes("of the parent"), PutCondition.ifMatch(seen.entityTag())))
        .isInstanceOf(PutOutcome.Stored.class);
    assertThat(Files.readString(Path.of(location))).isEqualTo("of the parent");
    assertThat(store.list(folder.toString() + "/"))
        .toIterable()
        .as("the temporary file of the killed process is not listed")
        .hasSize(1);
  }

  private String counter(String body) throws IOException {
    return Files.writeString(folder.resolve("counter"), body).toString();
  }

  private static long value(String location) throws IOException {
    return Long.parseLong(Files.readString(Path.of(location)));
  }

  private static void collect(List<String> lines, List<Long> acknowledged) {
    for (String line : lines) {
      if (line.startsWith("stored ")) {
        acknowledged.add(Long.parseLong(line.substring("stored ".length())));
      } else {
        assertThat(line).isEqualTo("done");
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
