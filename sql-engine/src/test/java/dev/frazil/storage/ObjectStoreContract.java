package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every object store promises, whatever stands behind it. */
abstract class ObjectStoreContract {
  private static final int WRITERS = 8;

  private ObjectStore store;
  private String root;

  /** A store over a fresh place. */
  abstract ObjectStore openStore() throws Exception;

  /** Where the objects of the store live, without a trailing slash. */
  abstract String root();

  /** How many create races and swap races to run. */
  int races() {
    return dev.frazil.testing.Rounds.of(300);
  }

  @BeforeEach
  void open() throws Exception {
    store = openStore();
    root = root();
  }

  @AfterEach
  void close() {
    if (store != null) { // else the store is not to be had here, and the test was skipped
      store.close();
    }
  }

  ObjectStore store() {
    return store;
  }

  @Test
  void readsBackWhatItStored() {
    store.put(root + "/a/b/object", bytes("hello"));
    assertThat(text(root + "/a/b/object")).isEqualTo("hello");
    byte[] part = new byte[5];
    store.readFully(root + "/a/b/object", 1, part, 1, 3);
    assertThat(part).isEqualTo(new byte[] {0, 'e', 'l', 'l', 0});
    ObjectInfo info = store.head(root + "/a/b/object").orElseThrow();
    assertThat(info.location()).isEqualTo(root + "/a/b/object");
    assertThat(info.lengthBytes()).isEqualTo(5);
    assertThat(info.modifiedAtMillis())
        .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis() + 600_000);
  }

  @Test
  void overwritesOnPut() {
    store.put(root + "/object", bytes("one"));
    store.put(root + "/object", bytes("two"));
    assertThat(text(root + "/object")).isEqualTo("two");
  }

  @Test
  void storesEmptyObjectsAndStrangeNames() {
    for (String name :
        List.of("empty", "with space", "plus+sign", "ümläut", "a=b%2Fc", "q?x#y&z")) {
      store.put(root + "/" + name, new byte[0]);
      assertThat(store.head(root + "/" + name)).as(name).isPresent();
      assertThat(text(root + "/" + name)).isEmpty();
    }
    assertThat(locations(root + "/")).hasSize(6);
  }

  @Test
  void tellsMissingObjects() {
    assertThat(store.fetch(root + "/missing", null, 10)).isInstanceOf(FetchOutcome.Missing.class);
    assertThat(store.head(root + "/missing")).isEmpty();
    assertFails(SqlState.IO_ERROR, () -> store.readFully(root + "/missing", 0, new byte[1], 0, 1))
        .hasMessageContaining("not found");
    store.delete(List.of(root + "/missing"));
  }

  @Test
  void refusesToReadBeyondTheEnd() {
    store.put(root + "/short", bytes("12345"));
    assertFails(
        SqlState.DATA_CORRUPTED, () -> store.readFully(root + "/short", 3, new byte[9], 0, 9));
    assertFails(
        SqlState.DATA_CORRUPTED, () -> store.readFully(root + "/short", 50, new byte[9], 0, 9));
  }

  @Test
  void refusesToFetchMoreThanAskedFor() {
    store.put(root + "/large", new byte[1_000]);
    assertFails(SqlState.LIMIT_EXCEEDED, () -> store.fetch(root + "/large", null, 999))
        .hasMessageContaining("1000");
    assertThat(store.fetch(root + "/large", null, 1_000)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  @Test
  void knowsWhatTheCallerKnows() {
    String location = root + "/object";
    String first = stored(store.putIf(location, bytes("one"), PutCondition.ifAbsent()));
    assertThat(fetched(location).entityTag()).isEqualTo(first);
    assertThat(store.fetch(location, first, 10)).isInstanceOf(FetchOutcome.NotModified.class);
    String second = stored(store.putIf(location, bytes("two"), PutCondition.ifMatch(first)));
    assertThat(second).isNotEqualTo(first);
    assertThat(store.fetch(location, first, 10)).isInstanceOf(FetchOutcome.Fetched.class);
    assertThat(store.fetch(location, second, 10)).isInstanceOf(FetchOutcome.NotModified.class);
  }

  @Test
  void createsOnlyWhereNothingStands() {
    assertThat(store.putIf(root + "/object", bytes("one"), PutCondition.ifAbsent()))
        .isInstanceOf(PutOutcome.Stored.class);
    assertThat(store.putIf(root + "/object", bytes("two"), PutCondition.ifAbsent()))
        .isInstanceOf(PutOutcome.Refused.class);
    assertThat(text(root + "/object")).isEqualTo("one");
  }

  @Test
  void replacesOnlyTheVersionThatWasSeen() {
    String location = root + "/object";
    assertThat(store.putIf(location, bytes("x"), PutCondition.ifMatch("\"0123\"")))
        .as("nothing there")
        .isInstanceOf(PutOutcome.Refused.class);
    assertThat(store.head(location)).isEmpty();
    String first = stored(store.putIf(location, bytes("one"), PutCondition.ifAbsent()));
    String second = stored(store.putIf(location, bytes("two"), PutCondition.ifMatch(first)));
    assertThat(store.putIf(location, bytes("three"), PutCondition.ifMatch(first)))
        .isInstanceOf(PutOutcome.Refused.class);
    assertThat(text(location)).isEqualTo("two");
    stored(store.putIf(location, bytes("three"), PutCondition.ifMatch(second)));
    assertThat(text(location)).isEqualTo("three");
  }

  @Test
  void everyCreateRaceHasOneWinner() throws Exception {
    for (int race = 0; race < races(); race++) {
      String location = root + "/create/" + race;
      List<PutOutcome> outcomes =
          race(writer -> store.putIf(location, bytes("writer " + writer), PutCondition.ifAbsent()));
      List<Integer> stored = winnersOf(outcomes);
      assertThat(stored).as("race %d: %s", race, outcomes).hasSize(1);
      assertThat(text(location)).isEqualTo("writer " + stored.get(0));
    }
    System.out.printf(
        "%s: %d create races of %d writers, one winner each%n",
        getClass().getSimpleName(), races(), WRITERS);
  }

  @Test
  void everySwapRaceHasOneWinner() throws Exception {
    String location = root + "/swap";
    String tag = stored(store.putIf(location, bytes("start"), PutCondition.ifAbsent()));
    for (int race = 0; race < races(); race++) {
      String seen = tag;
      int number = race;
      List<PutOutcome> outcomes =
          race(
              writer ->
                  store.putIf(
                      location,
                      bytes("race " + number + " writer " + writer),
                      PutCondition.ifMatch(seen)));
      List<Integer> stored = winnersOf(outcomes);
      assertThat(stored).as("race %d: %s", race, outcomes).hasSize(1);
      assertThat(text(location)).isEqualTo("race " + number + " writer " + stored.get(0));
      tag = fetched(location).entityTag();
    }
    System.out.printf(
        "%s: %d swap races of %d writers, one winner each%n",
        getClass().getSimpleName(), races(), WRITERS);
  }

  @Test
  void streamsSmallAndLargeObjects() throws IOException {
    for (int lengthBytes : new int[] {0, 1, 70_000, 9_000_000, 20_000_000}) {
      byte[] content = new byte[lengthBytes];
      new Random(lengthBytes).nextBytes(content);
      String location = root + "/stream/" + lengthBytes;
      try (ObjectStore.UploadStream out = store.create(location)) {
        int half = lengthBytes / 2;
        out.write(content, 0, half);
        for (int i = half; i < Math.min(lengthBytes, half + 100); i++) {
          out.write(content[i]);
        }
        int from = Math.min(lengthBytes, half + 100);
        out.write(content, from, lengthBytes - from);
        assertThat(out.position()).isEqualTo(lengthBytes);
        assertThat(store.head(location)).as("not before close").isEmpty();
      }
      assertThat(fetched(location, 30_000_000).body()).isEqualTo(content);
      byte[] middle = new byte[lengthBytes / 3];
      store.readFully(location, lengthBytes / 3, middle, 0, middle.length);
      assertThat(middle)
          .isEqualTo(Arrays.copyOfRange(content, lengthBytes / 3, lengthBytes / 3 + middle.length));
    }
  }

  @Test
  void leavesNothingOfAnAbortedStream() throws IOException {
    for (int lengthBytes : new int[] {10, 20_000_000}) {
      ObjectStore.UploadStream out = store.create(root + "/aborted");
      out.write(new byte[lengthBytes]);
      out.abort();
      out.close();
      assertThat(store.head(root + "/aborted")).isEmpty();
    }
    assertThat(locations(root + "/")).isEmpty();
  }

  @Test
  void listsInOrderAndByPrefix() {
    List<String> names =
        List.of("a!", "a-b", "a/1", "a/2/x", "a/2/y", "a0", "b/z", "c%20d", "c d", "été");
    for (String name : names) {
      store.put(root + "/list/" + name, bytes(name));
    }
    assertThat(locations(root + "/list/"))
        .containsExactlyElementsOf(names.stream().sorted().map(n -> root + "/list/" + n).toList());
    assertThat(locations(root + "/list/a/"))
        .containsExactly(root + "/list/a/1", root + "/list/a/2/x", root + "/list/a/2/y");
    assertThat(locations(root + "/list/a"))
        .containsExactly(
            root + "/list/a!",
            root + "/list/a-b",
            root + "/list/a/1",
            root + "/list/a/2/x",
            root + "/list/a/2/y",
            root + "/list/a0");
    assertThat(locations(root + "/nothing/")).isEmpty();
    assertThat(store.list(root + "/list/a-").next().lengthBytes()).isEqualTo(3);
  }

  @Test
  void listsPageByPage() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < pagedObjects(); i++) {
      String location = String.format("%s/pages/%05d", root, i);
      store.put(location, new byte[0]);
      expected.add(location);
    }
    assertThat(locations(root + "/pages/")).isEqualTo(expected);
  }

  int pagedObjects() {
    return 2_100;
  }

  @Test
  void deletesManyObjects() {
    List<String> locations = new ArrayList<>();
    for (int i = 0; i < pagedObjects() / 2; i++) {
      locations.add(root + "/delete/a & <b> " + i);
      store.put(root + "/delete/a & <b> " + i, new byte[0]);
    }
    store.put(root + "/delete/kept", new byte[0]);
    locations.add(root + "/delete/missing");
    store.delete(locations);
    assertThat(locations(root + "/delete/")).containsExactly(root + "/delete/kept");
  }

  interface Attempt {
    PutOutcome run(int writer);
  }

  static List<PutOutcome> race(Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<PutOutcome>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(
          () -> {
            start.await();
            return attempt.run(writer);
          });
    }
    List<PutOutcome> outcomes = new ArrayList<>();
    for (Future<PutOutcome> outcome : threads.invokeAll(writers)) {
      outcomes.add(outcome.get());
    }
    threads.shutdown();
    return outcomes;
  }

  static List<Integer> winnersOf(List<PutOutcome> outcomes) {
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof PutOutcome.Stored) {
        winners.add(i);
      }
    }
    return winners;
  }

  static String stored(PutOutcome outcome) {
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    return ((PutOutcome.Stored) outcome).entityTag();
  }

  FetchOutcome.Fetched fetched(String location) {
    return fetched(location, 1 << 20);
  }

  private FetchOutcome.Fetched fetched(String location, long maxBytes) {
    return (FetchOutcome.Fetched) store.fetch(location, null, maxBytes);
  }

  String text(String location) {
    return new String(fetched(location).body(), StandardCharsets.UTF_8);
  }

  List<String> locations(String prefix) {
    List<String> found = new ArrayList<>();
    for (Iterator<ObjectInfo> i = store.list(prefix); i.hasNext(); ) {
      found.add(i.next().location());
    }
    return found;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFails(
      SqlState state, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(EngineException.class)
        .satisfies(e -> assertThat(((EngineException) e).state()).isEqualTo(state));
  }
}
