package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.storage.RequestCounter;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PRIMARY KEY and UNIQUE hold, whatever writes, and whoever writes beside. */
class UniqueKeysTest {
  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void assertTwice(String sql) {
    assertTwice(frazil, sql);
  }

  private static void assertTwice(EngineRunner runner, String sql) {
    assertThatThrownBy(() -> runner.update(sql))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(SqlState.UNIQUE_VIOLATION));
  }

  private List<String> rows() {
    return frazil.query("SELECT * FROM t ORDER BY 1").lines();
  }

  @Test
  void aKeyIsInsertedOnce() {
    frazil.script(
        "CREATE TABLE t (id bigint PRIMARY KEY, v varchar)", "INSERT INTO t VALUES (1, 'a')");
    assertTwice("INSERT INTO t VALUES (1, 'b')");
    assertTwice("INSERT INTO t VALUES (2, 'x'), (3, 'y'), (2, 'z')");
    assertTwice("INSERT INTO t SELECT id, v FROM t");
    assertThat(rows()).containsExactly("1 | a");
    frazil.update("INSERT INTO t VALUES (2, 'b')");
    assertThat(rows()).containsExactly("1 | a", "2 | b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer",
        "decimal(10, 2)",
        "decimal(30, 2)",
        "varchar",
        "date",
        "timestamp",
        "timestamp with time zone",
        "uuid",
        "varbinary",
        "time"
      })
  void aKeyOfAnyTypeIsFoundAgain(String type) {
    frazil.update("CREATE TABLE t (k " + type + ", v integer, PRIMARY KEY (k))");
    String value =
        switch (type) {
          case "integer", "decimal(10, 2)", "decimal(30, 2)" -> "7";
          case "varchar" -> "'a long key beyond the length of bounds'";
          case "date" -> "DATE '2020-01-01'";
          case "timestamp" -> "TIMESTAMP '2020-01-01 00:00:00.000001'";
          case "timestamp with time zone" -> "TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z'";
          case "uuid" -> "CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid)";
          case "varbinary" -> "X'00ff'";
          default -> "TIME '12:00:00.000001'";
        };
    frazil.update("INSERT INTO t VALUES (" + value + ", 1)");
    assertTwice("INSERT INTO t VALUES (" + value + ", 2)");
    assertThat(frazil.query("SELECT v FROM t").lines()).containsExactly("1");
  }

  @Test
  void aKeyOfSeveralColumnsIsTakenTogether() {
    frazil.script(
        "CREATE TABLE t (a integer, b varchar, PRIMARY KEY (a, b)) PARTITIONED BY (b)",
        "INSERT INTO t VALUES (1, 'x'), (1, 'y'), (2, 'x')");
    assertTwice("INSERT INTO t VALUES (2, 'y'), (1, 'y')");
    frazil.update("INSERT INTO t VALUES (2, 'y')");
    assertThat(rows()).hasSize(4);
  }

  @Test
  void uniqueColumnsMayBeNullManyTimes() {
    frazil.script(
        "CREATE TABLE t (id integer, mail varchar UNIQUE, a integer, b integer, UNIQUE (a, b))",
        "INSERT INTO t VALUES (1, NULL, 1, NULL), (2, NULL, 1, NULL), (3, 'm', 1, 1)");
    assertTwice("INSERT INTO t VALUES (4, 'm', 2, 2)");
    assertTwice("INSERT INTO t VALUES (4, 'n', 1, 1)");
    frazil.update("INSERT INTO t VALUES (4, 'n', 1, 2)");
    assertThat(rows()).hasSize(4);
  }

  @Test
  void updatesAndMergesKeepKeys() {
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, v varchar)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    assertTwice("UPDATE t SET id = 2 WHERE id = 1");
    assertTwice("UPDATE t SET id = 9");
    assertTwice(
        "MERGE INTO t USING (VALUES (4, 'x'), (4, 'y')) AS s (id, v) ON t.id = s.id"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)");
    assertThat(rows()).containsExactly("1 | a", "2 | b", "3 | c");
    frazil.update("UPDATE t SET id = id + 1, v = v || '!'");
    frazil.update("UPDATE t SET v = 'same'");
    assertThat(rows()).containsExactly("2 | same", "3 | same", "4 | same");
  }

  @Test
  void whatIsOverwrittenGivesItsKeysFree() {
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, v varchar)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
        "INSERT OVERWRITE t VALUES (2, 'c'), (3, 'd')");
    assertThat(rows()).containsExactly("2 | c", "3 | d");
    assertTwice("INSERT OVERWRITE t VALUES (4, 'e'), (4, 'f')");
    assertThat(rows()).containsExactly("2 | c", "3 | d");
  }

  @Test
  void aFailedStatementLeavesItsTransactionAsItWas() {
    frazil.script(
        "CREATE TABLE t (id integer PRIMARY KEY, v varchar)",
        "START TRANSACTION",
        "INSERT INTO t VALUES (1, 'a')");
    assertTwice("INSERT INTO t VALUES (2, 'b'), (1, 'c')");
    frazil.script("DELETE FROM t WHERE id = 1", "INSERT INTO t VALUES (1, 'again')", "COMMIT");
    assertThat(rows()).containsExactly("1 | again");
  }

  @Test
  void manyRowsAreCheckedFromTheirFiles() {
    frazil.script(
        "CREATE TABLE t (id bigint PRIMARY KEY, v varchar)",
        "INSERT INTO t SELECT n, 'v' FROM UNNEST(sequence(1, 9999)) AS s (n)");
    assertTwice("INSERT INTO t SELECT n, 'w' FROM UNNEST(sequence(9999, 19999)) AS s (n)");
    assertTwice("INSERT INTO t SELECT 20000 + n / 2, 'w' FROM UNNEST(sequence(1, 5000)) AS s (n)");
    frazil.update("INSERT INTO t SELECT n, 'w' FROM UNNEST(sequence(10000, 19999)) AS s (n)");
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id) FROM t").lines())
        .containsExactly("19999 | 19999");
  }

  @Test
  void manyRowsInAnyOrderAndWithNullsAreChecked() {
    frazil.script(
        "CREATE TABLE t (a bigint, b varchar, UNIQUE (b, a))",
        "INSERT INTO t SELECT 10000 - n, NULL FROM UNNEST(sequence(1, 5000)) AS s (n)",
        "INSERT INTO t SELECT 1, NULL FROM UNNEST(sequence(1, 5000)) AS s (n)",
        "INSERT INTO t SELECT n % 100, CAST(n / 100 AS varchar)"
            + " FROM UNNEST(sequence(0, 4999)) AS s (n)");
    assertTwice(
        "INSERT INTO t SELECT n % 100, CAST(n / 200 AS varchar) || 'x'"
            + " FROM UNNEST(sequence(0, 4999)) AS s (n)");
    assertTwice(
        "INSERT INTO t SELECT n % 100, CAST(n / 100 AS varchar)"
            + " FROM UNNEST(sequence(4999, 9999)) AS s (n)");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("15000");
  }

  @Test
  void rowsThatARewriteCarriesAreCheckedToo() {
    frazil.script(
        "CREATE TABLE t (id bigint PRIMARY KEY, v varchar)",
        "INSERT INTO t SELECT n, 'v' FROM UNNEST(sequence(1, 10000)) AS s (n)");
    assertTwice("UPDATE t SET id = id + 5000 WHERE id <= 5000");
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id) FROM t").lines())
        .containsExactly("10000 | 10000");
  }

  @Test
  void manyLongFixedKeysAreChecked() {
    frazil.script(
        "CREATE TABLE s (n bigint)",
        "INSERT INTO s SELECT n FROM UNNEST(sequence(1, 3000)) AS q (n)",
        "CREATE TABLE t (h binary(32) PRIMARY KEY)",
        "INSERT INTO t SELECT CAST(sha256(to_utf8(CAST(n AS varchar))) AS binary(32)) FROM s");
    assertTwice(
        "INSERT INTO t SELECT CAST(sha256(to_utf8(CAST(n AS varchar))) AS binary(32)) FROM s");
  }

  @Test
  void onlyFilesThatCanHoldTheKeyAreRead() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner remote = EngineRunner.open(server.config("db"))) {
      remote.script("CREATE TABLE t (id bigint PRIMARY KEY, v varchar)");
      for (int i = 0; i < 8; i++) {
        remote.update("INSERT INTO t VALUES (" + 100 * i + ", 'v'), (" + (100 * i + 50) + ", 'v')");
      }
      remote.update("INSERT INTO t VALUES (99, 'w')");
      server.resetCounts();
      remote.update("INSERT INTO t VALUES (98, 'w')");
      System.out.println(
          "INSERT beside 9 files, none of which can hold the key: " + server.counts());
      assertThat(server.counts().getOrDefault(RequestCounter.Kind.GET, 0L)).isLessThanOrEqualTo(4);
      server.resetCounts();
      assertTwice(remote, "INSERT INTO t VALUES (350, 'w')");
      System.out.println("INSERT of a key that one of 10 files holds: " + server.counts());
      assertThat(server.counts().getOrDefault(RequestCounter.Kind.GET, 0L)).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void aKeyThatIsOnlyDeclaredIsNotKept() {
    frazil.script(
        "CREATE TABLE t (id bigint, PRIMARY KEY (id) NOT ENFORCED)",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t VALUES (1)");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void theDefinitionComesBack() {
    frazil.update("CREATE TABLE t (id bigint PRIMARY KEY, a varchar, b date, UNIQUE (b, a))");
    String definition = frazil.query("SHOW CREATE TABLE t").lines().get(0);
    assertThat(definition)
        .contains("PRIMARY KEY (id)", "UNIQUE (b, a)")
        .doesNotContain("NOT ENFORCED", "frazil.");
    frazil.update("DROP TABLE t");
    frazil.update(definition);
    assertThat(frazil.query("SHOW CREATE TABLE t").lines()).containsExactly(definition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (a double UNIQUE)",
        "CREATE TABLE t (a array(integer), UNIQUE (a))",
        "CREATE TABLE t (a integer, UNIQUE (b))",
        "CREATE TABLE t (a integer UNIQUE NOT ENFORCED)",
      })
  void keysThatCannotBeAreRefused(String sql) {
    assertThatThrownBy(() -> frazil.update(sql)).isInstanceOf(EngineException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SERIALIZABLE", "SNAPSHOT"})
  void twoTransactionsCannotBothWriteAKey(String level) {
    frazil.script("CREATE TABLE t (id bigint PRIMARY KEY, v varchar)");
    try (EngineRunner other = EngineRunner.local(folder.path())) {
      frazil.update("START TRANSACTION ISOLATION LEVEL " + level);
      other.update("START TRANSACTION ISOLATION LEVEL " + level);
      frazil.update("INSERT INTO t VALUES (1, 'a')");
      other.update("INSERT INTO t VALUES (1, 'b')");
      frazil.update("COMMIT");
      assertThatThrownBy(() -> other.update("COMMIT"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
      assertTwice(other, "INSERT INTO t VALUES (1, 'b')");
    }
    assertThat(rows()).containsExactly("1 | a");
  }

  @Test
  void ofManyWhoInsertTheSameKeysOneHasEach() throws Exception {
    frazil.script("CREATE TABLE t (id bigint PRIMARY KEY, v varchar)");
    int writers = 4;
    int keys = 10;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    List<Future<Integer>> results = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      String value = "w" + w;
      Callable<Integer> writer =
          () -> {
            int won = 0;
            try (EngineRunner own = EngineRunner.local(folder.path())) {
              for (int key = 0; key < keys; key++) {
                try {
                  own.session()
                      .prepare("INSERT INTO t VALUES (" + key + ", '" + value + "')")
                      .execute(ParameterValues.none(), ExpectedResult.ANY, new CancellationToken());
                  won++;
                } catch (EngineException e) {
                  assertThat(e.state()).as(e.getMessage()).isEqualTo(SqlState.UNIQUE_VIOLATION);
                }
              }
            }
            return won;
          };
      results.add(threads.submit(writer));
    }
    int won = 0;
    for (Future<Integer> result : results) {
      won += result.get();
    }
    threads.shutdown();
    assertThat(won).isEqualTo(keys);
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id) FROM t").lines())
        .containsExactly(keys + " | " + keys);
  }
}
