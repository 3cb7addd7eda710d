package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SQL of several processes on the same rows: engines that share nothing but the bucket. Promises 7
 * and 8, and statements in autocommit that are run again.
 */
@Tag("slow")
class ContendingStatementsTest {
  private static final int PROCESSES = 3;

  /** By each process. */
  private static final int TRANSFERS = Integer.getInteger("frazil.transfers", 8);

  private ConditionalS3Server server;

  @BeforeEach
  void start() {
    server = ConditionalS3Server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private EngineRunner process(int number, int conflictRetries) {
    return EngineRunner.open(
        server.config(
            ConditionalS3Server.BUCKET,
            "db",
            Map.of(
                ConnectionProperty.REQUEST_TIMEOUT_MILLIS,
                "" + (20_000 + number),
                ConnectionProperty.CONFLICT_RETRIES,
                "" + conflictRetries)));
  }

  private static int sum(IntFunction<Callable<Integer>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int process = 0; process < PROCESSES; process++) {
        all.add(work.apply(process));
      }
      int sum = 0;
      for (Future<Integer> future : threads.invokeAll(all)) {
        sum += future.get();
      }
      return sum;
    } finally {
      threads.shutdown();
    }
  }

  /** Increments that succeeded, of so many; any failure but 40001 is thrown. */
  private int increment(int number, int conflictRetries, int times) {
    int done = 0;
    try (EngineRunner frazil = process(number, conflictRetries)) {
      for (int i = 0; i < times; i++) {
        try {
          done += (int) frazil.update("UPDATE counter SET n = n + 1 WHERE id = 1");
        } catch (EngineException e) {
          assertThat(e.state()).as(e.toString()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
        }
      }
    }
    return done;
  }

  private void makeCounter() {
    try (EngineRunner frazil = process(99, 0)) {
      frazil.script(
          "CREATE TABLE counter (id integer, n integer)", "INSERT INTO counter VALUES (1, 0)");
    }
  }

  private String counter() {
    try (EngineRunner frazil = process(99, 0)) {
      return frazil.query("SELECT n FROM counter").lines().get(0);
    }
  }

  @Test
  void autocommitRunsWhatLostAConflictAgain() throws Exception {
    makeCounter();
    assertThat(sum(process -> () -> increment(process, 100, 8))).isEqualTo(PROCESSES * 8);
    assertThat(counter()).isEqualTo("" + PROCESSES * 8);
  }

  @Test
  void withoutRetriesWhatFailedIsNotThere() throws Exception {
    makeCounter();
    int done = sum(process -> () -> increment(process, 0, 8));
    System.out.println(done + " of " + PROCESSES * 8 + " increments without retries");
    assertThat(done).isBetween(1, PROCESSES * 8 - 1);
    assertThat(counter()).isEqualTo("" + done);
  }

  /** Money moves between accounts in three tables; it is neither made nor lost in any read. */
  @Test
  void transfersOverThreeTablesAreWholeInEveryRead() throws Exception {
    try (EngineRunner frazil = process(99, 0)) {
      for (String table : new String[] {"a", "b", "c"}) {
        frazil.script(
            "CREATE TABLE " + table + " (id integer, money integer)",
            "INSERT INTO " + table + " VALUES (1, 100), (2, 100)");
      }
    }
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger reads = new AtomicInteger();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    Future<?> reading = reader.submit(() -> read(running, reads));
    int transfers = sum(process -> () -> transfer(process, TRANSFERS));
    running.set(false);
    reading.get();
    reader.shutdown();
    System.out.println(transfers + " transfers beside " + reads + " reads");
    assertThat(transfers).isPositive();
    assertThat(reads.get()).isPositive();
  }

  private static final String TOTAL =
      "SELECT sum(money), count(*) FROM (SELECT money FROM a UNION ALL SELECT money FROM b"
          + " UNION ALL SELECT money FROM c)";

  /** Two reads of one transaction are the same, to the row, while others write. */
  private void read(AtomicBoolean running, AtomicInteger reads) {
    try (EngineRunner frazil = process(50, 0)) {
      while (running.get()) {
        frazil.update("START TRANSACTION READ ONLY");
        List<List<String>> first = new ArrayList<>();
        for (int repetition = 0; repetition < 3; repetition++) {
          List<String> state = new ArrayList<>(frazil.query(TOTAL).lines());
          assertThat(state).containsExactly("600 | 6");
          for (String table : new String[] {"a", "b", "c"}) {
            state.addAll(frazil.query("SELECT * FROM " + table).sorted());
          }
          first.add(state);
          assertThat(state).isEqualTo(first.get(0));
        }
        frazil.update("COMMIT");
        reads.incrementAndGet();
      }
    }
  }

  private int transfer(int number, int times) {
    SplittableRandom random = new SplittableRandom(number);
    int done = 0;
    try (EngineRunner frazil = process(number, 0)) {
      for (int i = 0; i < times; i++) {
        String from = "abc".substring(random.nextInt(3)).substring(0, 1);
        String to = from.equals("a") ? "b" : "a";
        int amount = 1 + random.nextInt(20);
        frazil.update("START TRANSACTION");
        frazil.script(
            "UPDATE " + from + " SET money = money - " + amount + " WHERE id = 1",
            "UPDATE " + to + " SET money = money + " + amount + " WHERE id = 2");
        try {
          frazil.update("COMMIT");
          done++;
        } catch (EngineException e) {
          assertThat(e.state()).as(e.toString()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
        }
      }
    }
    return done;
  }
}
