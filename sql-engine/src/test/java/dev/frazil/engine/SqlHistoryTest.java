package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.History.Outcome;
import dev.frazil.testing.History.Run;
import dev.frazil.testing.History.Step;
import dev.frazil.testing.HistoryChecker;
import dev.frazil.testing.HistoryChecker.Anomaly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 6 by SQL: lists in rows of three tables that are written in different ways, appended to
 * by UPDATE, MERGE and INSERT ... ON CONFLICT, read by key and by range, while the tables are
 * compacted. No history shows what its isolation level rules out. Keys are absent at first, so a
 * read of none is one of an empty list. Replay with {@code -Dfrazil.seed=}; threads are not
 * replayed.
 */
@Tag("slow")
class SqlHistoryTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int TRANSACTIONS =
      Integer.getInteger("frazil.sql.transactions", SOAK ? 20_000 : 100);
  private static final int PROCESSES = 3;
  private static final int KEYS_PER_TABLE = 4;
  private static final int TRANSACTIONS_PER_ROUND = 100;
  private static final String[] TABLES = {
    "CREATE TABLE t0 (k integer PRIMARY KEY, v varchar) WITH (\"write.update.mode\" ="
        + " 'merge-on-read', \"write.merge.mode\" = 'merge-on-read')",
    "CREATE TABLE t1 (k integer PRIMARY KEY, v varchar) PARTITIONED BY (bucket(2, k)) WITH"
        + " (\"format-version\" = '3', \"write.update.mode\" = 'merge-on-read')",
    "CREATE TABLE t2 (k integer PRIMARY KEY, v varchar) WITH (\"write.update.mode\" ="
        + " 'copy-on-write', \"write.merge.mode\" = 'copy-on-write')"
  };

  private final List<Run> history = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest
  @ValueSource(strings = {"SERIALIZABLE", "SNAPSHOT"})
  void nothingIsSeenThatTheLevelRulesOut(String level) throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("history by SQL, " + level + ": -Dfrazil.seed=" + seed);
    Map<Anomaly, String> found = new EnumMap<>(Anomaly.class);
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    int compactions = 0;
    for (int done = 0; done < TRANSACTIONS; done += TRANSACTIONS_PER_ROUND) {
      history.clear();
      try (FastFolder folder = FastFolder.create()) {
        compactions += round(folder, level, seed + done);
      }
      HistoryChecker.check(List.copyOf(history)).forEach(found::putIfAbsent);
      history.forEach(run -> outcomes.merge(run.outcome(), 1, Integer::sum));
    }
    System.out.printf(
        "history by SQL, %s: %s, %d compactions, found %s%n",
        level, outcomes, compactions, found.keySet());
    if (level.equals("SNAPSHOT")) {
      found.remove(Anomaly.WRITE_SKEW);
    }
    assertThat(found).isEmpty();
    assertThat(outcomes.get(Outcome.OK)).isGreaterThan(TRANSACTIONS / 10);
  }

  private int round(FastFolder folder, String level, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PROCESSES + 1);
    AtomicBoolean running = new AtomicBoolean(true);
    try (EngineRunner first = EngineRunner.local(folder.path().resolve("db"))) {
      first.script(TABLES);
      Future<Integer> compactions = threads.submit(() -> compact(folder, running));
      List<Callable<Void>> processes = new ArrayList<>();
      for (int process = 0; process < PROCESSES; process++) {
        int number = process;
        processes.add(() -> work(folder, level, number, new SplittableRandom(seed * 31 + number)));
      }
      for (Future<Void> process : threads.invokeAll(processes)) {
        process.get();
      }
      running.set(false);
      int count = compactions.get();
      List<Step> all = new ArrayList<>();
      for (int table = 0; table < TABLES.length; table++) {
        read(first, table, 0, KEYS_PER_TABLE, all);
      }
      history.add(new Run(PROCESSES, Outcome.FINAL, all));
      return count;
    } finally {
      threads.shutdownNow();
    }
  }

  private static int compact(FastFolder folder, AtomicBoolean running) throws Exception {
    int count = 0;
    try (EngineRunner frazil = EngineRunner.local(folder.path().resolve("db"))) {
      while (running.get()) {
        Thread.sleep(150);
        try {
          frazil.query(
              "CALL system.rewrite_data_files('t"
                  + count % TABLES.length
                  + "', options => map('min-input-files', '2', 'delete-file-threshold', '1'))");
          count++;
        } catch (EngineException e) {
          assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
        }
      }
    }
    return count;
  }

  private Void work(FastFolder folder, String level, int process, SplittableRandom random)
      throws Exception {
    try (EngineRunner frazil = EngineRunner.local(folder.path().resolve("db"))) {
      for (int i = 0; i < TRANSACTIONS_PER_ROUND / PROCESSES; i++) {
        List<Step> steps = new ArrayList<>();
        Outcome outcome = Outcome.OK;
        frazil.update("START TRANSACTION ISOLATION LEVEL " + level);
        int count = 1 + random.nextInt(4);
        for (int step = 0; step < count; step++) {
          step(frazil, random, (process + 1) * 1_000_000L + i * 10L + step, steps);
          Thread.sleep(random.nextInt(8));
        }
        try {
          frazil.update("COMMIT");
        } catch (EngineException e) {
          assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
          outcome = Outcome.FAIL;
        }
        history.add(new Run(process, outcome, steps));
      }
    }
    return null;
  }

  private static void step(
      EngineRunner frazil, SplittableRandom random, long value, List<Step> steps) {
    int table = random.nextInt(TABLES.length);
    int key = random.nextInt(KEYS_PER_TABLE);
    String name = "t" + table;
    switch (random.nextInt(7)) {
      case 0, 1 -> read(frazil, table, key, key + 1, steps);
      case 2 -> read(frazil, table, key, KEYS_PER_TABLE, steps);
      case 3, 4 -> {
        String sql = "UPDATE " + name + " SET v = v || '," + value + "' WHERE k = " + key;
        boolean there = frazil.update(sql) == 1;
        steps.add(
            there
                ? new Step.Append(key(table, key), value)
                : new Step.Read(key(table, key), List.of()));
      }
      case 5 -> {
        frazil.update(
            "INSERT INTO "
                + name
                + " VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = "
                + name
                + ".v || EXCLUDED.v",
            key,
            "," + value);
        steps.add(new Step.Append(key(table, key), value));
      }
      default -> {
        frazil.update(
            "MERGE INTO "
                + name
                + " USING (VALUES ("
                + key
                + ", ',"
                + value
                + "')) AS s (k, v) ON "
                + name
                + ".k = s.k WHEN MATCHED THEN UPDATE SET v = "
                + name
                + ".v || s.v WHEN NOT MATCHED THEN INSERT VALUES (s.k, s.v)");
        steps.add(new Step.Append(key(table, key), value));
      }
    }
  }

  private static String key(int table, int key) {
    return "t" + table + "k" + key;
  }

  private static void read(EngineRunner frazil, int table, int from, int to, List<Step> steps) {
    List<String> rows =
        frazil
            .query("SELECT k, v FROM t" + table + " WHERE k >= " + from + " AND k < " + to)
            .lines();
    for (int key = from; key < to; key++) {
      String start = key + " | ";
      List<Long> values =
          rows.stream()
              .filter(row -> row.startsWith(start))
              .flatMap(row -> Stream.of(row.substring(start.length()).split(",", -1)))
              .filter(text -> !text.isEmpty())
              .map(Long::valueOf)
              .toList();
      steps.add(new Step.Read(key(table, key), values));
    }
  }
}
