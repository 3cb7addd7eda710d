package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ProbeReport.Lack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.slf4j.LoggerFactory;

/**
 * Tries out whether a store keeps the conditions that commits rely on, with objects of its own
 * under {@code _frazil/probe/}, on the bucket as it is. To be run before the first write of a new
 * database: a store that fails must be refused before anything is written.
 *
 * <p>First in sequence, then in short races, because several stores are right in sequence and lose
 * updates in a race. The races make the probe statistical: it proves that a store is unsafe, and
 * only makes likely that it is safe. The objects are removed afterwards; credentials that may not
 * delete leave them there (a few hundred bytes).
 */
public final class StoreProbe {
  private static final int MAX_BYTES = 1_000;
  private static final int SEQUENTIAL_ATTEMPTS = 3;

  private final ObjectStore store;
  private final Ids ids;
  private final Map<Lack, String> lacks = new EnumMap<>(Lack.class);
  private final List<String> written = new ArrayList<>();
  private final String folder;
  private final int writers;
  private final int rounds;

  private StoreProbe(ObjectStore store, String warehouse, Ids ids, int writers, int rounds) {
    this.store = store;
    this.ids = ids;
    this.folder = warehouse + "/_frazil/probe/" + ids.hex(16) + "/";
    this.writers = writers;
    this.rounds = rounds;
  }

  /**
   * Probes the store of a warehouse.
   *
   * @param warehouse location, without a trailing slash
   */
  public static ProbeReport run(ObjectStore store, String warehouse, Ids ids) {
    // A folder shows at once whether it can link and lock. A bucket must show that it never loses.
    return warehouse.startsWith("/")
        ? run(store, warehouse, ids, 4, 2)
        : run(store, warehouse, ids, 8, 8);
  }

  /**
   * @param writers at the same time in each race
   * @param rounds races of creates, and as many of replacements
   */
  static ProbeReport run(ObjectStore store, String warehouse, Ids ids, int writers, int rounds) {
    return new StoreProbe(store, warehouse, ids, writers, rounds).report();
  }

  private ProbeReport report() {
    try {
      probeInSequence();
      if (lacks.isEmpty()) {
        probeInRaces();
      }
      return new ProbeReport(lacks);
    } finally {
      remove();
    }
  }

  private void probeInSequence() {
    String location = name("sequence");
    String first = create(location);
    if (attempt(location, "second create", PutCondition.ifAbsent()) instanceof PutOutcome.Stored) {
      lack(Lack.CREATE_CONDITION, "in sequence");
    }
    first = tagOf(location, first);
    String wrong = first.replaceAll("[0-9a-f]", "0");
    if (attempt(location, "wrong tag", PutCondition.ifMatch(wrong)) instanceof PutOutcome.Stored) {
      lack(Lack.STALE_SWAP, "a tag that the object never had");
    }
    first = tagOf(location, first);
    PutOutcome swap = attempt(location, "right tag", PutCondition.ifMatch(first));
    if (!(swap instanceof PutOutcome.Stored)) {
      lack(Lack.CURRENT_SWAP, answer(swap));
      return;
    }
    if (attempt(location, "stale tag", PutCondition.ifMatch(first)) instanceof PutOutcome.Stored) {
      lack(Lack.STALE_SWAP, "the tag of the version before");
    }
  }

  /** A new object; its tag. */
  private String create(String location) {
    PutOutcome outcome = attempt(location, "first", PutCondition.ifAbsent());
    if (outcome instanceof PutOutcome.Stored stored) {
      if (!body(location).equals("first")) {
        lack(Lack.READ_AFTER_WRITE, "a new object");
      }
      return stored.entityTag();
    }
    throw new EngineException(
        SqlState.IO_ERROR,
        "cannot probe the store: it does not create '"
            + location
            + "' ("
            + answer(outcome)
            + "). It may pass: try again");
  }

