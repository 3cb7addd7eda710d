package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT ... ON CONFLICT beyond what the script compares with DuckDB. */
class UpsertTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.update("CREATE TABLE t (id integer, n integer, PRIMARY KEY (id) NOT ENFORCED)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void ofTwoTransactionsThatInsertOneKeyOneFails(boolean serializable, boolean filled) {
    if (filled) {
      frazil.update("INSERT INTO t VALUES (100, 0), (0, 0)");
    }
    try (Session first = frazil.engine().openSession();
        Session second = frazil.engine().openSession()) {
      first.setSerializable(serializable);
      second.setSerializable(serializable);
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      execute(first, "INSERT INTO t VALUES (1, 1) ON CONFLICT DO NOTHING");
      execute(second, "INSERT INTO t VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 2");
      second.commit();
      EngineException lost = catchThrowableOfType(EngineException.class, first::commit);
      assertThat(lost).isNotNull();
      assertThat(lost.state().code()).isEqualTo("40001");
    }
    assertThat(frazil.query("SELECT n FROM t WHERE id = 1").lines()).containsExactly("2");
  }

  @Test
  void transactionsThatInsertOtherKeysDoNotMeet() {
    frazil.update("INSERT INTO t VALUES (100, 0), (0, 0)");
    try (Session first = frazil.engine().openSession();
        Session second = frazil.engine().openSession()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      execute(first, "INSERT INTO t VALUES (1, 1) ON CONFLICT DO NOTHING");
      execute(second, "INSERT INTO t VALUES (3, 2) ON CONFLICT (id) DO UPDATE SET n = 2");
      second.commit();
      first.commit();
    }
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("4");
  }

  @Test
  void parametersTellWhichKeysAreLookedFor() {
    frazil.update("INSERT INTO t VALUES (100, 0), (0, 0)");
    String upsert = "INSERT INTO t VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1";
    String update = "UPDATE t SET n = n + 1 WHERE id = ?";
    String query = "SELECT n FROM t WHERE id = ?";
    for (boolean same : new boolean[] {false, true}) {
      for (String sql : List.of(upsert, update, query)) {
        try (Session first = frazil.engine().openSession();
            Session second = frazil.engine().openSession()) {
          first.setAutoCommit(false);
          second.setAutoCommit(false);
          run(first, sql, 1);
          execute(first, "INSERT INTO t VALUES (1000, 0)");
          run(second, upsert, same ? 1 : 3);
          second.commit();
          EngineException lost = catchThrowableOfType(EngineException.class, first::commit);
          assertThat(lost != null).as(sql + (same ? ", same key" : ", another")).isEqualTo(same);
        }
      }
    }
  }

  private static void run(Session session, String sql, int key) {
    StatementResult result =
        session.prepare(sql).execute(new ParameterValues(List.of(key)), new CancellationToken());
    if (result instanceof StatementResult.Rows rows) {
      EngineRunner.read(rows.cursor());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writersOfOneKeyInAutocommitCountEachOther(boolean serializable)
      throws InterruptedException, ExecutionException {
    int writers = 4;
    int rounds = 3;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        futures.add(threads.submit(() -> count(serializable, rounds)));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("7 | " + writers * rounds);
  }

  private void count(boolean serializable, int rounds) {
    try (Session session = frazil.engine().openSession()) {
      session.setSerializable(serializable);
      for (int i = 0; i < rounds; i++) {
        execute(
            session,
            "INSERT INTO t VALUES (7, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n");
      }
    }
  }

  @Test
  void twoNewRowsOfAKeyAreRefusedByDoUpdateOnly() {
    String insert = "INSERT INTO t VALUES (1, 1), (1, 2) ON CONFLICT (id) DO ";
    assertThat(state(insert + "UPDATE SET n = 5")).isEqualTo("21000");
    assertThat(state(insert + "UPDATE SET n = 5 WHERE excluded.n = 1")).isEqualTo("21000");
    assertThat(frazil.update(insert + "NOTHING")).isEqualTo(1);
    assertThat(state(insert + "UPDATE SET n = 5")).isEqualTo("21000");
    assertThat(frazil.update(insert + "UPDATE SET n = 5 WHERE excluded.n = 2")).isEqualTo(1);
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("1 | 5");
  }

  @Test
  void batchesAndParametersWork() {
    PreparedQuery upsert =
        frazil
            .session()
            .prepare(
                "INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = excluded.n + ?");
    long[] counts =
        upsert.executeBatch(
            List.of(
                new ParameterValues(List.of(1, 1, 100)),
                new ParameterValues(List.of(2, 2, 100)),
                new ParameterValues(List.of(1, 3, 100))),
            new CancellationToken());
    assertThat(counts).containsExactly(1, 1, 1);
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1 | 103", "2 | 2");
  }

  @Test
  void onlyFilesThatMayHoldAKeyAreRead() {
    frazil.update("INSERT INTO t VALUES (1, 1), (9, 9)");
    frazil.update("INSERT INTO t VALUES (11, 1), (19, 9)");
    String plan =
        String.join(
            "\n",
            frazil
                .query("EXPLAIN INSERT INTO t VALUES (5, 0), (-7, 0) ON CONFLICT DO NOTHING")
                .lines());
    assertThat(plan).contains("id").containsPattern("(?i)in.*5|5.*-7|-7.*5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (1, 1) ON CONFLICT (n) DO NOTHING | 42P10 | main.t: id
          INSERT INTO t VALUES (1, 1) ON CONFLICT (id, n) DO NOTHING | 42P10 | main.t: id
          INSERT INTO k VALUES (1) ON CONFLICT DO NOTHING | 42P10 | which has none
          INSERT INTO t VALUES (1, 1) ON CONFLICT (x) DO NOTHING | 42703 | "x"
          INSERT INTO t VALUES (1, 1) ON CONFLICT (id) | 42601 | expected DO
          INSERT INTO t VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = n + 1 | 42702 | "n" is ambiguous
          INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING | 42601 | 2 columns but 1 values
          INSERT INTO t (n) VALUES (1) ON CONFLICT DO NOTHING | 23502 | id
          INSERT INTO t VALUES (1, 1) ON CONFLICT ON CONSTRAINT pk DO NOTHING | 0A000 | ON CONSTRAINT
          INSERT INTO t BY NAME SELECT 1 AS id, 2 AS id ON CONFLICT DO NOTHING | 42701 | "id" is named twice
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    frazil.update("CREATE TABLE k (id integer)");
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  private static void execute(Session session, String sql) {
    session.prepare(sql).execute(ParameterValues.none(), new CancellationToken());
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
