package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.ServerFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of other engines lost, by SQL: each test is named after the reports. The numbers are
 * those of apache/iceberg unless another project is named.
 */
class KnownLossesTest {
  @TempDir Path folder;

  /**
   * The catalog took the commit, and its client was told otherwise. The others deleted metadata,
   * manifest lists or data that the table needed, or applied the change twice. Every kind of
   * statement meets the fault, with a table's creation first.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'#2317, #4673: the metastore broke off',                      LOST_ANSWER",
    "'#3717: the metastore was still at work when it was asked',   ARRIVES_LATE",
    "'#4686, #9618, duckdb-iceberg #1120: a time-out',             LOST_ANSWER",
    "'#7151, #9411: the client resent, and collided with itself',  APPLIED_THEN_PRECONDITION_FAILED",
    "'#11814: resent without a lock',                              DUPLICATED",
    "'#12792, #13443, #14583: conflict after the commit landed',   APPLIED_THEN_CONFLICT",
    "'#15050: a proxy said 503',                                   APPLIED_THEN_SLOW_DOWN",
    "'ClickHouse #112081: the answer to the metadata put got lost',APPLIED_THEN_INTERNAL_ERROR",
    "'#2808, #9227, #13763: applied twice',                        DUPLICATED",
  })
  void unknownOutcomes(String report, ServerFault fault) {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner frazil = EngineRunner.open(server.config("db"))) {
      frazil.script("CREATE TABLE before (n integer)", "INSERT INTO before VALUES (1)");
      server.resetCounts();
      for (String statement :
          List.of(
              "CREATE TABLE t (id integer, v varchar)",
              "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
              "UPDATE t SET v = v || v WHERE id = 1",
              "DELETE FROM t WHERE id = 2",
              "MERGE INTO t USING (VALUES (3, 'z'), (5, 'e')) AS s (id, v) ON t.id = s.id"
                  + " WHEN MATCHED THEN UPDATE SET v = t.v || s.v"
                  + " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)")) {
        server.faults().nextConditionalPut(fault);
        frazil.update(statement);
      }
      assertThat(server.faults().injected()).containsEntry(fault, 5L);
      for (EngineRunner reader :
          new EngineRunner[] {frazil, EngineRunner.open(server.config("db"))}) {
        assertThat(reader.query("SELECT * FROM t").sorted())
            .containsExactly("1 | aa", "3 | cz", "4 | d", "5 | e");
        assertThat(reader.query("SELECT * FROM before").lines()).containsExactly("1");
        reader.close();
      }
      assertThat(server.count(RequestCounter.Kind.DELETE)).as("nothing is deleted").isZero();
    }
  }

  /** #2808: after an unknown outcome the job ran its work again, and the rows were there twice. */
  @Test
  void iceberg2808WorkThatIsRunAgainUnderItsTokenIsThereOnce() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner frazil = EngineRunner.open(server.config("db"))) {
      frazil.update("CREATE TABLE t (id integer)");
      for (int attempt = 0; attempt < 3; attempt++) {
        server.faults().nextConditionalPut(ServerFault.LOST_ANSWER);
        frazil.session().setIdempotencyToken("delivery-1");
        frazil.update("INSERT INTO t VALUES (1), (2)");
        server.faults().calm();
      }
      assertThat(frazil.query("SELECT id FROM t").sorted()).containsExactly("1", "2");
    }
  }

  /** #970, #1014, #3663, #8610: writers of a folder or bucket whose commit was a rename. */
  @Test
  void iceberg970ConcurrentWritersLoseNothing() throws Exception {
    int writers = 4;
    int commits = 6;
    try (EngineRunner setup = EngineRunner.local(folder)) {
      setup.update("CREATE TABLE t (writer integer, n integer)");
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        work.add(
            () -> {
              try (EngineRunner frazil = EngineRunner.local(folder)) {
                for (int n = 0; n < commits; n++) {
                  frazil.update("INSERT INTO t VALUES (" + number + ", " + n + ")");
                }
              }
              return null;
            });
      }
      for (Future<Void> future : threads.invokeAll(work)) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      assertThat(frazil.query("SELECT count(*), count(DISTINCT writer * 100 + n) FROM t").lines())
          .containsExactly(writers * commits + " | " + writers * commits);
    }
  }

  /** An UPDATE writes the row anew, beside a DELETE of the old one: the row came back. */
  @ParameterizedTest
  @ValueSource(strings = {"SNAPSHOT", "SERIALIZABLE"})
  void anUpdateBesideADeleteResurrectsNoRow(String level) {
    for (String version : new String[] {"2", "3"}) {
      try (EngineRunner one = EngineRunner.local(folder);
          EngineRunner two = EngineRunner.local(folder)) {
        String table = "r" + version;
        one.script(
            "CREATE TABLE "
                + table
                + " (id integer, v integer)"
                + " WITH (\"format-version\" = '"
                + version
                + "')",
            "INSERT INTO " + table + " VALUES (1, 1), (2, 2), (3, 3)",
            "START TRANSACTION ISOLATION LEVEL " + level,
            "UPDATE " + table + " SET v = 10 WHERE id = 1");
        two.update("DELETE FROM " + table + " WHERE id = 1");
        assertConflict(one);
        assertThat(one.query("SELECT * FROM " + table).sorted()).containsExactly("2 | 2", "3 | 3");
        one.script(
            "START TRANSACTION ISOLATION LEVEL " + level, "DELETE FROM " + table + " WHERE id = 2");
        two.update("UPDATE " + table + " SET v = 20 WHERE id = 2");
        assertConflict(one);
        assertThat(one.query("SELECT * FROM " + table).sorted()).containsExactly("2 | 20", "3 | 3");
      }
    }
  }

  /** #11795, #13974: two MERGEs that find the same rows; the second one must see the first. */
  @ParameterizedTest
  @ValueSource(strings = {"SNAPSHOT", "SERIALIZABLE"})
  void iceberg11795ConcurrentMergesOfTheSameRows(String level) {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.script("CREATE TABLE t (id integer, n integer)", "INSERT INTO t VALUES (1, 0), (2, 0)");
      String merge =
          "MERGE INTO t USING (VALUES (1), (2)) AS s (id) ON t.id = s.id"
              + " WHEN MATCHED THEN UPDATE SET n = t.n + 1";
      one.script("START TRANSACTION ISOLATION LEVEL " + level, merge);
      two.update(merge);
      assertConflict(one);
      one.update(merge);
      assertThat(one.query("SELECT * FROM t").sorted()).containsExactly("1 | 2", "2 | 2");
    }
  }

  /** #12653, #13974: two MERGEs that both find nothing, and both insert the same key. */
  @Test
  void iceberg12653ConcurrentMergesThatInsertTheSameKey() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      for (String clause : new String[] {"", " PARTITIONED BY (id)"}) {
        String table = clause.isEmpty() ? "m" : "p";
        one.update("CREATE TABLE " + table + " (id integer, n integer)" + clause);
        one.update("INSERT INTO " + table + " VALUES (7, 7)");
        String merge =
            "MERGE INTO "
                + table
                + " AS t USING (VALUES (1)) AS s (id) ON t.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET n = t.n + 1"
                + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, 1)";
        one.script("START TRANSACTION ISOLATION LEVEL SERIALIZABLE", merge);
        two.update(merge);
        assertConflict(one);
        one.update(merge);
        assertThat(one.query("SELECT * FROM " + table).sorted()).containsExactly("1 | 2", "7 | 7");
      }
    }
  }

  private static void assertConflict(EngineRunner transaction) {
    assertThat(catchThrowable(() -> transaction.update("COMMIT")))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }
}
