package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RESTORE DATABASE beside writers: each commit comes before it or after it, whole. */
class RestoreRaceTest {
  @TempDir Path folder;

  /** Engines of different catalogs share nothing but the store. */
  private ConnectionConfig local(int number) {
    return new ConnectionConfig(
        new Warehouse.LocalFolder(folder.toAbsolutePath().toString()),
        Map.of(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, "" + (20_000 + number)),
        Map.of());
  }

  private static long version(EngineRunner frazil) {
    return Long.parseLong(frazil.query("SHOW DATABASE HISTORY LIMIT 1").rows().get(0).get(0));
  }

  private static void conflicts(EngineRunner frazil) {
    assertThatThrownBy(() -> frazil.update("COMMIT"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  @Test
  void anOpenTransactionAddsToWhatWasRestoredOrFails() {
    try (EngineRunner one = EngineRunner.open(local(1));
        EngineRunner two = EngineRunner.open(local(2))) {
      one.script(
          "CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)", "CREATE TABLE u (id integer)");
      long then = version(one);
      one.script("INSERT INTO t VALUES (2)", "CREATE TABLE gone (id integer)");
      long now = version(one);

      two.script("SET isolation = 'snapshot'", "START TRANSACTION", "INSERT INTO t VALUES (3)");
      one.update("RESTORE DATABASE TO VERSION " + then);
      two.update("COMMIT");
      assertThat(one.query("SELECT * FROM t").sorted()).containsExactly("1", "3");
      one.update("RESTORE DATABASE TO VERSION " + now);

      two.script("START TRANSACTION", "UPDATE t SET id = 9 WHERE id = 2");
      one.update("RESTORE DATABASE TO VERSION " + then);
      conflicts(two);
      assertThat(one.query("SELECT * FROM t").sorted()).containsExactly("1");
      one.update("RESTORE DATABASE TO VERSION " + now);

      two.script("START TRANSACTION", "INSERT INTO gone VALUES (1)");
      one.update("RESTORE DATABASE TO VERSION " + then);
      conflicts(two);
      one.update("RESTORE DATABASE TO VERSION " + now);

      // It read what was taken back.
      two.script(
          "SET isolation = 'serializable'",
          "START TRANSACTION",
          "INSERT INTO u SELECT count(*) FROM t");
      one.update("RESTORE DATABASE TO VERSION " + then);
      conflicts(two);
      assertThat(one.query("SELECT * FROM u").lines()).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void onAFolder() throws Exception {
    race(List.of(local(1), local(2), local(3)));
  }

  @Test
  @Tag("slow")
  void onABucket() throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      List<ConnectionConfig> configs = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        configs.add(
            server.config(
                ConditionalS3Server.BUCKET,
                "db",
                Map.of(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, "" + (20_000 + i))));
      }
      race(configs);
    }
  }

  /** Two write the same value into two tables, one takes the database back again and again. */
  private static void race(List<ConnectionConfig> configs) throws Exception {
    long then;
    try (EngineRunner frazil = EngineRunner.open(configs.get(0))) {
      frazil.script("CREATE TABLE a (id integer)", "CREATE TABLE b (id integer)");
      then = version(frazil);
    }
    Set<String> acknowledged = new HashSet<>();
    ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    AtomicInteger writing = new AtomicInteger(2);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    int restorations;
    try {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int writer = 1; writer <= 2; writer++) {
        ConnectionConfig config = configs.get(writer);
        int first = writer * 1_000;
        futures.add(threads.submit(() -> write(config, first, said, writing)));
      }
      restorations = threads.submit(() -> restore(configs.get(0), then, writing)).get();
      for (Future<Integer> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    acknowledged.addAll(said);
    Set<String> found = new HashSet<>();
    int emptied = 0;
    try (EngineRunner frazil = EngineRunner.open(configs.get(0))) {
      List<String> before = List.of();
      for (long version = then; version <= version(frazil); version++) {
        frazil.update("SET asOf = " + version);
        List<String> a = frazil.query("SELECT * FROM a").sorted();
        assertThat(frazil.query("SELECT * FROM b").sorted())
            .as("version " + version)
            .isEqualTo(a)
            .doesNotHaveDuplicates();
        if (a.isEmpty() && !before.isEmpty()) {
          emptied++;
        } else {
          assertThat(a).containsAll(before);
        }
        found.addAll(a);
        before = a;
        frazil.update("SET asOf = DEFAULT");
      }
    }
    System.out.println(
        "RESTORE beside two writers: "
            + acknowledged.size()
            + " commits acknowledged, "
            + restorations
            + " restorations, "
            + emptied
            + " of them took something back");
    assertThat(found).isEqualTo(acknowledged);
    assertThat(emptied).isPositive();
  }

  private static int write(
      ConnectionConfig config,
      int first,
      ConcurrentLinkedQueue<String> said,
      AtomicInteger writing) {
    try (EngineRunner frazil = EngineRunner.open(config)) {
      frazil.update("SET isolation = 'snapshot'");
      for (int value = first; value < first + 20; value++) {
        for (boolean done = false; !done; ) {
          try {
            frazil.script(
                "START TRANSACTION",
                "INSERT INTO a VALUES (" + value + ")",
                "INSERT INTO b VALUES (" + value + ")",
                "COMMIT");
            done = true;
          } catch (EngineException e) {
            assertThat(e.state()).as(e.getMessage()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
          }
        }
        said.add("" + value);
      }
      return 20;
    } finally {
      writing.decrementAndGet();
    }
  }

  private static int restore(ConnectionConfig config, long then, AtomicInteger writing) {
    try (EngineRunner frazil = EngineRunner.open(config)) {
      int restorations = 0;
      while (writing.get() > 0) {
        frazil.update("RESTORE DATABASE TO VERSION " + then);
        restorations++;
      }
      return restorations;
    }
  }
}
