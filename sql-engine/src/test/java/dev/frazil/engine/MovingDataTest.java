package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RidingMaintenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers never see partial or moving data: every read repeats its checksum within its transaction
 * while writers, compaction and expiry run. {@code -Dfrazil.soak} makes it long.
 */
@Tag("slow")
class MovingDataTest {
  private static final long READER_MILLIS = 1_200;
  private static final int REPEATS = 4;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String CHECKSUM =
      "SELECT count(*) % 2, coalesce(sum(v), 0), count(DISTINCT id) = count(*) FROM t";

  @TempDir Path folder;

  private long pauseMillis = 20;
  private long promisedMillis = READER_MILLIS;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong moved = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong compactions = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private BooleanSupplier enough = this::sawEnough;
  private boolean rides;
  private long endNanos;

  /** As long as it is asked to, and on a machine that is busy until there is something to see. */
  private boolean runs() {
    long now = System.nanoTime();
    return now < endNanos || (now < endNanos + PATIENCE_NANOS && !enough.getAsBoolean());
  }

  private boolean sawEnough() {
    return reads.get() > 50 && commits.get() > 5 && compactions.get() > 2 && deleted.get() > 0;
  }

  /** In a transaction of its own each time; one that takes longer than is promised may fail. */
  private void read(EngineRunner frazil) {
    while (runs()) {
      long start = System.nanoTime();
      try {
        frazil.update("START TRANSACTION READ ONLY");
        String first = frazil.query(CHECKSUM).lines().get(0);
        List<String> rows = frazil.query("SELECT * FROM t").sorted();
        for (int i = 0; i < REPEATS; i++) {
          Thread.sleep(pauseMillis);
          reads.incrementAndGet();
          boolean same =
              frazil.query(CHECKSUM).lines().get(0).equals(first)
                  && frazil.query("SELECT * FROM t").sorted().equals(rows);
          moved.addAndGet(same && first.equals("0 | 0 | true") ? 0 : 1);
        }
      } catch (EngineException e) {
        boolean isLate = (System.nanoTime() - start) / 1_000_000 > promisedMillis;
        failed.addAndGet(isLate ? 0 : 1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        frazil.update("ROLLBACK");
      }
    }
  }

  /** Adds two rows that are nothing together, changes two by as much, takes two away. */
  private void write(EngineRunner frazil, long seed, int first) {
    Random random = new Random(seed);
    int last = first;
    while (runs()) {
      int id = 2 * (first + (last == first ? 0 : random.nextInt(last - first)));
      String sql =
          switch (random.nextInt(3)) {
            case 0 ->
                "UPDATE t SET v = v + CASE WHEN id % 2 = 0 THEN 1 ELSE -1 END WHERE id IN ("
                    + id
                    + ", "
                    + (id + 1)
                    + ")";
            case 1 ->
                last < first + 20
                    ? null
                    : "DELETE FROM t WHERE id IN ("
                        + id
                        + ", "
                        + (id + 1)
                        + ")"
                        + " AND (SELECT sum(v) FROM t AS o WHERE o.id IN ("
                        + id
                        + ", "
                        + (id + 1)
                        + ")) = 0";
            default -> null;
          };
      if (sql == null) {
        int value = random.nextInt(1000);
        sql =
            "INSERT INTO t VALUES (%d, %d), (%d, %d)"
                .formatted(2 * last, value, 2 * last + 1, -value);
        last++;
      }
      if (changes(frazil, sql)) {
        commits.incrementAndGet();
      }
      if (rides) {
        pause(); // what always gives way to others has to find a moment without them
      }
    }
  }

  private static boolean changes(EngineRunner frazil, String sql) {
    try {
      frazil.update(sql);
      return true;
    } catch (EngineException e) {
      if (e.state() == SqlState.SERIALIZATION_FAILURE) {
        return false;
      }
      throw e;
    }
  }

  private void maintainOrWrite(EngineRunner frazil, long seed) {
    if (rides) {
      write(frazil, seed, 1 << 28);
    } else {
      maintain(frazil);
    }
  }

  private void maintain(EngineRunner frazil) {
    while (runs()) {
      try {
        frazil.query("CALL system.rewrite_data_files('t', options => map('min-input-files', '2'))");
        compactions.incrementAndGet();
      } catch (EngineException e) {
        assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      }
      String answer = frazil.query("CALL system.expire_snapshots('t')").lines().get(0);
      for (String count : answer.split(" \\| ")) {
        deleted.addAndGet(Long.parseLong(count));
      }
      pause();
    }
  }

  /** Writers come to their turn, too. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void run(String name, ConnectionConfig config, FileAges ages, int seconds)
      throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    try (EngineRunner frazil = EngineRunner.open(config);
        EngineRunner writer = EngineRunner.open(config);
        EngineRunner one = EngineRunner.open(config);
        EngineRunner two = EngineRunner.open(config)) {
      ((DatabaseSession) frazil.session()).setFileAges(ages);
      ((DatabaseSession) writer.session()).setFileAges(ages);
      frazil.update(
          "CREATE TABLE t (id integer, v integer) WITH (\"write.delete.mode\" = 'merge-on-read',"
              + " \"write.frazil.auto-maintain\" = '"
              + rides
              + "', \"write.frazil.auto-maintain.budget-millis\" = '60000',"
              + " \"history.expire.max-snapshot-age-ms\" = '1')");
      ExecutorService threads = Executors.newFixedThreadPool(4);
      endNanos = System.nanoTime() + seconds * 1_000_000_000L;
      try {
        List<Callable<Void>> work = new ArrayList<>();
        work.add(() -> call(() -> read(one)));
        work.add(() -> call(() -> read(two)));
        work.add(() -> call(() -> write(writer, seed, 0)));
        work.add(() -> call(() -> maintainOrWrite(frazil, ~seed)));
        for (Future<Void> future : threads.invokeAll(work)) {
          future.get();
        }
      } finally {
        threads.shutdown();
      }
      System.out.printf(
          "promise 8, %s: -Dfrazil.seed=%d: %d reads, %d moved, %d failed; %d commits, %d"
              + " compactions, %d files deleted%n",
          name,
          seed,
          reads.get(),
          moved.get(),
          failed.get(),
          commits.get(),
          compactions.get(),
          deleted.get());
    }
  }

  private static Void call(Runnable work) {
    work.run();
    return null;
  }

  private void assertPromise() {
    assertThat(moved).hasValue(0);
    assertThat(failed).hasValue(0);
    assertThat(reads.get()).isPositive();
    assertThat(compactions.get()).isPositive();
    assertThat(deleted.get()).isPositive();
  }

  private static int seconds(int otherwise) {
    return Boolean.getBoolean("frazil.soak") ? 7_200 : otherwise;
  }

  private ConnectionConfig local() {
    return ConnectionConfig.of(new Warehouse.LocalFolder(folder.toAbsolutePath().toString()));
  }

  @Test
  void everyReadRepeatsItsChecksumInAFolder() throws Exception {
    run("folder", local(), new FileAges(READER_MILLIS, READER_MILLIS), seconds(3));
    assertPromise();
  }

  @Test
  void everyReadRepeatsItsChecksumOnS3() throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      run("S3", server.config("db"), new FileAges(READER_MILLIS, READER_MILLIS), seconds(3));
    }
    assertPromise();
  }

  /** Nobody calls a procedure: two writers, and what their commits carry. */
  private void ride(String name, ConnectionConfig config) throws Exception {
    rides = true;
    try (RidingMaintenance riding = new RidingMaintenance()) {
      enough = () -> reads.get() > 50 && riding.compactions() > 0 && riding.deletedFiles() > 0;
      FileAges ages = new FileAges(READER_MILLIS, READER_MILLIS);
      run(name + ", riding along", config, ages, seconds(3));
      riding.awaitCounts();
      System.out.println("promise 8, " + riding);
      compactions.set(riding.compactions());
      deleted.set(riding.deletedFiles());
    }
    assertPromise();
  }

  @Test
  void everyReadRepeatsItsChecksumWhileMaintenanceRidesAlong() throws Exception {
    ride("folder", local());
  }

  @Test
  @Tag("soak")
  void everyReadRepeatsItsChecksumWhileMaintenanceRidesAlongOnS3() throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      ride("S3", server.config("db"));
    }
  }

  @Test
  @Tag("soak")
  void withoutTheAgeReadsFailWhileMaintenanceRidesAlong() throws Exception {
    rides = true;
    withoutTheAgeReadsFail();
  }

  /** The sabotage: an expiry that does not wait for readers. */
  @Test
  void withoutTheAgeReadsFail() throws Exception {
    enough = () -> failed.get() > 0;
    // Longer than an expiry of many snapshots thinks before it deletes; none is excused.
    pauseMillis = 300;
    promisedMillis = Long.MAX_VALUE;
    run("without the age", local(), new FileAges(-10_000, -10_000), 3);
    assertThat(failed.get()).isPositive();
    assertThat(moved).as("even so none sees other rows").hasValue(0);
  }
}
