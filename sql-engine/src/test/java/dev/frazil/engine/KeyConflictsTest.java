package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions of two processes that write keys at the same time are in each other's way when they
 * write the same key, and only then, however their keys lie to each other.
 */
@Tag("slow")
class KeyConflictsTest {
  private FastFolder folder;
  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    one = EngineRunner.local(folder.path());
    other = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    folder.close();
  }

  private static void assertState(SqlState state, EngineRunner runner, String sql) {
    assertThatThrownBy(() -> runner.update(sql))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state));
  }

  private void begin(String level) {
    one.update("START TRANSACTION ISOLATION LEVEL " + level);
    other.update("START TRANSACTION ISOLATION LEVEL " + level);
  }

  /** Keys of the type whose order says nothing of the order of the numbers. */
  private static String key(String type, int number) {
    String hash = "md5(to_utf8('" + number + "'))";
    return switch (type) {
      case "uuid", "binary(16)" -> "CAST(" + hash + " AS " + type + ")";
      case "varbinary" -> hash;
      case "varchar" -> "to_hex(" + hash + ")";
      default -> "CAST(" + number * 7919L % 10007 + " AS " + type + ")";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "uuid, SNAPSHOT",
    "uuid, SERIALIZABLE",
    "varchar, SNAPSHOT",
    "varchar, SERIALIZABLE",
    "'binary(16)', SERIALIZABLE",
    "varbinary, SERIALIZABLE",
    "bigint, SERIALIZABLE",
    "'decimal(30, 4)', SERIALIZABLE",
  })
  void differentKeysAreNotInEachOthersWay(String type, String level) {
    one.script(
        "CREATE TABLE t (k " + type + " PRIMARY KEY, v integer)",
        "INSERT INTO t VALUES (" + key(type, 1) + ", 1), (" + key(type, 2) + ", 2)");
    begin(level);
    one.update("INSERT INTO t VALUES (" + key(type, 3) + ", 3), (" + key(type, 4) + ", 4)");
    one.update("INSERT INTO t VALUES (" + key(type, 5) + ", 5)");
    other.update("INSERT INTO t VALUES (" + key(type, 6) + ", 6), (" + key(type, 7) + ", 7)");
    other.update("INSERT INTO t VALUES (" + key(type, 8) + ", 8), (" + key(type, 9) + ", 9)");
    one.update("COMMIT");
    other.update("COMMIT");
    assertThat(one.query("SELECT v FROM t ORDER BY v").lines())
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");

    begin(level);
    one.update("INSERT INTO t VALUES (" + key(type, 10) + ", 10), (" + key(type, 11) + ", 11)");
    other.update("INSERT INTO t VALUES (" + key(type, 12) + ", 12), (" + key(type, 11) + ", 0)");
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
    assertState(
        SqlState.UNIQUE_VIOLATION, other, "INSERT INTO t VALUES (" + key(type, 11) + ", 0)");
    assertThat(one.query("SELECT count(*), count(DISTINCT k) FROM t").lines())
        .containsExactly("11 | 11");
  }

  @Test
  void aKeyOfSeveralColumnsIsComparedWhole() {
    one.update(
        "CREATE TABLE t (a integer, b uuid, p varchar, PRIMARY KEY (a, b, p)) PARTITIONED BY (p)");
    String insert = "INSERT INTO t VALUES (%s, " + key("uuid", 1) + ", '%s'), (%s, %s, 'y')";
    begin("SERIALIZABLE");
    one.update(insert.formatted(1, "x", 9, key("uuid", 5)));
    other.update(insert.formatted(2, "x", 0, key("uuid", 6)));
    one.update("COMMIT");
    other.update("COMMIT");
    begin("SNAPSHOT");
    one.update(insert.formatted(3, "x", 8, key("uuid", 5)));
    other.update(insert.formatted(3, "x", 7, key("uuid", 6)));
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
  }

  @Test
  void nullsInAUniqueKeyAreNobodysKeys() {
    one.update("CREATE TABLE t (a integer, b varchar, UNIQUE (a, b)) PARTITIONED BY (b)");
    begin("SERIALIZABLE");
    one.update("INSERT INTO t VALUES (1, NULL), (NULL, 'x'), (5, 'x'), (1, 'x')");
    other.update("INSERT INTO t VALUES (1, NULL), (NULL, 'x'), (3, 'x')");
    one.update("COMMIT");
    other.update("COMMIT");
    assertThat(one.query("SELECT count(*) FROM t").lines()).containsExactly("7");
  }

  /** Of more than 2,000 rows the keys are read back from the files. */
  @ParameterizedTest
  @ValueSource(strings = {"uuid", "varchar"})
  void manyKeysAreComparedToo(String type) {
    String key = "md5(to_utf8(CAST(n AS varchar)))";
    String cast = type.equals("uuid") ? "CAST(" + key + " AS uuid)" : "to_hex(" + key + ")";
    String insert = "INSERT INTO t SELECT " + cast + ", n FROM UNNEST(sequence(%d, %d)) AS s (n)";
    one.update("CREATE TABLE t (k " + type + " PRIMARY KEY, n bigint)");
    begin("SERIALIZABLE");
    one.update(insert.formatted(1, 3000));
    other.update(insert.formatted(3001, 6000));
    one.update("COMMIT");
    other.update("COMMIT");
    begin("SERIALIZABLE");
    one.update(insert.formatted(6001, 9000));
    other.update(insert.formatted(9000, 12000));
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
    begin("SERIALIZABLE");
    one.update(insert.formatted(20001, 23000));
    other.update(insert.formatted(22999, 22999));
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
    assertThat(one.query("SELECT count(*), count(DISTINCT k) FROM t").lines())
        .containsExactly("12000 | 12000");
  }

  @Test
  void changesOfRowsThatKeepTheirKeysAreNotInTheWayOfNewOnes() {
    one.script(
        "CREATE TABLE t (k varchar PRIMARY KEY, v integer)",
        "INSERT INTO t VALUES ('a', 1), ('m', 2), ('z', 3)");
    begin("SERIALIZABLE");
    one.update("INSERT INTO t VALUES ('b', 4)");
    other.update("UPDATE t SET v = v + 1 WHERE k = 'm'");
    other.update("COMMIT");
    one.update("COMMIT");
    begin("SERIALIZABLE");
    one.update("INSERT INTO t VALUES ('c', 5)");
    other.update("DELETE FROM t WHERE k = 'z'");
    other.update("COMMIT");
    one.update("COMMIT");
    begin("SERIALIZABLE");
    one.update("INSERT INTO t VALUES ('d', 6)");
    other.update("UPDATE t SET k = 'd' WHERE k = 'a'");
    other.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, one, "COMMIT");
  }

  /** Who was told that a key is there has read it. */
  @Test
  void aKeyThatWasFoundHasBeenRead() {
    one.script(
        "CREATE TABLE t (k uuid PRIMARY KEY)",
        "CREATE TABLE refused (n integer)",
        "INSERT INTO t VALUES (" + key("uuid", 1) + ")");
    begin("SERIALIZABLE");
    assertState(SqlState.UNIQUE_VIOLATION, one, "INSERT INTO t VALUES (" + key("uuid", 1) + ")");
    one.update("INSERT INTO refused VALUES (1)");
    other.update("DELETE FROM t");
    other.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, one, "COMMIT");
  }

  @Test
  void aStatementThatWasUndoneKeepsNoKeys() {
    one.update("CREATE TABLE t (k uuid PRIMARY KEY, n bigint)");
    String insert =
        "INSERT INTO t SELECT CAST(md5(to_utf8(CAST(n AS varchar))) AS uuid), n"
            + " FROM UNNEST(sequence(1, 3000)) AS s (n)";
    begin("SERIALIZABLE");
    one.script("SAVEPOINT before", insert, "ROLLBACK TO SAVEPOINT before");
    one.update("INSERT INTO t VALUES (" + key("uuid", 5000) + ", 5000)");
    other.update(insert);
    other.update("COMMIT");
    one.update("COMMIT");
    assertThat(one.query("SELECT count(*) FROM t").lines()).containsExactly("3001");
  }

  /** Changes of rows by a uuid conflict only where the bounds of files let them. */
  @Test
  void rowsOfDifferentUuidsAreChangedSideBySide() {
    one.update("CREATE TABLE t (k uuid, v integer)");
    for (String digit : new String[] {"1", "7", "8", "f"}) {
      one.update(
          "INSERT INTO t VALUES (CAST('"
              + digit
              + "0000000-0000-4000-8000-000000000000' AS uuid),"
              + " 0)");
    }
    begin("SERIALIZABLE");
    String update =
        "UPDATE t SET v = 1 WHERE k = CAST('%s0000000-0000-4000-8000-000000000000' AS uuid)";
    assertThat(one.update(update.formatted("7"))).isEqualTo(1);
    assertThat(other.update(update.formatted("8"))).isEqualTo(1);
    one.update("COMMIT");
    other.update("COMMIT");
    begin("SERIALIZABLE");
    one.update(update.formatted("f"));
    other.update(update.formatted("f"));
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
  }

  @Test
  void keysAreFoundAmongUuidsOfAnySign() {
    String insert = "INSERT INTO t VALUES (UUID '%s0000000-0000-4000-8000-000000000000')";
    one.update("CREATE TABLE t (k uuid PRIMARY KEY)");
    one.update(insert.formatted("1") + ", (UUID 'f0000000-0000-4000-8000-000000000000')");
    assertState(SqlState.UNIQUE_VIOLATION, one, insert.formatted("1"));
    begin("SNAPSHOT");
    one.update(insert.formatted("2"));
    other.update(insert.formatted("2"));
    other.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, one, "COMMIT");
  }

  /** The keys of VALUES are what an upsert reads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          bigint  | 77                                            | 5
          varchar | 'm'                                           | 'b'
          uuid    | UUID '70000000-0000-4000-8000-000000000000'   | UUID '80000000-0000-4000-8000-000000000000'
          uuid    | CAST('70000000-0000-4000-8000-000000000000' AS uuid) | CAST('80000000-0000-4000-8000-000000000000' AS uuid)
          """)
  void upsertsOfDifferentKeysAreNotInEachOthersWay(String type, String mine, String theirs) {
    one.update("CREATE TABLE t (k " + type + " PRIMARY KEY, v integer)");
    String upsert = "INSERT INTO t VALUES (%s, 1) ON CONFLICT (k) DO %s";
    for (String action : new String[] {"UPDATE SET v = excluded.v + t.v", "NOTHING"}) {
      begin("SERIALIZABLE");
      one.update(upsert.formatted(mine, action));
      other.update(upsert.formatted(theirs, action));
      one.update("COMMIT");
      other.update("COMMIT");
    }
    one.update("DELETE FROM t");
    begin("SNAPSHOT");
    one.update(upsert.formatted(mine, "NOTHING"));
    other.update(upsert.formatted(mine, "NOTHING"));
    one.update("COMMIT");
    assertState(SqlState.SERIALIZATION_FAILURE, other, "COMMIT");
    assertThat(one.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  /** Bounds of UUIDs are those of their bytes, not of signed numbers. */
  @Test
  void filesThatCannotHoldAUuidAreNotRead() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner remote = EngineRunner.open(server.config("db"))) {
      remote.update("CREATE TABLE t (k uuid PRIMARY KEY, n integer)");
      String uuid = "CAST('%s0000000-0000-4000-8000-00000000000%s' AS uuid)";
      for (int i = 0; i < 16; i++) {
        String digit = Integer.toHexString(i);
        remote.update(
            ("INSERT INTO t VALUES (" + uuid + ", %d), (" + uuid + ", %d)")
                .formatted(digit, "1", i, digit, "9", 100 + i));
      }
      server.resetCounts();
      remote.update("INSERT INTO t VALUES (" + uuid.formatted("9", "a") + ", -1)");
      System.out.println("INSERT of a UUID beside 16 files: " + server.counts());
      assertThat(server.count(RequestCounter.Kind.GET, RequestCounter.Kind.RANGE_GET))
          .isLessThan(6);
      assertState(
          SqlState.UNIQUE_VIOLATION,
          remote,
          "INSERT INTO t VALUES (" + uuid.formatted("e", "9") + ", -1)");
      server.resetCounts();
      assertThat(remote.query("SELECT n FROM t WHERE k = " + uuid.formatted("8", "9")).lines())
          .containsExactly("108");
      assertThat(server.count(RequestCounter.Kind.RANGE_GET)).isEqualTo(1);
      assertThat(
              remote
                  .query("SELECT count(*), min(n) FROM t WHERE k >= " + uuid.formatted("7", "9"))
                  .lines())
          .containsExactly("18 | -1");
      assertThat(
              remote.query("SELECT count(*) FROM t WHERE k < " + uuid.formatted("8", "1")).lines())
          .containsExactly("16");
      assertThat(
              remote
                  .query(
                      "SELECT count(*) FROM t WHERE NOT (k = %s OR k > %s)"
                          .formatted(uuid.formatted("0", "1"), uuid.formatted("a", "0")))
                  .lines())
          .containsExactly("20");
    }
  }
}