  /** The tag now: a store that wrongly accepted a put has moved on. */
  private String tagOf(String location, String expected) {
    return store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched fetched
        ? fetched.entityTag()
        : expected;
  }

  /**
   * Conflicts and open outcomes say nothing about the conditions, so the put is tried again; a
   * refusal then may come from an earlier attempt of the same put, which the body tells.
   */
  private PutOutcome attempt(String location, String body, PutCondition condition) {
    PutOutcome outcome = store.putIf(location, bytes(body), condition);
    for (int i = 1; i < SEQUENTIAL_ATTEMPTS && !decided(outcome); i++) {
      outcome = store.putIf(location, bytes(body), condition);
      if (outcome instanceof PutOutcome.Refused
          && store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched fetched
          && body.equals(new String(fetched.body(), StandardCharsets.UTF_8))) {
        return new PutOutcome.Stored(fetched.entityTag());
      }
    }
    return outcome;
  }

  private static boolean decided(PutOutcome outcome) {
    return outcome instanceof PutOutcome.Stored || outcome instanceof PutOutcome.Refused;
  }

  private void probeInRaces() {
    try (TransferThreads threads = new TransferThreads()) {
      for (int round = 0; round < rounds; round++) {
        String location = name("race-" + round);
        List<PutOutcome> creates =
            race(
                threads,
                writer ->
                    store.putIf(location, bytes("create " + writer), PutCondition.ifAbsent()));
        judge(Lack.CREATE_RACE, round, location, "create ", creates);
        if (store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched current) {
          PutCondition seen = PutCondition.ifMatch(current.entityTag());
          List<PutOutcome> swaps =
              race(threads, writer -> store.putIf(location, bytes("swap " + writer), seen));
          judge(Lack.SWAP_RACE, round, location, "swap ", swaps);
        }
      }
    }
  }

  private List<PutOutcome> race(TransferThreads threads, IntFunction<PutOutcome> put) {
    CountDownLatch ready = new CountDownLatch(writers);
    List<CompletableFuture<PutOutcome>> running = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int writer = i;
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                ready.countDown();
                try {
                  ready.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  return new PutOutcome.Unknown(e);
                }
                try {
                  return put.apply(writer);
                } catch (EngineException e) {
                  return new PutOutcome.Unknown(e);
                }
              },
              threads.executor()));
    }
    return running.stream().map(CompletableFuture::join).toList();
  }

  /** At most one may have been acknowledged, and then it is what a read shows. */
  private void judge(
      Lack lack, int round, String location, String what, List<PutOutcome> outcomes) {
    int acknowledged = 0;
    int winner = -1;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof PutOutcome.Stored) {
        acknowledged++;
        winner = i;
      }
    }
    if (acknowledged > 1) {
      lack(lack, acknowledged + " of " + writers + " in race " + (round + 1));
    } else if (acknowledged == 1 && !body(location).equals(what + winner)) {
      lack(lack, "the one acknowledged was overwritten in race " + (round + 1));
    }
  }

  private String body(String location) {
    return store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched fetched
        ? new String(fetched.body(), StandardCharsets.UTF_8)
        : "";
  }

  private String name(String part) {
    String location = folder + part + "-" + ids.hex(8);
    written.add(location);
    return location;
  }

  private void lack(Lack lack, String seen) {
    lacks.putIfAbsent(lack, seen);
  }

  private static String answer(PutOutcome outcome) {
    if (outcome instanceof PutOutcome.Refused refused) {
      return refused.reason();
    }
    if (outcome instanceof PutOutcome.Conflict conflict) {
      return conflict.reason();
    }
    return outcome instanceof PutOutcome.Unknown unknown
        ? String.valueOf(unknown.cause().getMessage())
        : "acknowledged";
  }

  /** Only names that this probe has made up. */
  private void remove() {
    try {
      store.delete(written);
    } catch (EngineException e) {
      LoggerFactory.getLogger(StoreProbe.class)
          .debug("the objects of the probe {} stay behind", folder, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
