package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.frazil.exec.CancellationToken;
import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.ServerFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Maintenance that rides on commits, beside writers, stores that are slow, and files that lack. */
@Tag("slow")
class MaintenanceBesideOthersTest {
  private static final int ROUND = 64;

  /** With time enough on a busy machine. */
  private static final String CREATE =
      "CREATE TABLE t (id integer, v varchar)"
          + " WITH (\"write.frazil.auto-maintain.budget-millis\" = '60000')";

  private final FastFolder memory = FastFolder.create();

  @AfterEach
  void close() {
    memory.close();
  }

  private static void insert(Session session, int from, int to) {
    for (int id = from; id < to; id++) {
      execute(session, "INSERT INTO t VALUES (" + id + ", 'v')");
    }
  }

  private static void execute(Session session, String sql) {
    session.prepare(sql).execute(ParameterValues.none(), new CancellationToken());
  }

  private static long one(EngineRunner frazil, String sql) {
    return Long.parseLong(frazil.query(sql).lines().get(0));
  }

  private static long dataFiles(EngineRunner frazil) {
    return one(frazil, "SELECT count(*) FROM \"t$files\" WHERE content = 0");
  }

  /** Nobody could run such a transaction again for its user. */
  @Test
  void openTransactionsAreGivenWay() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(memory.path());
        Session other = frazil.engine().openSession()) {
      frazil.update(CREATE);
      insert(frazil.session(), 0, 10);
      execute(other, "START TRANSACTION");
      execute(other, "DELETE FROM t WHERE id = 3");
      insert(frazil.session(), 10, ROUND + 10);
      assertThat(dataFiles(frazil)).as("nothing was moved").isEqualTo(ROUND + 10);
      assertThatCode(() -> execute(other, "COMMIT")).doesNotThrowAnyException();
      insert(frazil.session(), ROUND + 10, 2 * ROUND + 10);
      assertThat(dataFiles(frazil)).as("then it was its turn").isLessThan(ROUND);
      assertThat(one(frazil, "SELECT count(*) FROM t")).isEqualTo(2 * ROUND + 9);
      try (Stream<Path> files = Files.walk(memory.path().resolve("main"))) {
        long held = one(frazil, "SELECT count(DISTINCT file_path) FROM \"t$all_files\"");
        assertThat(files.filter(file -> file.toString().endsWith(".parquet")).count())
            .as("whoever gave way left no file")
            .isEqualTo(held);
      }
    }
  }

  @Test
  void aTransactionThatHasOnlyReadIsGivenWayToo() {
    try (EngineRunner frazil = EngineRunner.local(memory.path());
        Session other = frazil.engine().openSession()) {
      frazil.update(CREATE);
      insert(frazil.session(), 0, 10);
      execute(other, "START TRANSACTION");
      execute(other, "SELECT v FROM t WHERE id = 5");
      insert(frazil.session(), 10, ROUND + 10);
      execute(other, "UPDATE t SET v = 'w' WHERE id = 5");
      assertThatCode(() -> execute(other, "COMMIT")).doesNotThrowAnyException();
      assertThat(one(frazil, "SELECT count(*) FROM t WHERE v = 'w'")).isEqualTo(1);
    }
  }

  @Test
  void manyWritersLoseNothingAndNeverFail() throws Exception {
    int writers = 3;
    int each = 80;
    try (EngineRunner frazil = EngineRunner.local(memory.path())) {
      frazil.update(CREATE);
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int from = writer * each;
        running.add(
            threads.submit(
                () -> {
                  // An engine of its own: another process, as far as turns are concerned.
                  try (EngineRunner own = EngineRunner.local(memory.path())) {
                    insert(own.session(), from, from + each);
                    own.update("DELETE FROM t WHERE id = " + from);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
      threads.shutdown();
      assertThat(frazil.query("SELECT count(*), count(DISTINCT id), sum(id) FROM t").lines())
          .containsExactly("237 | 237 | " + (239 * 240 / 2 - 80 - 160));
    }
  }

  /** What fails is seen in the log and in a recording, and not by whoever committed. */
  @Test
  void failuresAreToldAndNotThrown() throws Exception {
    List<RecordedEvent> events = new ArrayList<>();
    try (EngineRunner frazil = EngineRunner.local(memory.path());
        Recording recording = new Recording()) {
      recording.enable("dev.frazil.Maintenance");
      recording.start();
      frazil.update(CREATE);
      insert(frazil.session(), 0, 5);
      Files.delete(Path.of(frazil.query("SELECT min(file_path) FROM \"t$files\"").lines().get(0)));
      insert(frazil.session(), 5, ROUND + 5);
      assertThat(dataFiles(frazil)).isEqualTo(ROUND + 5);
      recording.stop();
      Path file = memory.path().resolve("maintenance.jfr");
      recording.dump(file);
      RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals("dev.frazil.Maintenance"))
          .forEach(events::add);
    }
    assertThat(events)
        .filteredOn(event -> event.getString("work").equals("COMPACTION"))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.getString("outcome")).isEqualTo("58030"));
  }

  /** On a store whose every request takes long, the commit takes its own time and the budget. */
  @Test
  void noCommitIsDelayedByMoreThanTheBudget() {
    long latencyMillis = 100;
    long budgetMillis = 500;
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner frazil = EngineRunner.open(server.config("budget"))) {
      frazil.update(
          "CREATE TABLE t (id integer, v varchar) WITH (\"write.frazil.auto-maintain.budget-millis\""
              + " = '"
              + budgetMillis
              + "')");
      insert(frazil.session(), 0, ROUND - 2);
      server.latencyMillis(latencyMillis);
      long alone = millis(() -> insert(frazil.session(), ROUND - 2, ROUND - 1));
      long maintained = millis(() -> insert(frazil.session(), ROUND - 1, ROUND));
      server.latencyMillis(0);
      System.out.printf(
          "an INSERT at %d ms a request: %d ms; with maintenance within %d ms: %d ms%n",
          latencyMillis, alone, budgetMillis, maintained);
      assertThat(maintained).as("it was tried").isGreaterThan(alone + latencyMillis / 2);
      assertThat(maintained).isLessThan(alone + budgetMillis + 5 * latencyMillis);
      assertThat(one(frazil, "SELECT count(*) FROM t")).isEqualTo(ROUND);
    }
  }

  /** What a store that hangs does not say to be deleted is left alone. */
  @Test
  void noCommitWaitsForDeletionsBeyondTheBudget() {
    long budgetMillis = 3_000;
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner frazil = EngineRunner.open(server.config("deletions"))) {
      ((DatabaseSession) frazil.session()).setFileAges(new FileAges(-5_000, -5_000));
      frazil.update(
          "CREATE TABLE t (id integer, v varchar) WITH (\"history.expire.max-snapshot-age-ms\" = '1',"
              + " \"write.frazil.auto-maintain.budget-millis\" = '"
              + budgetMillis
              + "')");
      insert(frazil.session(), 0, ROUND - 1);
      // Of many files: the one of a single object is part of finding out what time it is.
      server
          .faults()
          .next(
              request -> request.hasQuery("delete") && request.body().length > 2_000,
              ServerFault.STALLED);
      long maintained = millis(() -> insert(frazil.session(), ROUND - 1, ROUND));
      assertThat(server.faults().injected()).containsKey(ServerFault.STALLED);
      assertThat(maintained).isLessThan(2 * budgetMillis);
      assertThat(one(frazil, "SELECT count(*) FROM \"t$snapshots\"")).isLessThan(ROUND);
      assertThat(one(frazil, "SELECT count(DISTINCT id) FROM t")).isEqualTo(ROUND);
    }
  }

  private static long millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1_000_000;
  }
}
