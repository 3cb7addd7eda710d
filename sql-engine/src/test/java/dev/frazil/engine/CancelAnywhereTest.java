package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 13: a statement that is cancelled at any moment ends within a second and leaves no
 * thread, no reservation, no file and no change.
 */
@Timeout(300)
class CancelAnywhereTest {
  private static final int ROUNDS =
      Integer.getInteger("frazil.cancel.rounds", Boolean.getBoolean("frazil.soak") ? 10_000 : 200);

  private static final long END_MILLIS = 1_000;

  /** What a collection of garbage or a busy machine may make of it, once in fifty times. */
  private static final long WORST_MILLIS = 3_000;

  private static final String[] SETUP = {
    "CREATE TABLE n AS WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"
        + " SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n AS n FROM d a, d b, d c, d e",
    "CREATE TABLE big AS SELECT a.n * 10 + b.n AS id, a.n % 100 AS k,"
        + " 'text ' || CAST(a.n AS varchar) AS s FROM n a, n b WHERE b.n < 10",
    "CREATE TABLE sink (id bigint, s varchar)"
  };

  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*) FROM n a, n b WHERE a.n < b.n - 5",
          "SELECT s, count(*), sum(id) FROM big GROUP BY s",
          "SELECT * FROM big ORDER BY s, id DESC",
          "SELECT count(*) FROM big a JOIN big b ON a.k = b.k",
          "SELECT id, row_number() OVER (PARTITION BY k ORDER BY s, id) FROM big",
          "SELECT k FROM big INTERSECT SELECT id FROM big",
          "SELECT count(*) FROM big WHERE s LIKE '%9%8%7%' OR upper(s) LIKE '%1%2%'",
          "SELECT (SELECT max(b.id) FROM big b WHERE b.k < n.n AND b.id > n.n) FROM n",
          "SELECT DISTINCT s || CAST(id AS varchar) FROM big",
          "EXPLAIN ANALYZE SELECT k, max(s) FROM big GROUP BY k ORDER BY 2");

  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO sink SELECT id, s FROM big",
          "UPDATE big SET s = s || 'x' WHERE id % 3 = 0",
          "DELETE FROM big WHERE k % 2 = 0",
          "MERGE INTO big t USING n ON t.id = n.n WHEN MATCHED THEN UPDATE SET s = 'm'"
              + " WHEN NOT MATCHED THEN INSERT VALUES (n.n, 0, 'new')",
          "CREATE TABLE made AS SELECT * FROM big ORDER BY s");

  @TempDir private Path folder;
  private final ScheduledExecutorService canceller = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> endsMillis = new ArrayList<>();

  /** How long a statement took that ended before it was cancelled: no later moment is tried. */
  private final Map<String, Long> latestMicrosOf = new HashMap<>();

  private int finishedBefore;

  @Test
  @Tag("slow")
  void endsWithinASecondAndLeavesNothing() throws IOException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("CancelAnywhereTest: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    Path spills = Files.createDirectory(folder.resolve("spills"));
    Warehouse warehouse = new Warehouse.LocalFolder(folder.resolve("db").toString());
    try (EngineRunner writer = EngineRunner.open(config(warehouse, "64MB", spills));
        EngineRunner roomy = EngineRunner.open(config(warehouse, "256MB", spills));
        EngineRunner tight = EngineRunner.open(config(warehouse, "2MB", spills))) {
      writer.script(SETUP);
      String before = checksum(writer);
      long handles = openFiles();
      for (int round = 0; endsMillis.size() < ROUNDS && round < 5 * ROUNDS; round++) {
        EngineRunner runner = random.nextBoolean() ? roomy : tight;
        boolean changes = random.nextInt(4) == 0;
        List<String> statements = changes ? CHANGES : QUERIES;
        String sql = statements.get(random.nextInt(statements.size()));
        runner.session().setAutoCommit(!changes);
        String known = (runner == roomy ? "roomy " : "tight ") + sql;
        long latestMicros = latestMicrosOf.getOrDefault(known, 400_000L);
        long begin = System.nanoTime();
        if (!cancelled(runner, sql, random.nextLong(latestMicros), "seed " + seed + " " + round)) {
          latestMicrosOf.put(known, Math.max(100, (System.nanoTime() - begin) / 1_000));
        }
        if (changes) {
          runner.session().rollback();
        }
        assertNothingIsLeft(runner, spills, "seed " + seed + " round " + round + ": " + sql);
      }
      report("local");
      assertThat(checksum(writer)).isEqualTo(before);
      assertThat(openFiles()).as("file handles").isLessThanOrEqualTo(handles + 5);
      assertThat(endsMillis.size()).as("cancelled in time").isEqualTo(ROUNDS);
    } finally {
      canceller.shutdownNow();
    }
  }

  /** A store that does not answer keeps nobody: its requests are torn off, all but a commit's. */
  @Test
  void aStoreThatHangsKeepsNoStatement() throws Exception {
    Path spills = Files.createDirectory(folder.resolve("spills"));
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner runner =
            EngineRunner.open(
                server.config(
                    ConditionalS3Server.BUCKET,
                    "db",
                    Map.of(ConnectionProperty.TEMP_FOLDER, spills.toString())))) {
      runner.script(SETUP);
      runner.update("INSERT INTO sink VALUES (1, 'a')");
      String before = checksum(runner);
      int rounds = 0;
      for (String sql : List.of(QUERIES.get(1), QUERIES.get(2), CHANGES.get(0), CHANGES.get(1))) {
        for (int hangsAfterMillis : new int[] {0, 10, 40}) {
          // The server sleeps from the statement's first request on, or in its middle.
          server.latencyMillis(hangsAfterMillis == 0 ? 20_000 : 0);
          Future<?> hang =
              canceller.schedule(
                  () -> server.latencyMillis(20_000), hangsAfterMillis, TimeUnit.MILLISECONDS);
          long delayMicros = (hangsAfterMillis + 100) * 1_000L;
          runner.session().setAutoCommit(false);
          cancelled(runner, sql, delayMicros, sql + " after " + delayMicros + " µs");
          // A statement that ended before the hang must not leave it to the rollback: 20 s each.
          hang.cancel(false);
          canceller.submit(() -> server.latencyMillis(0)).get();
          runner.session().rollback();
          runner.session().setAutoCommit(true);
          assertNothingIsLeft(runner, spills, sql);
          rounds++;
        }
      }
      report("S3 that hangs");
      assertThat(endsMillis.size() + finishedBefore).isEqualTo(rounds);
      assertThat(endsMillis.size()).isGreaterThanOrEqualTo(rounds / 3);
      assertThat(checksum(runner)).isEqualTo(before);
    } finally {
      canceller.shutdownNow();
    }
  }

  private static ConnectionConfig config(Warehouse warehouse, String memory, Path spills) {
    return new ConnectionConfig(
        warehouse,
        Map.of(
            ConnectionProperty.MEMORY_LIMIT,
            memory,
            ConnectionProperty.THREADS,
            "2",
            ConnectionProperty.TEMP_FOLDER,
            spills.toString()),
        Map.of());
  }

  private static String checksum(EngineRunner runner) {
    return runner.query("SELECT count(*), sum(id), sum(k), max(s) FROM big").lines()
        + ";"
        + runner.query("SELECT count(*) FROM sink").lines();
  }

  /**
   * Runs a statement, cancels it after a while, and notes how long it went on.
   *
   * @return whether it was still running then
   */
  private boolean cancelled(EngineRunner runner, String sql, long delayMicros, String what) {
    CancellationToken token = new CancellationToken();
    AtomicLong cancelledNanos = new AtomicLong();
    canceller.schedule(
        () -> {
          cancelledNanos.set(System.nanoTime());
          token.cancel("the test says so");
        },
        delayMicros,
        TimeUnit.MICROSECONDS);
    try {
      StatementResult result = runner.session().prepare(sql).execute(ParameterValues.none(), token);
      if (result instanceof StatementResult.Rows rows) {
        try (ResultCursor cursor = rows.cursor()) {
          while (cursor.next() != null) {
            Thread.onSpinWait();
          }
        }
      }
      finishedBefore++;
      return false;
    } catch (EngineException e) {
      if (e.state() == SqlState.OUT_OF_MEMORY) {
        finishedBefore++;
        return false;
      }
      assertThat(e.state()).as(what + ": " + sql + ": " + e).isEqualTo(SqlState.QUERY_CANCELED);
      long millis = (System.nanoTime() - cancelledNanos.get()) / 1_000_000;
      endsMillis.add(millis);
      assertThat(millis).as(what + ": " + sql).isLessThanOrEqualTo(WORST_MILLIS);
      return true;
    }
  }

  private static void assertNothingIsLeft(EngineRunner runner, Path spills, String what)
      throws IOException {
    assertThat(workers()).as(what).isEmpty();
    assertThat(((DatabaseSession) runner.session()).memory().reservedBytes()).as(what).isZero();
    try (Stream<Path> left = Files.list(spills)) {
      assertThat(left).as(what).isEmpty();
    }
  }

  private static List<String> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("frazil-worker"))
        .toList();
  }

  private static long openFiles() throws IOException {
    Path handles = Path.of("/proc/self/fd");
    if (!Files.isDirectory(handles)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(handles)) {
      return open.count();
    }
  }

  private void report(String where) {
    List<Long> sorted = new ArrayList<>(endsMillis);
    Collections.sort(sorted);
    assertThat(sorted.stream().filter(millis -> millis > END_MILLIS).count())
        .as("ended too late: %s", sorted)
        .isLessThanOrEqualTo(sorted.size() / 50);
    System.out.printf(
        "cancel on %s: %d statements cancelled (%d had ended before), ended after %d ms (median),"
            + " %d ms (worst)%n",
        where,
        sorted.size(),
        finishedBefore,
        sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2),
        sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1));
  }
}
